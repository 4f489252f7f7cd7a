using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Canonicalization;
using Credentials.Dids;
using Credentials.Evidence;
using Credentials.JsonLd;
using Credentials.Verification.Checks;

namespace Credentials.Verification.Bundles;

/// <summary>One bundle under verification: what is trusted and expected, with the bundle's evidence beside it. The checks are those of any credential and know nothing of bundles.</summary>
/// <remarks>
/// With a network, nodes and hosts are asked first, and the bundle speaks where they do not. Without one, the bundle alone speaks, and the answer is of the time of its block: what happened since is not known.
/// The time of a signature without an anchor is never taken from the bundle: whoever has a stolen key could wrap what he signs today into evidence of yesterday.
/// </remarks>
internal sealed class BundleVerification
{
    private readonly EvidenceBundle _bundle;
    private readonly TrustedMaterial _trusted;
    private readonly VerificationPolicy _policy;
    private readonly TimeProvider _clock;

    private BundleVerification(EvidenceBundle bundle, TrustedMaterial trusted, VerificationPolicy policy, TimeProvider clock) =>
        (_bundle, _trusted, _policy, _clock) = (bundle, trusted, policy, clock);

    /// <summary>Verifies the credential in a bundle.</summary>
    public static async Task<VerificationResult> RunAsync(ReadOnlyMemory<byte> utf8, TrustedMaterial trusted, VerificationPolicy policy, TimeProvider clock, CancellationToken cancellationToken)
    {
        Parsed<EvidenceBundle> bundle = EvidenceBundle.Parse(utf8);
        Problem? problem = bundle.Ok ? ContextFaultOf(bundle.Value, trusted.Contexts ?? ContextLibrary.Shipped) : bundle.Problem with { Detail = $"The evidence bundle cannot be read: {bundle.Problem.Detail} Ask for a complete copy of it." };
        return problem is null
            ? await new BundleVerification(bundle.Value!, trusted, policy, clock).RunAsync(cancellationToken).ConfigureAwait(false)
            : Unread(problem, policy, clock);
    }

    private async Task<VerificationResult> RunAsync(CancellationToken cancellationToken)
    {
        Parsed<WitnessedHeader> header = _bundle.Chain is { } chain
            ? WitnessedHeader.Judge(chain, _bundle.Receipt?.Root, _trusted)
            : new Problem(ProblemCode.EvidenceError, "The bundle holds no evidence of a chain.");
        VerificationResult result = await RunAsync(header, alone: !_policy.UseNetwork, cancellationToken).ConfigureAwait(false);
        return _policy.UseNetwork && header.Ok && result.Verdict == Verdict.Indeterminate
            && await RunAsync(header, alone: true, cancellationToken).ConfigureAwait(false) is { Verdict: Verdict.Verified } once
                ? result with { AsOf = once.AsOf }
                : result;
    }

    private async Task<VerificationResult> RunAsync(Parsed<WitnessedHeader> header, bool alone, CancellationToken cancellationToken)
    {
        DateTimeOffset? asOf = alone ? header.Value?.Header.Time : null;
        BundledRegistry? registry = _bundle.Chain is { } chain ? new(chain, header) : null;
        TrustedMaterial material = Beside(registry, alone);
        MigratedRegistry? migrated = _bundle is { Receipt: not null, Earlier.Count: > 0 } ? Migrated(material) : null;
        if (migrated is not null)
        {
            using var patience = new Evidence.Patience(_policy.Patience, cancellationToken);
            bool stands = await patience.AskAsync(migrated.StandsAsync, otherwise: false).ConfigureAwait(false);
            material = material with { Registries = [.. material.Registries, migrated] };
            material = stands ? migrated.Translate(material) : material;
        }

        var verifier = new CredentialVerifier(material, alone ? Alone(asOf) : _policy, _clock);
        AnchorReceipt? receipt = _bundle.Earlier.Count > 0 ? _bundle.Earlier[^1].Receipt : _bundle.Receipt;
        VerificationResult result = await verifier.VerifyAsync(_bundle.Credential.Secured, receipt is null ? [] : [receipt], cancellationToken).ConfigureAwait(false);
        VerificationResult told = alone ? Explain(result, header.Problem ?? (migrated is null ? registry?.Fault : migrated.Fault)) : result;
        return asOf is { } day ? Expire(told) with { AsOf = day } : told;
    }

