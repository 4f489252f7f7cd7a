namespace Credentials.IssuerApi.Wallets.Offers;

/// <summary>An offer as it is stored, and the access token that it was redeemed for.</summary>
internal sealed class OfferRecord
{
    public required string Id { get; init; }

    public required string InstitutionId { get; init; }

    public required string CredentialId { get; init; }

    public required string GrantType { get; init; }

    public required string Configurations { get; init; }

    public byte[]? LearnerCodeHash { get; init; }

    public required long Attempts { get; init; }

    public required long CreatedAt { get; init; }

    public required long ExpiresAt { get; init; }

    public long? RevokedAt { get; init; }

    /// <summary>1 while the credential is suspended.</summary>
    public required long Held { get; init; }

    public long? RedeemedAt { get; init; }

    public string? ClientId { get; init; }

    public string? Granted { get; init; }

    public required long ByIdentifiers { get; init; }

    public string? AccessKey { get; init; }

    public long? AccessExpiresAt { get; init; }

    public long? IssuedAt { get; init; }

    /// <summary>How many keys copies were made for, or are to be.</summary>
    public required long Copies { get; init; }

    /// <summary>Whether it may still be redeemed, as far as the offer alone tells.</summary>
    public bool IsOpen(long now, int mostAttempts) => RevokedAt is null && Held == 0 && IssuedAt is null && now < ExpiresAt && Attempts < mostAttempts;

    public string StateAt(long now, int mostAttempts) =>
        IssuedAt is not null ? "issued" : RevokedAt is not null ? "revoked" : Attempts >= mostAttempts ? "locked" : now >= ExpiresAt ? "expired" : Held != 0 ? "held" : RedeemedAt is not null ? "redeemed" : "open";

    /// <summary>The identifiers of its data sets, where the wallet asks by authorization details.</summary>
    public string IdentifierOf(string configuration) => $"{configuration}:{Id}";
}
