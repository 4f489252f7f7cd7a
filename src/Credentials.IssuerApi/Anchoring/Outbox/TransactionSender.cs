using System.Diagnostics;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>Brings every signed transaction to the node, in the order of nonces, until the chain has it; gives waiting intents their nonces.</summary>
/// <remarks>What it knows in memory only saves it from sending twice: a new one on the same database goes on where the old one was killed.</remarks>
internal sealed class TransactionSender(
    NonceLog log,
    TransactionDelivery delivery,
    ILedger ledger,
    ChainGuard guard,
    ChainAccounts accounts,
    IOptions<AnchoringOptions> options,
    AnchoringTelemetry telemetry,
    ILogger<TransactionSender> logger)
{
    private const int LeaseSize = 50;

    // Handed to the node since it was last seen in doubt.
    private readonly HashSet<Bytes32> _handedOver = [];
    private ulong _count;
    private int _pollsWithoutProgress;

    public async Task<Stall?> StepAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(await accounts.OpenAsync(cancellationToken), cancellationToken);
        }
        catch (LedgerUnavailableException)
        {
            // A node that comes back may have lost what it was handed.
            _handedOver.Clear();
            throw;
        }
    }

    private async Task<Stall?> SendAsync(ChainAccount account, CancellationToken cancellationToken)
    {
        ulong count = await ledger.GetTransactionCountAsync(account.Address, BlockTag.Latest, cancellationToken);
        IReadOnlyList<LoggedNonce> unmined = await log.ReadFromAsync(account.Address, count, cancellationToken);
        bool overdue = IsOverdue(count, unmined);
        bool queued = await log.HasQueuedAsync(cancellationToken);
        LeasedTransaction[] due = [.. unmined.Where(transaction => !_handedOver.Contains(transaction.Hash)).Select(transaction => transaction.Decode())];
        if (due.Length == 0 && !queued)
        {
            return null;
        }

        if (await guard.CheckAsync(cancellationToken) is { } stall)
        {
            return stall;
        }

        using Activity? activity = telemetry.Activities.StartActivity("send transactions");
        FeeSuggestion fees = await ledger.SuggestFeesAsync(cancellationToken);
        return await ResendAsync(account, due, fees, overdue, cancellationToken)
            ?? FindGap(account.Address, count, unmined)
            ?? await LeaseAsync(account, count, options.Value.MaxUnmined - unmined.Count, fees, cancellationToken);
    }

    // True when nothing was mined for many polls: the node may have dropped what waits, or it pays too little.
    private bool IsOverdue(ulong count, IReadOnlyList<LoggedNonce> unmined)
    {
        if (count < _count)
        {
            _handedOver.Clear();
        }

        _handedOver.IntersectWith(unmined.Select(transaction => transaction.Hash));
        _pollsWithoutProgress = count == _count && unmined.Count > 0 ? _pollsWithoutProgress + 1 : 0;
        _count = count;
        if (_pollsWithoutProgress < options.Value.ReplaceAfterPolls)
        {
            return false;
        }

        logger.Resending(unmined.Count, unmined[0].Nonce);
        _pollsWithoutProgress = 0;
        _handedOver.Clear();
        return true;
    }

    // Only a chain that went back to before our log, or over a nonce that somebody else used, shows one.
    private static Stall? FindGap(EthereumAddress account, ulong count, IReadOnlyList<LoggedNonce> unmined)
    {
        for (int i = 0; i < unmined.Count; i++)
        {
            ulong expected = count + (ulong)i;
            if (unmined[i].Nonce != expected)
            {
                return new Stall(StallKind.NonceGap, $"The chain lacks transaction {expected} of account {account}, which is not in our nonce log: it was sent by somebody else, and the chain went back. Send it again from where it came, or an empty one with that nonce.");
            }
        }

        return null;
    }

    private async Task<Stall?> ResendAsync(ChainAccount account, LeasedTransaction[] due, FeeSuggestion fees, bool overdue, CancellationToken cancellationToken)
    {
        for (int i = 0; overdue && i < due.Length; i++)
        {
            if (TransactionDelivery.IsTooCheap(due[i], fees))
            {
                due[i] = await delivery.RaiseFeesAsync(account, due[i], fees, cancellationToken);
            }
        }

        return await delivery.DeliverAsync(account, due, fees, _handedOver, cancellationToken);
    }

    private async Task<Stall?> LeaseAsync(ChainAccount account, ulong count, int room, FeeSuggestion fees, CancellationToken cancellationToken)
    {
        while (room > 0)
        {
            int most = Math.Min(room, LeaseSize);
            IReadOnlyList<LeasedTransaction> leased = await log.LeaseAsync(account, count, fees, most, cancellationToken);
            if (await delivery.DeliverAsync(account, leased, fees, _handedOver, cancellationToken) is { } stall)
            {
                return stall;
            }

            room = leased.Count < most ? 0 : room - leased.Count;
        }

        return null;
    }
}
