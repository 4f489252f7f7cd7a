using Credentials.Anchoring;

namespace Credentials.Verification;

/// <summary>What the relying party expects.</summary>
/// <remarks>
/// The named policies, and what each requires besides <c>format</c>, <c>proof</c> and <c>issuer</c>, which none can waive:
/// <list type="table">
/// <item><term><see cref="Default"/></term><description>validity-period, status; anchor if the credential names a registry.</description></item>
/// <item><term><see cref="RequireAnchor"/></term><description>validity-period, status, anchor.</description></item>
/// <item><term><see cref="RequireAccreditation"/></term><description>validity-period, status, anchor, accreditation.</description></item>
/// <item><term><see cref="Offline"/></term><description>validity-period; nothing is asked of the network.</description></item>
/// <item><term><see cref="AsOf"/></term><description>as <see cref="Default"/>, judged for another moment than now.</description></item>
/// </list>
/// A required check that does not apply (a credential without status entries) is satisfied by being skipped; only a policy that names <c>anchor</c> or <c>accreditation</c> insists on a credential that has one.
/// </remarks>
public sealed record VerificationPolicy
{
    /// <summary>The policy's name, as shown to people.</summary>
    public required string Name { get; init; }

    /// <summary>The checks that must pass besides format, proof and issuer, which always must: a signature that is not the issuer's proves nothing.</summary>
    public required IReadOnlySet<string> Required { get; init; }

    /// <summary>The checks that are not made at all; see <see cref="WithoutStatusUnsafe"/>. Format, proof and issuer are made in any case.</summary>
    public IReadOnlySet<string> Waived { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Whether a credential that names a registry must be found anchored there.</summary>
    public bool AnchorRequiredIfNamed { get; init; } = true;

    /// <summary>How settled the anchor must be.</summary>
    public Finality MinimumFinality { get; init; } = Finality.Finalized;

    /// <summary>The oldest status list that still counts, from the start of its validity, and the oldest head of a chain; null for any.</summary>
    public TimeSpan? MaxStatusAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How far an honest issuer's clock may be ahead of ours: a validity that starts within it counts as begun.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest that one verification waits for hosts and nodes, all in all and whatever the ports in use allow themselves.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether the network may be used.</summary>
    public bool UseNetwork { get; init; } = true;

    /// <summary>The time to judge for; null for now.</summary>
    public DateTimeOffset? JudgedAt { get; init; }

    /// <summary>The checks that are made and told but decide nothing, even when they fail; see <see cref="WithIssuerReportedOnlyUnsafe"/>. Never format and proof.</summary>
    public IReadOnlySet<string> ReportedOnly { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Whether status lists that cannot be had are passed over where every registry that the credential names says that it was not revoked; see <see cref="WithRegistryStatus"/>.</summary>
    public bool RegistryStatusSuffices { get; init; }

    /// <summary>Whether the words of a document may be anybody's where its signature covers only what they mean; see <see cref="WithForeignWordsUnsafe"/>.</summary>
    public bool TakesForeignWords { get; init; }

    /// <summary>Proof, issuer, validity period and status; the anchor if the credential names a registry.</summary>
    public static VerificationPolicy Default { get; } = new() { Name = "default", Required = Set(CheckName.Issuer, CheckName.ValidityPeriod, CheckName.Status) };

    /// <summary>As <see cref="Default"/>, and anchored in any case.</summary>
    public static VerificationPolicy RequireAnchor { get; } = Default with { Name = "require-anchor", Required = Set(CheckName.Issuer, CheckName.ValidityPeriod, CheckName.Status, CheckName.Anchor) };

    /// <summary>As <see cref="RequireAnchor"/>, by an institution for which one of <see cref="TrustedMaterial.Accreditors"/> vouched at the time of the anchor.</summary>
    public static VerificationPolicy RequireAccreditation { get; } = Default with { Name = "require-accreditation", Required = Set(CheckName.Issuer, CheckName.ValidityPeriod, CheckName.Status, CheckName.Anchor, CheckName.Accreditation) };

    /// <summary>No network: proof, issuer and validity period; status and anchor are told, not required.</summary>
    public static VerificationPolicy Offline { get; } = new() { Name = "offline", Required = Set(CheckName.Issuer, CheckName.ValidityPeriod), AnchorRequiredIfNamed = false, UseNetwork = false };

    /// <summary>As <see cref="Default"/>, judged for a moment that is not now. A status list says only how things stand on its own day: not revoked later is not revoked then, but a suspension may have come and gone unseen, and the answer says so.</summary>
    public static VerificationPolicy AsOf(DateTimeOffset time) => Default with { Name = "as-of", JudgedAt = time };

    /// <summary>Waives the status check. Revoked credentials will verify: know why you do this.</summary>
    public VerificationPolicy WithoutStatusUnsafe() => this with
    {
        Name = Name + " without status",
        Required = Required.Where(name => name != CheckName.Status).ToHashSet(StringComparer.Ordinal),
        Waived = Waived.Append(CheckName.Status).ToHashSet(StringComparer.Ordinal),
    };

    /// <summary>Takes the registry's word about revocation where the issuer's status lists cannot be had: for diplomas that outlived their issuer. A suspension, which is in the lists alone, is then not seen.</summary>
    public VerificationPolicy WithRegistryStatus() => this with { Name = Name + " with registry status", RegistryStatusSuffices = true };

    /// <summary>Reports whether the key is the issuer's, and decides without it: anybody can then sign in anybody's name. For test vectors whose issuers are made up.</summary>
    public VerificationPolicy WithIssuerReportedOnlyUnsafe() => this with
    {
        Name = Name + " without issuer",
        Required = Required.Where(name => name != CheckName.Issuer).ToHashSet(StringComparer.Ordinal),
        ReportedOnly = ReportedOnly.Append(CheckName.Issuer).ToHashSet(StringComparer.Ordinal),
    };

    /// <summary>Takes documents signed over RDF (<c>*-rdfc-*</c>, <c>ecdsa-sd-2023</c>) that bring contexts of their own or name things by IRI. Whoever handed such a document over may have exchanged its words and hidden its end of validity or its status: read nothing of it but as JSON-LD.</summary>
    /// <remarks>https://www.w3.org/TR/vc-data-integrity/#validating-contexts</remarks>
    public VerificationPolicy WithForeignWordsUnsafe() => this with { Name = Name + " with foreign words", TakesForeignWords = true };

    private static HashSet<string> Set(params string[] names) => new(names, StringComparer.Ordinal);
}
