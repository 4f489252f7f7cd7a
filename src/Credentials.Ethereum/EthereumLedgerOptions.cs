using System.Numerics;

namespace Credentials.Ethereum;

/// <summary>How one node is asked.</summary>
/// <param name="Node">The node's JSON-RPC URL. A user name and password in it are sent as basic credentials; neither they nor path and query are ever shown.</param>
public sealed record EthereumLedgerOptions(Uri Node)
{
    /// <summary>Time for one round trip, from connecting to the last byte.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Largest decoded answer, in bytes.</summary>
    public int MaxAnswerBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>The least tip that is suggested, in wei per gas.</summary>
    public BigInteger MinimumTip { get; init; } = 1_000_000_000;

    /// <summary>How many blocks below the newest one count as safe, for a chain without that tag; null where nothing does.</summary>
    public ulong? SafeDepth { get; init; }

    /// <summary>How many blocks below the newest one count as finalized, for a chain without that tag; null where nothing does.</summary>
    public ulong? FinalizedDepth { get; init; }

    /// <summary>The configured depth of a tag; null where there is none.</summary>
    internal ulong? DepthOf(BlockTag tag) => tag == BlockTag.Safe ? SafeDepth : tag == BlockTag.Finalized ? FinalizedDepth : null;
}
