using Credentials.Cli.Trust;
using Credentials.Dids.Methods;
using Credentials.OpenId.Wallet;
using Credentials.OpenId.Wallet.Issuing;
using Credentials.Verification;

namespace Credentials.Cli.Wallet;

/// <summary>Looks at what an issuer gave before it is kept: whether the signature holds and is of whom the credential names. Dates, status and anchor are a verifier's business, and the anchor of a new credential is still to come.</summary>
internal sealed class ReceivedCheck
{
    private static readonly string[] s_needed = [CheckName.Format, CheckName.Proof, CheckName.Issuer];

    private static readonly VerificationPolicy s_policy = VerificationPolicy.Default with
    {
        Name = "received",
        Required = new HashSet<string>(StringComparer.Ordinal) { CheckName.Issuer },
        AnchorRequiredIfNamed = false,
        Waived = new HashSet<string>(StringComparer.Ordinal) { CheckName.ValidityPeriod, CheckName.Status, CheckName.Anchor, CheckName.Accreditation, CheckName.Schema },
    };

    private readonly CredentialVerifier _verifier;

    private ReceivedCheck(CredentialVerifier verifier) => _verifier = verifier;

    /// <summary>One that trusts what the file says.</summary>
    /// <exception cref="MisuseException">A document to pin cannot be had.</exception>
    public static async Task<ReceivedCheck> CreateAsync(TrustFile trust, Surroundings around, CancellationToken cancellationToken) =>
        new(new CredentialVerifier(await new TrustedOutside(trust, around).ReadyAsync(useNetwork: true, cancellationToken), s_policy, around.Clock));

    /// <summary>Judges one.</summary>
    /// <param name="received">The credential.</param>
    /// <param name="offeredBy">The credential issuer identifier.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What was found; or why it must not be kept.</returns>
    public async Task<Parsed<ReceivedFinding>> JudgeAsync(IssuedCredential received, string offeredBy, CancellationToken cancellationToken)
    {
        VerificationResult result = await _verifier.VerifyAsync(System.Text.Encoding.UTF8.GetBytes(received.Credential), cancellationToken);
        CheckResult[] checks = [.. s_needed.Select(name => result[name])];
        if (checks.FirstOrDefault(check => check.Outcome == CheckOutcome.Failed) is { } failed)
        {
            return new Problem(WalletProblem.WrongCredential, $"The issuer gave what is not to be believed: {failed.Detail}");
        }

        string name = received.IssuerName ?? "nobody";
        CheckResult? doubt = checks.FirstOrDefault(check => check.Outcome != CheckOutcome.Passed);

        // A portal may hand out what others signed; but then their signature must show it.
        return IsSame(received.IssuerName, offeredBy) ? new ReceivedFinding(doubt?.Detail, null)
            : doubt is null ? new ReceivedFinding(null, name)
            : new Problem(WalletProblem.WrongCredential, $"{offeredBy} gave a credential in the name of {name}, and nothing shows that it is theirs: {doubt.Detail}");
    }

    private static bool IsSame(string? name, string offeredBy) => name is not null && (name.TrimEnd('/') == offeredBy.TrimEnd('/') || DidWeb.OfUrl(offeredBy) == name);
}

/// <summary>What was found of a received credential.</summary>
/// <param name="Doubt">Why its signature could not be verified; null when it was.</param>
/// <param name="InTheNameOf">Who signed it, where that is not who offered it.</param>
internal sealed record ReceivedFinding(string? Doubt, string? InTheNameOf);
