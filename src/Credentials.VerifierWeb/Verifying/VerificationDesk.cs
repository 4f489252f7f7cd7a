using System.Diagnostics.Metrics;
using Credentials.Verification;

namespace Credentials.VerifierWeb.Verifying;

/// <summary>Where page and API hand in documents: one verifier for each policy that may be asked for, and a count of the answers.</summary>
internal sealed class VerificationDesk : IDisposable
{
    public const string MeterName = "Credentials.VerifierWeb";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _verdicts;
    private readonly Dictionary<string, CredentialVerifier> _verifiers;

    public VerificationDesk(TrustedMaterial trusted, TimeProvider clock)
    {
        _verdicts = _meter.CreateCounter<long>("credentials.verifier.verdicts", unit: "{credential}", description: "Answers given, by verdict and deciding check.");
        _verifiers = new[] { VerificationPolicy.Default, VerificationPolicy.RequireAnchor, VerificationPolicy.Offline }
            .ToDictionary(policy => policy.Name, policy => new CredentialVerifier(trusted, policy, clock), StringComparer.Ordinal);
    }

    /// <summary>The names of the policies.</summary>
    public IEnumerable<string> Policies => _verifiers.Keys;

    /// <summary>Verifies a document under a policy of <see cref="Policies"/>.</summary>
    public async Task<VerificationResult> VerifyAsync(ReadOnlyMemory<byte> document, string policy, CancellationToken cancellationToken)
    {
        VerificationResult result = await _verifiers[policy].VerifyAsync(document, cancellationToken);
        _verdicts.Add(1, new("verdict", result.Verdict.ToString()), new("decisive", result.Decisive?.Name ?? "none"));
        return result;
    }

    public void Dispose() => _meter.Dispose();
}
