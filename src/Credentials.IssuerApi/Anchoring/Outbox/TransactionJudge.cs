using Credentials.Anchoring;
using Credentials.Ethereum;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>Judges a transaction by the state of the contract, never by its own receipt: a root that is anchored is anchored, whichever signature of ours did it.</summary>
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
        RegistryState latest = await transaction.LookUpAsync(ledger, BlockTag.Latest, cancellationToken);
        if (!transaction.IsDone(latest))
        {
            return (ulong)transaction.Nonce < used
                ? new Judgement(transaction, TransactionState.Failed, null, await ReasonAsync(transaction, cancellationToken))
                : new Judgement(transaction, TransactionState.Submitted, null, null);
        }

        string state =
            !await IsDoneAsync(transaction, view.SafeTag, cancellationToken) ? TransactionState.Included
            : !await IsDoneAsync(transaction, view.FinalizedTag, cancellationToken) ? TransactionState.Safe
            : TransactionState.Finalized;
        bool moved = transaction.Purpose == TransactionPurpose.Anchor && (ulong?)transaction.BlockNumber != latest.AnchoredBlock;
        MinedPlace? place = afresh || moved || state != transaction.State ? await PlaceAsync(transaction, latest, cancellationToken) : null;
        return new Judgement(transaction, state, place, null);
    }

    private async Task<bool> IsDoneAsync(FollowedTransaction transaction, BlockTag? tag, CancellationToken cancellationToken) =>
        tag is { } known && transaction.IsDone(await transaction.LookUpAsync(ledger, known, cancellationToken));

    private async Task<MinedPlace?> PlaceAsync(FollowedTransaction transaction, RegistryState latest, CancellationToken cancellationToken)
    {
        TransactionReceipt? receipt = await ReceiptAsync(transaction, cancellationToken);
        ulong? number = receipt is { Succeeded: true } ? receipt.BlockNumber
            : transaction.Purpose == TransactionPurpose.Anchor ? latest.AnchoredBlock
            : null;
        BlockHeader? block = number is { } known ? await ledger.GetBlockAsync(BlockTag.Number(known), cancellationToken) : null;
        return block is null ? null : new MinedPlace(block, receipt is { Succeeded: true } ? receipt : null);
    }

    // The transaction may have been mined under a hash that it had before its fees were raised.
    private async Task<TransactionReceipt?> ReceiptAsync(FollowedTransaction transaction, CancellationToken cancellationToken)
    {
        if (await ledger.GetReceiptAsync(Bytes32.From(transaction.Hash), cancellationToken) is { } receipt)
        {
            return receipt;
        }

        foreach (Bytes32 earlier in await store.ReadReplacedHashesAsync(transaction.Id, cancellationToken))
        {
            if (await ledger.GetReceiptAsync(earlier, cancellationToken) is { } of)
            {
                return of;
            }
        }

        return null;
    }

    private async Task<string> ReasonAsync(FollowedTransaction transaction, CancellationToken cancellationToken) =>
        await ReceiptAsync(transaction, cancellationToken) is { } receipt
            ? $"The contract refused it in block {receipt.BlockNumber} (gas used {receipt.GasUsed}): is {EthereumAddress.From(transaction.Account)} still an operator of {transaction.InstitutionId}?"
            : $"Another transaction used nonce {transaction.Nonce}: does somebody else have the key of {EthereumAddress.From(transaction.Account)}?";
}
