using Credentials.Anchoring;
using Credentials.Keys;

namespace Credentials.IssuerApi.Keys;

/// <summary>Where a signing key stands, in the words of the API.</summary>
internal static class KeyUse
{
    /// <summary>The newest of its type: it signs.</summary>
    public const string Signing = "signing";

    /// <summary>A newer one of its type signs instead; it is good all the same.</summary>
    public const string Replaced = "replaced";

    /// <summary>Signs no more, and is revoked as soon as all that it signed is final.</summary>
    public const string Retiring = "retiring";

    /// <summary>Given up in the ordinary course.</summary>
    public const string Retired = "retired";

    /// <summary>Given up at once: somebody else may have it.</summary>
    public const string Compromised = "compromised";
}

/// <summary>Why a key was given up, as it stands in the database and in the API.</summary>
internal static class RetirementReason
{
    public const string Retired = "retired";
    public const string Compromised = "compromised";

    public static bool IsKnown(string? reason) => reason is Retired or Compromised;

    /// <summary>In the words of the contract.</summary>
    public static KeyRevocationReason OnChain(string reason) => reason == Compromised ? KeyRevocationReason.Compromised : KeyRevocationReason.Retired;
}

/// <summary>A signing key without its secret.</summary>
internal sealed class KeyRecord
{
    /// <summary>Its own Multikey: the fragment of its verification method.</summary>
    public required string Id { get; init; }

    public required string Type { get; init; }

    public required long CreatedAt { get; init; }

    /// <summary>When its retirement was asked for: from then on it signs nothing.</summary>
    public long? RetiringAt { get; init; }

    /// <summary>As in <see cref="RetirementReason"/>; null while nobody asked.</summary>
    public string? Reason { get; init; }

    /// <summary>When its revocation went to the outbox.</summary>
    public long? RetiredAt { get; init; }

    public bool Signs => RetiringAt is null;

    public KeyType KeyType => Enum.Parse<KeyType>(Type);

    public string VerificationMethodOf(string did) => $"{did}#{Id}";

    /// <summary>As in <see cref="KeyUse"/>.</summary>
    /// <param name="newer">Whether the institution signs with a newer key of this type.</param>
    public string UseOf(bool newer) => (Signs, RetiredAt, Reason) switch
    {
        (true, _, _) => newer ? KeyUse.Replaced : KeyUse.Signing,
        (_, null, _) => KeyUse.Retiring,
        (_, _, RetirementReason.Compromised) => KeyUse.Compromised,
        _ => KeyUse.Retired,
    };
}
