using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Credentials.Verification;
using Credentials.VerifierWeb.Options;
using Microsoft.Extensions.Options;

namespace Credentials.VerifierWeb.Verifying;

/// <summary>Where page and API hand in documents: one verifier for each policy that may be asked for, and a count of the answers.</summary>
internal sealed class VerificationDesk : IDisposable
{
    public const string MeterName = "Credentials.VerifierWeb";

    // Format, proof and issuer are made in any case; these only if nobody says otherwise.
    private static readonly string[] s_optional = [CheckName.ValidityPeriod, CheckName.Status, CheckName.Anchor, CheckName.Accreditation, CheckName.Schema, CheckName.HolderBinding];

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _verdicts;
    private readonly Dictionary<string, VerificationPolicy> _policies;
    private readonly ConcurrentDictionary<string, CredentialVerifier> _verifiers = new(StringComparer.Ordinal);
    private readonly TrustedMaterial _trusted;
    private readonly TimeProvider _clock;

    public VerificationDesk(TrustedMaterial trusted, IOptions<VerifierOptions> options, TimeProvider clock)
    {
        (_trusted, _clock) = (trusted, clock);
        _verdicts = _meter.CreateCounter<long>("credentials.verifier.verdicts", unit: "{credential}", description: "Answers given, by verdict and deciding check.");
        _policies = new[] { VerificationPolicy.Default, VerificationPolicy.RequireAnchor, VerificationPolicy.RequireAccreditation, VerificationPolicy.Offline }
            .ToDictionary(policy => policy.Name, policy => Loosened(policy, options.Value), StringComparer.Ordinal);
    }

    private static VerificationPolicy Loosened(VerificationPolicy policy, VerifierOptions options)
    {
        VerificationPolicy loosened = options.IssuerReportedOnly ? policy.WithIssuerReportedOnlyUnsafe() : policy;
        return options.ForeignWords ? loosened.WithForeignWordsUnsafe() : loosened;
    }

    /// <summary>The names of the policies.</summary>
    public IEnumerable<string> Policies => _policies.Keys;

    /// <summary>Verifies a document under a policy of <see cref="Policies"/>.</summary>
    /// <param name="document">As received.</param>
    /// <param name="policy">The policy's name.</param>
    /// <param name="checks">Of the checks that can be waived, the ones to make, sorted; null for the policy's own.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<VerificationResult> VerifyAsync(ReadOnlyMemory<byte> document, string policy, IReadOnlyList<string>? checks, CancellationToken cancellationToken)
    {
        VerificationResult result = await VerifierFor(policy, checks).VerifyAsync(document, cancellationToken);
        Count(result.Verdict, result.Decisive);
        return result;
    }

    /// <summary>Verifies a presentation and the credentials in it, as <see cref="VerifyAsync"/>.</summary>
    public async Task<PresentationResult> VerifyPresentationAsync(ReadOnlyMemory<byte> document, PresentationExpectation expected, string policy, IReadOnlyList<string>? checks, CancellationToken cancellationToken)
    {
        PresentationResult result = await VerifierFor(policy, checks).VerifyPresentationAsync(document, expected, cancellationToken);
        Count(result.Verdict, result.Decisive);
        return result;
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>Kept, because a verifier keeps DID documents and status lists for a while. There are as many as subsets of a handful of checks.</summary>
    private CredentialVerifier VerifierFor(string policy, IReadOnlyList<string>? checks)
    {
        string[]? asked = checks?.Where(s_optional.Contains).ToArray();
        return _verifiers.GetOrAdd(asked is null ? policy : $"{policy}: {string.Join(' ', asked)}", _ => new CredentialVerifier(_trusted, asked is null ? _policies[policy] : Only(_policies[policy], asked), _clock));
    }

    private static VerificationPolicy Only(VerificationPolicy policy, string[] checks) => policy with
    {
        Name = $"{policy.Name} ({(checks.Length == 0 ? "proof" : "proof, " + string.Join(", ", checks))} only)",
        Required = policy.Required.Except(s_optional).Concat(checks).ToHashSet(StringComparer.Ordinal),
        Waived = policy.Waived.Concat(s_optional.Except(checks)).ToHashSet(StringComparer.Ordinal),
        AnchorRequiredIfNamed = false,
    };

    private void Count(Verdict verdict, CheckResult? decisive) => _verdicts.Add(1, new("verdict", verdict.ToString()), new("decisive", decisive?.Name ?? "none"));
}
