using Credentials.Ethereum;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>The chain's head and the blocks that count as safe and final, as one pass sees them.</summary>
/// <param name="Latest">The newest block.</param>
/// <param name="Safe">The newest safe block; null when none is.</param>
/// <param name="Finalized">The newest final block; null when none is.</param>
internal sealed record ChainView(BlockHeader Latest, BlockHeader? Safe, BlockHeader? Finalized)
{
    /// <summary>Asks for the state that is final.</summary>
    public BlockTag? FinalizedTag => Finalized is null ? null : BlockTag.Number(Finalized.Number);

    /// <summary>Reads it. A chain without the tags takes the block at <paramref name="fallbackDepth"/> below the head for both.</summary>
    /// <exception cref="LedgerUnavailableException">The node cannot be asked.</exception>
    public static async Task<ChainView> ReadAsync(ILedger ledger, int fallbackDepth, CancellationToken cancellationToken)
    {
        BlockHeader latest = await ledger.GetBlockAsync(BlockTag.Latest, cancellationToken)
            ?? throw new LedgerUnavailableException("The node has no newest block.");
        if (await ledger.GetBlockAsync(BlockTag.Finalized, cancellationToken) is { } finalized)
        {
            return new ChainView(latest, await ledger.GetBlockAsync(BlockTag.Safe, cancellationToken) ?? finalized, finalized);
        }

        BlockHeader? deep = latest.Number < (ulong)fallbackDepth ? null
            : await ledger.GetBlockAsync(BlockTag.Number(latest.Number - (ulong)fallbackDepth), cancellationToken);
        return new ChainView(latest, deep, deep);
    }
}
