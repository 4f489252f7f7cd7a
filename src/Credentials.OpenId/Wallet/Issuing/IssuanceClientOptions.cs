namespace Credentials.OpenId.Wallet.Issuing;

/// <summary>How a wallet gets credentials.</summary>
public sealed record IssuanceClientOptions
{
    /// <summary>Under which name the wallet is registered with authorization servers; needed for authorization codes, and with pre-authorized ones where the server takes nobody without a name.</summary>
    public string? ClientId { get; init; }

    /// <summary>Whether answers are asked for encrypted where the issuer does that; where it insists they are in any case.</summary>
    public bool PreferEncryption { get; init; } = true;

    /// <summary>Bounds of time and size, and the clock.</summary>
    public WalletLimits Limits { get; init; } = new();
}
