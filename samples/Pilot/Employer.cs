using Credentials.Dids;
using Credentials.Ethereum.Registry;
using Credentials.Verification;

namespace Credentials.Pilot;

/// <summary>The employer: the verifier library with the pilot's chain as the one that it trusts.</summary>
internal sealed class Employer : IDisposable
{
    private readonly BoundedFetcher _fetcher = new(new BoundedFetcherOptions { AllowPrivateAddresses = true, Timeout = TimeSpan.FromSeconds(5) });
    private readonly LocalPilot _pilot;

    public Employer(LocalPilot pilot) => _pilot = pilot;

    /// <summary>Verifies with a verifier of its own each time, so that nothing is remembered from an earlier answer.</summary>
    public Task<VerificationResult> VerifyAsync(byte[] diploma, CancellationToken cancellationToken)
    {
        var trusted = new TrustedMaterial
        {
            Registries = [new TrustedRegistryReader(_pilot.Trusted, _pilot.Ledger)],
            Accreditors = [_pilot.Ministry],
            DidResolver = DidResolver.Online(_fetcher),
            Fetcher = _fetcher,
        };
        return new CredentialVerifier(trusted, VerificationPolicy.Default, TimeProvider.System).VerifyAsync(diploma, cancellationToken);
    }

    public static string Words(Verdict verdict) => verdict switch
    {
        Verdict.Verified => "VERIFIED",
        Verdict.Rejected => "REJECTED",
        _ => "CANNOT TELL",
    };

    public static void Print(VerificationResult result)
    {
        foreach (CheckResult check in result.Checks)
        {
            string mark = check.Outcome switch { CheckOutcome.Passed => "+", CheckOutcome.Failed => "x", CheckOutcome.Indeterminate => "?", _ => "-" };
            Console.WriteLine($"    {mark} {check.Name,-16} {check.Detail}");
        }
    }

    public void Dispose() => _fetcher.Dispose();
}
