using Credentials.Anchoring;
using Credentials.Ethereum;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>Judges a transaction by the state of the contract, never by its own receipt: a root that is anchored is anchored, whichever signature of ours did it.
/// Only a call whose effect no fact of the contract tells is judged by its receipt.</summary>
internal sealed class TransactionJudge(ILedger ledger, FollowedTransactions store)
{
    /// <summary>Judges.</summary>
    /// <param name="transaction">What is judged.</param>
    /// <param name="view">The chain as this pass sees it.</param>
    /// <param name="used">Number of the account's nonces that are used up in the final state: below it, what is not there will never come by itself.</param>
    /// <param name="afresh">Read the place again although the state is the same: the chain went back.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Judgement> JudgeAsync(FollowedTransaction transaction, ChainView view, ulong used, bool afresh, CancellationToken cancellationToken)
    {
        RegistryState? latest = await transaction.LookUpAsync(ledger, BlockTag.Latest, cancellationToken);
        bool isThere = latest is null ? await ReceiptAsync(transaction, ofEffect: true, cancellationToken) is { Succeeded: true } : transaction.IsThere(latest);
        if (!isThere)
        {
            return (ulong)transaction.Nonce < used ? await JudgeLostAsync(transaction, cancellationToken) : new Judgement(transaction, TransactionState.Submitted, null, null);
        }

        string state =
            !await IsThereAsync(transaction, view.Safe, cancellationToken) ? TransactionState.Included
            : !await IsThereAsync(transaction, view.Finalized, cancellationToken) ? TransactionState.Safe
            : TransactionState.Finalized;
        bool moved = transaction.Purpose == TransactionPurpose.Anchor && (ulong?)transaction.BlockNumber != latest?.AnchoredBlock;
        MinedPlace? place = afresh || moved || state != transaction.State ? await PlaceAsync(transaction, latest, cancellationToken) : null;
        return new Judgement(transaction, state, place, null);
    }

    // As of a block by its number, so that the whole pass judges by one block although the tags move on.
    private async Task<bool> IsThereAsync(FollowedTransaction transaction, BlockHeader? block, CancellationToken cancellationToken) =>
        block is not null && (await transaction.LookUpAsync(ledger, BlockTag.Number(block.Number), cancellationToken) is { } state
            ? transaction.IsThere(state)
            : await ReceiptAsync(transaction, ofEffect: true, cancellationToken) is { Succeeded: true } receipt && receipt.BlockNumber <= block.Number);

    private async Task<Judgement> JudgeLostAsync(FollowedTransaction transaction, CancellationToken cancellationToken)
    {
        TransactionReceipt? receipt = await ReceiptAsync(transaction, ofEffect: false, cancellationToken);
        BlockHeader? block = receipt is null ? null : await ledger.GetBlockAsync(BlockTag.Number(receipt.BlockNumber), cancellationToken);
        MinedPlace? place = block is null ? null : new MinedPlace(block, receipt);
        if (transaction.Cancellation is not null)
        {
            return new Judgement(transaction, TransactionState.Cancelled, place, "Cancelled: it never came about.");
        }

        string reason = receipt is null && transaction.Effect.Repeatable
            ? $"Nonce {transaction.Nonce} is used, and the node has no receipt that tells by what: this call may have been made. It is not made again by itself: look at the chain, and ask for it again if it was not."
            : receipt is not null
            ? $"The contract refused it in block {receipt.BlockNumber} (gas used {receipt.GasUsed}): is {EthereumAddress.From(transaction.Account)} still an operator of {transaction.InstitutionId}?{(transaction.Effect.RetryRefused ? "" : " Or is there not what the call is about? It is not tried again: ask for it anew when that is mended.")}"
            : $"Another transaction used nonce {transaction.Nonce}: does somebody else have the key of {EthereumAddress.From(transaction.Account)}?";

        // A call that no fact tells apart may have been made although its receipt is gone; what the contract may refuse for ever is not paid for again.
        return new Judgement(transaction, TransactionState.Failed, place, reason, IsRefusedForGood: transaction.Effect.Repeatable || (receipt is { Succeeded: false } && !transaction.Effect.RetryRefused));
    }

    private async Task<MinedPlace?> PlaceAsync(FollowedTransaction transaction, RegistryState? latest, CancellationToken cancellationToken)
    {
        TransactionReceipt? receipt = await ReceiptAsync(transaction, ofEffect: false, cancellationToken);
        ulong? number = receipt is { Succeeded: true } ? receipt.BlockNumber
            : transaction.Purpose == TransactionPurpose.Anchor ? latest?.AnchoredBlock
            : receipt?.BlockNumber;
        BlockHeader? block = number is { } known ? await ledger.GetBlockAsync(BlockTag.Number(known), cancellationToken) : null;
        return block is null ? null : new MinedPlace(block, receipt);
    }

    // The transaction may have been mined under a hash that it had before its fees were raised, or before it was cancelled.
    private async Task<TransactionReceipt?> ReceiptAsync(FollowedTransaction transaction, bool ofEffect, CancellationToken cancellationToken)
    {
        if (!(ofEffect && transaction.IsCancelling) && await ledger.GetReceiptAsync(Bytes32.From(transaction.Hash), cancellationToken) is { } receipt)
        {
            return receipt;
        }

        foreach (Bytes32 earlier in await store.ReadReplacedHashesAsync(transaction.Id, ofEffect, cancellationToken))
        {
            if (await ledger.GetReceiptAsync(earlier, cancellationToken) is { } of)
            {
                return of;
            }
        }

        return null;
    }
}
