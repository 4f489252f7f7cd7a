using Credentials.Verification.Forms;

namespace Credentials.Verification.Checks;

/// <summary>Whether signatures that hold were made now, for us: the question, the audience, the time.</summary>
/// <remarks>Failed: the signature itself says that it was made for another question or for somebody else. What was not asked for is not compared.</remarks>
internal sealed class ReplayCheck(PresentationExpectation expected, DateTimeOffset now, TimeSpan tolerance)
{
    /// <summary>Judges the signatures of a presentation; each must answer.</summary>
    public CheckResult Judge(ProofFindings proofs) =>
        proofs.Held.Select(held => FaultOf(held.Signature)).FirstOrDefault(fault => fault is not null) ?? proofs.Result;

    private CheckResult? FaultOf(Signature signature)
    {
        if (expected.Challenge is { } challenge && signature.Challenge != challenge)
        {
            return Failed(ProblemCode.InvalidChallenge, signature.Challenge is null
                ? "The presentation answers no question: it does not carry the challenge that was asked for."
                : "The presentation answers another question than the one that was asked: it may be a replay.");
        }

        if (expected.Domain is { } domain && !signature.IsFor(domain))
        {
            return Failed(ProblemCode.InvalidDomain, signature.Domains.Count == 0
                ? "The presentation does not say for whom it was made; it was to be made for us."
                : "The presentation was made for somebody else than us: it may be a replay.");
        }

        return signature.IsOver(now) ? Failed(ProblemCode.CredentialExpired, $"The presentation was made to hold until {Check.Say(signature.Expires!.Value)}.")
            : signature.NotBefore - now > tolerance ? Failed(ProblemCode.CredentialNotYetValid, $"The presentation counts only from {Check.Say(signature.NotBefore!.Value)}.")
            : null;
    }

    private static CheckResult Failed(string code, string detail) => Check.Failed(CheckName.Proof, code, detail, Remedy.Holder);
}
