using System.Diagnostics;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>Brings every signed transaction to the node, in the order of nonces, until the chain has it; gives waiting intents their nonces; takes back what is cancelled.</summary>
/// <remarks>What it knows in memory only saves it from sending twice: a new one on the same database goes on where the old one was killed, and several do no harm.</remarks>
internal sealed class TransactionSender(
    NonceLog log,
    TransactionSigning signing,
    TransactionDelivery delivery,
    ILedger ledger,
    ChainGuard guard,
    ChainAccounts accounts,
    AnchoringOrders orders,
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
        if (await orders.PauseAsync(cancellationToken) is { } pause)
        {
            return pause.ToStall();
        }

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

    private async Task<Stall?> SendAsync(IChainSigner account, CancellationToken cancellationToken)
    {
        ulong count = await ledger.GetTransactionCountAsync(account.Address, BlockTag.Latest, cancellationToken);
        IReadOnlyList<LoggedNonce> unmined = await log.ReadFromAsync(account.Address, count, cancellationToken);
        bool overdue = IsOverdue(count, unmined);
        bool waiting = await log.HasWorkAsync(cancellationToken);
        if (!waiting && unmined.All(IsWithTheNode))
        {
            return null;
        }

        if (await guard.CheckAsync(cancellationToken) is { } stall)
        {
            return stall;
        }

        using Activity? activity = telemetry.Activities.StartActivity("send transactions");
        FeeBid bid = new(await ledger.SuggestFeesAsync(cancellationToken), options.Value.CeilingInWei());
        if (waiting && bid.TooDear is null)
        {
            await signing.SignLeasedAsync(account, bid.Today, cancellationToken);
            unmined = await log.ReadFromAsync(account.Address, count, cancellationToken);
        }

        return await ResendAsync(account, unmined, bid, overdue, cancellationToken)
            ?? FindGap(account.Address, count, unmined)
            ?? (waiting || overdue ? bid.TooDear : null)
            ?? await LeaseAsync(account, count, options.Value.MaxUnmined - unmined.Count, bid, cancellationToken);
    }

    private bool IsWithTheNode(LoggedNonce transaction) => transaction is { CancelRequested: false, Hash: { } hash } && _handedOver.Contains(hash);

    // True when nothing was mined for many polls: the node may have dropped what waits, or it pays too little.
    private bool IsOverdue(ulong count, IReadOnlyList<LoggedNonce> unmined)
    {
        if (count < _count)
        {
            _handedOver.Clear();
        }

        _handedOver.IntersectWith(unmined.Select(transaction => transaction.Hash).OfType<Bytes32>());
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

    // Up to the first nonce that waits for its signature: nothing behind it could be mined.
    private async Task<Stall?> ResendAsync(IChainSigner account, IReadOnlyList<LoggedNonce> unmined, FeeBid bid, bool overdue, CancellationToken cancellationToken)
    {
        List<LeasedTransaction> due = [];
        foreach (LoggedNonce logged in unmined.TakeWhile(logged => logged.Hash is not null).Where(logged => !IsWithTheNode(logged)))
        {
            LeasedTransaction? transaction = logged.Decode();
            if (logged.CancelRequested)
            {
                transaction = await signing.CancelAsync(account, transaction, bid.RaiseToCancel(transaction.Fees), cancellationToken);
            }
            else if (overdue && bid.IsTooCheap(transaction.Fees) && bid.Raise(transaction.Signed.Request) is { } raised)
            {
                transaction = await signing.ReplaceAsync(account, transaction, raised, cancellationToken);
            }

            due.AddRange(transaction is null ? [] : [transaction]);
        }

        return await delivery.DeliverAsync(account, due, bid, _handedOver, cancellationToken);
    }

    private async Task<Stall?> LeaseAsync(IChainSigner account, ulong count, int room, FeeBid bid, CancellationToken cancellationToken)
    {
        while (room > 0)
        {
            int most = Math.Min(room, LeaseSize);
            int leased = await log.LeaseAsync(account.Address, count, most, cancellationToken);
            if (leased == 0)
            {
                return null;
            }

            await signing.SignLeasedAsync(account, bid.Today, cancellationToken);
            IReadOnlyList<LoggedNonce> unmined = await log.ReadFromAsync(account.Address, count, cancellationToken);
            if (await ResendAsync(account, unmined, bid, overdue: false, cancellationToken) is { } stall)
            {
                return stall;
            }

            room = leased < most ? 0 : room - leased;
        }

        return null;
    }
}
