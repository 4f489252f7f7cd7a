using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>Brings every signed transaction to the node, in the order of nonces, until the chain has it; gives waiting intents their nonces.</summary>
/// <remarks>What it knows in memory only saves it from sending twice: a new one on the same database goes on where the old one was killed.</remarks>
internal sealed class TransactionSender(
    NonceLog log,
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
            // No dearer than needed: only where the fees of today are so much higher that a node would take the exchange.
            if (fees.MaxFeePerGas >= Raise(due[i].Fees.MaxFeePerGas))
            {
                due[i] = await ReplaceAsync(account, due[i], fees, cancellationToken);
            }
        }

        return await HandOverAsync(account, due, fees, cancellationToken);
    }

    private async Task<Stall?> LeaseAsync(ChainAccount account, ulong count, int room, FeeSuggestion fees, CancellationToken cancellationToken)
    {
        while (room > 0)
        {
            int most = Math.Min(room, LeaseSize);
            IReadOnlyList<LeasedTransaction> leased = await log.LeaseAsync(account, count, fees, most, cancellationToken);
            if (await HandOverAsync(account, leased, fees, cancellationToken) is { } stall)
            {
                return stall;
            }

            room = leased.Count < most ? 0 : room - leased.Count;
        }

        return null;
    }

    private async Task<Stall?> HandOverAsync(ChainAccount account, IReadOnlyList<LeasedTransaction> transactions, FeeSuggestion fees, CancellationToken cancellationToken)
    {
        List<long> taken = [];
        try
        {
            foreach (LeasedTransaction transaction in transactions)
            {
                if (await HandOverAsync(account, transaction, fees, cancellationToken) is { } stall)
                {
                    await log.SetProblemAsync(transaction.Id, stall.Message, cancellationToken);
                    return stall;
                }

                taken.Add(transaction.Id);
            }

            return null;
        }
        finally
        {
            if (taken.Count > 0)
            {
                await log.MarkSentAsync(taken, CancellationToken.None);
                telemetry.Sent.Add(taken.Count);
            }
        }
    }

    private async Task<Stall?> HandOverAsync(ChainAccount account, LeasedTransaction transaction, FeeSuggestion fees, CancellationToken cancellationToken)
    {
        SendResult result = await ledger.SendAsync(transaction.Signed, cancellationToken);
        if (result.Outcome == SendOutcome.Underpriced && transaction.Fees.MaxFeePerGas < fees.MaxFeePerGas * 4)
        {
            transaction = await ReplaceAsync(account, transaction, fees, cancellationToken);
            result = await ledger.SendAsync(transaction.Signed, cancellationToken);
        }

        switch (result.Outcome)
        {
            // The nonce is used: by an earlier signature of this very transaction, or not; the follower judges by the contract.
            case SendOutcome.NonceTooLow:
            case SendOutcome.Accepted:
                _handedOver.Add(transaction.Signed.Hash);
                logger.Sent(transaction.Id, transaction.Nonce, transaction.Signed.Hash);
                return null;
            case SendOutcome.InsufficientFunds:
                return await InsufficientFundsAsync(transaction, cancellationToken);
            default:
                return new Stall(StallKind.Refused, $"The node refuses transaction {transaction.Id} (nonce {transaction.Nonce}): {result.Outcome}: {result.Message}");
        }
    }

    private async Task<Stall> InsufficientFundsAsync(LeasedTransaction transaction, CancellationToken cancellationToken)
    {
        BigInteger balance = await ledger.GetBalanceAsync(transaction.Signed.From, cancellationToken);
        BigInteger needed = transaction.Fees.MaxFeePerGas * transaction.Signed.Request.GasLimit;
        return new Stall(StallKind.InsufficientFunds, string.Create(CultureInfo.InvariantCulture, $"The account {transaction.Signed.From} cannot pay: it has {balance} wei, and transaction {transaction.Id} may cost up to {needed} wei. Send it funds on chain {transaction.Signed.Request.ChainId}."));
    }

    private async Task<LeasedTransaction> ReplaceAsync(ChainAccount account, LeasedTransaction transaction, FeeSuggestion fees, CancellationToken cancellationToken)
    {
        var raised = new FeeSuggestion(
            BigInteger.Max(fees.MaxFeePerGas, Raise(transaction.Fees.MaxFeePerGas)),
            BigInteger.Max(fees.MaxPriorityFeePerGas, Raise(transaction.Fees.MaxPriorityFeePerGas)));
        LeasedTransaction replaced = await log.ReplaceAsync(account, transaction, raised, cancellationToken);
        telemetry.Replaced.Add(1);
        logger.Replaced(replaced.Id, replaced.Nonce, raised.MaxFeePerGas, replaced.Signed.Hash);
        return replaced;
    }

    // Nodes exchange a waiting transaction for one that pays at least a tenth more, in both fees.
    private static BigInteger Raise(BigInteger fee) => (fee * 9 / 8) + 1;
}
