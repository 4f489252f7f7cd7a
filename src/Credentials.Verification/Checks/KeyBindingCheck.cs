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

        if (confirmation.Key is { } own)
        {
            return Judge(own, confirmation, now);
        }

        if (confirmation.KeyId is not { } id)
        {
            return CannotTell(new(ProblemCode.InvalidVerificationMethod, "The key that the credential confirms cannot be read.", Remedy.Issuer));
        }

        (FoundKey? found, Doubt? doubt) = await keys.FindAsync(id, patience).ConfigureAwait(false);
        if (found is { Kept: true } kept && Verify(kept.Key, now) is not null)
        {
            // No evidence yet: the holder may have put another key in the place of the one that was kept.
            (found, doubt) = await keys.FindAgainAsync(kept, patience).ConfigureAwait(false);
        }

        return found is null ? CannotTell(doubt!)
            : found.Over <= now ? (Check.Failed(CheckName.Proof, ProblemCode.KeyNotValid, $"The key {id} was given up on {Check.Say(found.Over.Value)}: it shows no longer who presents.", Remedy.Holder), null)
            : Judge(found.Key, confirmation, now);
    }

    private (CheckResult Proof, Presenter? Presenter) Judge(PublicKey key, Confirmation confirmation, DateTimeOffset now) => Verify(key, now) switch
    {
        null => (Check.Passed(CheckName.Proof, "The key binding holds: it was made now, for us, with the holder's key."), new([], confirmation.KeyId is { } id ? [id] : [], [key], expected.HolderBinding == HolderBinding.Required)),
        { Code: ProblemCode.Unsupported } problem => CannotTell(new(problem, Remedy.Verifier)),
        { Code: ProblemCode.MalformedValueError } problem => CannotTell(new(problem, Remedy.Holder)),
        { } problem => (new(CheckName.Proof, CheckOutcome.Failed, problem, $"The key binding does not hold: {problem.Detail}", Remedy.Holder), null),
    };

    // What was not asked for is compared with itself.
    private Problem? Verify(PublicKey key, DateTimeOffset now) => binding.Verify(key, new(expected.Domain ?? binding.Audience, expected.Challenge ?? binding.Nonce, now));

    private static (CheckResult Proof, Presenter? Presenter) CannotTell(Doubt doubt) => (Check.CannotTell(CheckName.Proof, doubt), null);
}
