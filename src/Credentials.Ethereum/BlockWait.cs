namespace Credentials.Ethereum;

/// <summary>Waits until a block is as settled as asked.</summary>
public static class BlockWait
{
    /// <summary>Waits until the block of that number is at or below a tag. A node that cannot be asked is asked again, until cancelled.</summary>
    /// <param name="ledger">The chain.</param>
    /// <param name="number">The block's number. That it still holds what it held is the caller's to check: it may have been reorganised.</param>
    /// <param name="tag">How settled: <see cref="BlockTag.Latest"/>, <see cref="BlockTag.Safe"/> or <see cref="BlockTag.Finalized"/>.</param>
    /// <param name="pollInterval">Time between two looks.</param>
    /// <param name="clock">Measures the interval.</param>
    /// <param name="progress">Told at each look where the tag is, or why that is not known; may be null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The block at the tag.</returns>
    public static async Task<BlockHeader> WaitForTagAsync(this ILedger ledger, ulong number, BlockTag tag, TimeSpan pollInterval, TimeProvider clock, IProgress<BlockWaitProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        while (true)
        {
            BlockWaitProgress seen = await LookAsync(ledger, tag, cancellationToken);
            progress?.Report(seen);
            if (seen.Block is { } block && block.Number >= number)
            {
                return block;
            }

            await Task.Delay(pollInterval, clock, cancellationToken);
        }
    }

    private static async Task<BlockWaitProgress> LookAsync(ILedger ledger, BlockTag tag, CancellationToken cancellationToken)
    {
        try
        {
            return new(await ledger.GetBlockAsync(tag, cancellationToken), null);
        }
        catch (LedgerUnavailableException fault)
        {
            return new(null, fault);
        }
    }
}

/// <summary>One look at a tag.</summary>
/// <param name="Block">The block at the tag; null where the chain has none, or could not be asked.</param>
/// <param name="Fault">Why it could not be asked; null otherwise.</param>
public sealed record BlockWaitProgress(BlockHeader? Block, LedgerUnavailableException? Fault);
