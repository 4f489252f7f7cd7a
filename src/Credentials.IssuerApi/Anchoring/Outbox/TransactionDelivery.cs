using System.Globalization;
using System.Numerics;
using Credentials.Anchoring;
using Credentials.Ethereum;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>Hands signed transactions to the node, and says in words for the operator why it does not take one.</summary>
internal sealed class TransactionDelivery(NonceLog log, ILedger ledger, AnchoringTelemetry telemetry, ILogger<TransactionDelivery> logger)
{
    // A node that still wants more than this many times the usual fee is not short of money, but confused.
    private const int MostOverUsual = 4;

    /// <summary>Hands transactions over in the order given, up to the first that the node does not take.</summary>
    /// <param name="account">Signs anew what has become too cheap.</param>
    /// <param name="transactions">In the order of their nonces.</param>
    /// <param name="fees">What is usual now.</param>
    /// <param name="handedOver">Takes the hashes that the node has.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Stall?> DeliverAsync(ChainAccount account, IReadOnlyList<LeasedTransaction> transactions, FeeSuggestion fees, HashSet<Bytes32> handedOver, CancellationToken cancellationToken)
    {
        List<long> taken = [];
        try
        {
            foreach (LeasedTransaction transaction in transactions)
            {
                if (await DeliverAsync(account, transaction, fees, handedOver, cancellationToken) is { } stall)
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

    private async Task<Stall?> DeliverAsync(ChainAccount account, LeasedTransaction transaction, FeeSuggestion fees, HashSet<Bytes32> handedOver, CancellationToken cancellationToken)
    {
        SendResult result = await ledger.SendAsync(transaction.Signed, cancellationToken);
        if (result.Outcome == SendOutcome.Underpriced && transaction.Fees.MaxFeePerGas < fees.MaxFeePerGas * MostOverUsual)
        {
            transaction = await RaiseFeesAsync(account, transaction, fees, cancellationToken);
            result = await ledger.SendAsync(transaction.Signed, cancellationToken);
        }

        switch (result.Outcome)
        {
            // The nonce is used: by an earlier signature of this very transaction, or not; the follower judges by the contract.
            case SendOutcome.NonceTooLow:
            case SendOutcome.Accepted:
                handedOver.Add(transaction.Signed.Hash);
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

    /// <summary>Signs a transaction anew with its own nonce and higher fees, and stores it.</summary>
    public async Task<LeasedTransaction> RaiseFeesAsync(ChainAccount account, LeasedTransaction transaction, FeeSuggestion fees, CancellationToken cancellationToken)
    {
        var raised = new FeeSuggestion(
            BigInteger.Max(fees.MaxFeePerGas, Raise(transaction.Fees.MaxFeePerGas)),
            BigInteger.Max(fees.MaxPriorityFeePerGas, Raise(transaction.Fees.MaxPriorityFeePerGas)));
        LeasedTransaction replaced = await log.ReplaceAsync(account, transaction, raised, cancellationToken);
        telemetry.Replaced.Add(1);
        logger.Replaced(replaced.Id, replaced.Nonce, raised.MaxFeePerGas, replaced.Signed.Hash);
        return replaced;
    }

    /// <summary>Whether the fees of today are so much higher that a node would take the exchange.</summary>
    public static bool IsTooCheap(LeasedTransaction transaction, FeeSuggestion fees) => fees.MaxFeePerGas >= Raise(transaction.Fees.MaxFeePerGas);

    // Nodes exchange a waiting transaction for one that pays at least a tenth more, in both fees.
    private static BigInteger Raise(BigInteger fee) => (fee * 9 / 8) + 1;
}
