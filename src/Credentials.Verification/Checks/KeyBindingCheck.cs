using Credentials.Enveloping;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.Verification.Evidence;

namespace Credentials.Verification.Checks;

/// <summary>Whether the key binding of an SD-JWT is that of the key which the credential confirms, and answers what was asked.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9901#section-7.3. Says nothing before the credential itself is proven, which says whose key it is.</remarks>
internal sealed class KeyBindingCheck(Envelope envelope, KeyBinding binding, PresentationExpectation expected)
{
    /// <summary>The binding's proof, and the presenter when it holds.</summary>
    public async Task<(CheckResult Proof, Presenter? Presenter)> RunAsync(KeyFinder keys, DateTimeOffset now, Patience patience)
    {
        if (envelope.Confirmation is not { } confirmation)
        {
            return (Check.CannotTell(CheckName.Proof, ProblemCode.ProofVerificationError, "The credential does not say whose key may present it.", Remedy.Issuer), null);
        }

        (PublicKey? key, Doubt? doubt) = await KeyOfAsync(confirmation, keys, patience).ConfigureAwait(false);
        if (key is null)
        {
            return (Check.CannotTell(CheckName.Proof, doubt!), null);
        }

        // What was not asked for is compared with itself.
        Problem? problem = binding.Verify(key, new(expected.Domain ?? binding.Audience, expected.Challenge ?? binding.Nonce, now));
        return problem switch
        {
            null => (Check.Passed(CheckName.Proof, "The key binding holds: it was made now, for us, with the holder's key."), new([], confirmation.KeyId is { } id ? [id] : [], [key], expected.HolderBinding == HolderBinding.Required)),
            { Code: ProblemCode.Unsupported } => (Check.CannotTell(CheckName.Proof, new Doubt(problem, Remedy.Verifier)), null),
            _ => (new(CheckName.Proof, CheckOutcome.Failed, problem, $"The key binding does not hold: {problem.Detail}", Remedy.Holder), null),
        };
    }

    private static async Task<(PublicKey? Key, Doubt? Doubt)> KeyOfAsync(Confirmation confirmation, KeyFinder keys, Patience patience)
    {
        if (confirmation.Key is { } own)
        {
            return (own, null);
        }

        if (confirmation.KeyId is not { } id)
        {
            return (null, new(ProblemCode.InvalidVerificationMethod, "The key that the credential confirms cannot be read.", Remedy.Issuer));
        }

        (FoundKey? found, Doubt? doubt) = await keys.FindAsync(id, patience).ConfigureAwait(false);
        return (found?.Key, doubt);
    }
}