    /// <summary>Without a network whatever could not be told was to be told by the evidence; so it is said what is wrong with that, where no check has said it.</summary>
    private static VerificationResult Explain(VerificationResult result, Problem? fault)
    {
        if (result.Verdict != Verdict.Indeterminate || result.Decisive is not { } decisive || (fault is not null && result.Checks.Any(check => check.Problem?.Code == fault.Code)))
        {
            return result;
        }

        Problem? problem = fault ?? (decisive.Problem?.Code == ProblemCode.MethodNotSupported
            ? new(ProblemCode.Offline, "The evidence shows no key of the issuer for which somebody trusted vouches, and this verifier keeps no DID document of the issuer.")
            : decisive.Problem);
        CheckResult told = decisive with { Problem = problem, Detail = problem == decisive.Problem ? decisive.Detail : problem!.Detail, Remedy = Remedy.Verifier };
        return result with { Decisive = told, Checks = [.. result.Checks.Select(check => check == decisive ? told : check)] };
    }

    private TrustedMaterial Beside(BundledRegistry? registry, bool alone) => _trusted with
    {
        Registries = [.. alone ? [] : _trusted.Registries, .. registry is null ? Array.Empty<IRegistryReader>() : [registry]],

        // A list of some day, while its host is down: a suspension in it may have been lifted. With a network only lists of now count.
        Fetcher = alone ? new BundledDocuments(_bundle.StatusLists) : _trusted.Fetcher,
        DidResolver = alone ? DidResolver.Offline : _trusted.DidResolver,
        AccreditationPaths = _bundle.Accreditation is { } path ? [.. _trusted.AccreditationPaths, path] : _trusted.AccreditationPaths,
    };

    private MigratedRegistry Migrated(TrustedMaterial material)
    {
        EarlierEvidence origin = _bundle.Earlier[^1];
        Parsed<WitnessedHeader> before = WitnessedHeader.Judge(origin.Chain, origin.Receipt.Root, _trusted);
        return new MigratedRegistry(_bundle, BundleSubject.Read(_bundle.Credential.Secured).Value, before.Ok ? new BundledRegistry(origin.Chain, before) : null, material.Registries, _trusted);
    }

    // All ports lead into the bundle, so that what counts as network here is none. A bundle is there to prove anchor and status: without them it proves nothing that the bare credential would not.
    private VerificationPolicy Alone(DateTimeOffset? asOf) => _policy with
    {
        Name = _policy.Name + " with evidence",
        UseNetwork = true,
        JudgedAt = _policy.JudgedAt ?? asOf,
        AnchorRequiredIfNamed = true,
        Required = _policy.Waived.Contains(CheckName.Status) ? _policy.Required : _policy.Required.Append(CheckName.Status).ToHashSet(StringComparer.Ordinal),
    };

    /// <summary>What has run out by the clock has run out, whatever the day of the evidence.</summary>
    private VerificationResult Expire(VerificationResult result)
    {
        if (_policy.JudgedAt is not null || result[CheckName.ValidityPeriod].Outcome != CheckOutcome.Passed || result.Credential?.ValidUntil is not { } until || until >= _clock.GetUtcNow())
        {
            return result;
        }

        CheckResult over = Check.Failed(CheckName.ValidityPeriod, ProblemCode.CredentialExpired, $"The credential was valid until {Check.Say(until)}.");
        return result with
        {
            Checks = [.. result.Checks.Select(check => check.Name == CheckName.ValidityPeriod ? over : check)],
            Verdict = Verdict.Rejected,
            Decisive = result.Verdict == Verdict.Rejected ? result.Decisive : over,
        };
    }

    // Another version of a context would make a good signature look forged.
    private static Problem? ContextFaultOf(EvidenceBundle bundle, ContextLibrary library)
    {
        foreach ((string url, Bytes32 digest) in bundle.Contexts)
        {
            if (library.Find(url) is { } known && !digest.Equals(DigestOf(known)))
            {
                return new(ProblemCode.UnknownContext, $"The credential was signed under another version of {url} than this verifier knows.", "/contexts");
            }
        }

        return null;
    }

    private static Bytes32 DigestOf(ReadOnlyMemory<byte> context)
    {
        using JsonDocument json = JsonDocument.Parse(context);
        return Bytes32.From(SHA256.HashData(Jcs.Canonicalize(json.RootElement)));
    }

    private static VerificationResult Unread(Problem problem, VerificationPolicy policy, TimeProvider clock)
    {
        CheckResult format = Check.CannotTell(CheckName.Format, new Evidence.Doubt(problem, problem.Code == ProblemCode.UnknownContext ? Remedy.Verifier : Remedy.Holder));
        CheckResult[] checks = [format, .. CheckName.All.Skip(1).Select(name => Check.Skipped(name, "Not made: first the bundle must be one."))];
        return new(Verdict.Indeterminate, checks, Credential: null, Anchor: null, policy.JudgedAt ?? clock.GetUtcNow()) { Decisive = format, ReportedOnly = [.. policy.ReportedOnly], Policy = policy.Name };
    }
}
