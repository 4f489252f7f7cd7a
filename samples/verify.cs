#:project ../src/Credentials.Verification

// Verifies a diploma: the twenty lines of the README.
using Credentials.Dids;
using Credentials.Verification;

byte[] diploma = await File.ReadAllBytesAsync(args.Length > 0 ? args[0] : "samples/diplomas/signed.json");

// What I trust: how to reach issuers and their status lists (and, with Credentials.Ethereum, which chains).
using var fetcher = new BoundedFetcher(new BoundedFetcherOptions());
var trusted = new TrustedMaterial { DidResolver = DidResolver.Online(fetcher), Fetcher = fetcher };

// What I expect, and when.
var verifier = new CredentialVerifier(trusted, VerificationPolicy.Default, TimeProvider.System);
VerificationResult result = await verifier.VerifyAsync(diploma, CancellationToken.None);

Console.WriteLine(result.Verdict); // Verified, Rejected or Indeterminate: "cannot tell" is never "revoked"
foreach (CheckResult check in result.Checks)
{
    Console.WriteLine($"{check.Name,-16} {check.Outcome,-14} {check.Detail}");
}

return result.Verdict == Verdict.Verified ? 0 : 1;
