using Credentials.Anchoring;

namespace Credentials.Verification;

/// <summary>What the relying party expects.</summary>
/// <remarks>Named policies: <see cref="Default"/>, <see cref="RequireAnchor"/>, <see cref="Offline"/>, <see cref="AsOf"/>.</remarks>
public sealed record VerificationPolicy
{
    /// <summary>The policy's name, as shown to people.</summary>
    public required string Name { get; init; }

    /// <summary>The checks that must pass besides format and proof, which always must.</summary>
    public required IReadOnlySet<string> Required { get; init; }

    /// <summary>Whether a credential that names a registry must be found anchored there.</summary>
    public bool AnchorRequiredIfNamed { get; init; } = true;

    /// <summary>How settled the anchor must be.</summary>
    public Finality MinimumFinality { get; init; } = Finality.Finalized;

    /// <summary>The oldest status list that still counts, from the start of its validity; null for any.</summary>
    public TimeSpan? MaxStatusAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Whether the network may be used.</summary>
    public bool UseNetwork { get; init; } = true;

    /// <summary>The time to judge for; null for now.</summary>
    public DateTimeOffset? JudgedAt { get; init; }

    /// <summary>Proof, issuer, validity period and status; the anchor if the credential names a registry.</summary>
    public static VerificationPolicy Default { get; } = new() { Name = "default", Required = new HashSet<string>(StringComparer.Ordinal) { CheckName.Issuer, CheckName.ValidityPeriod, CheckName.Status } };

    /// <summary>As <see cref="Default"/>, and anchored in any case.</summary>
    public static VerificationPolicy RequireAnchor { get; } = Default with { Name = "require-anchor", Required = new HashSet<string>(StringComparer.Ordinal) { CheckName.Issuer, CheckName.ValidityPeriod, CheckName.Status, CheckName.Anchor } };

    /// <summary>No network: proof, issuer and validity period; status and anchor are told, not required.</summary>
    public static VerificationPolicy Offline { get; } = new() { Name = "offline", Required = new HashSet<string>(StringComparer.Ordinal) { CheckName.Issuer, CheckName.ValidityPeriod }, AnchorRequiredIfNamed = false, UseNetwork = false };

    /// <summary>As <see cref="Default"/>, judged for a moment that is not now.</summary>
    public static VerificationPolicy AsOf(DateTimeOffset time) => Default with { Name = "as-of", JudgedAt = time };

    /// <summary>Waives the status check. Revoked credentials will verify: know why you do this.</summary>
    public VerificationPolicy WithoutStatusUnsafe() => this with { Name = Name + " without status", Required = Required.Where(name => name != CheckName.Status).ToHashSet(StringComparer.Ordinal) };
}
