using Credentials.Dids;

namespace Credentials.OpenId.Wallet.Presenting;

/// <summary>What a wallet trusts when it is asked for a presentation, and how long it waits.</summary>
public sealed record PresentationClientOptions
{
    /// <summary>Finds the keys of verifiers that are named by a DID.</summary>
    public DidResolver Resolver { get; init; } = DidResolver.Offline;

    /// <summary>Root certificates, DER, for verifiers that are named by a certificate; without any, such are refused.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Roots { get; init; } = [];

    /// <summary>Bounds of time and size, and the clock.</summary>
    public WalletLimits Limits { get; init; } = new();
}
