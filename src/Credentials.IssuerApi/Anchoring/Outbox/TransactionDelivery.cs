using System.Globalization;
using System.Numerics;
using Credentials.Anchoring;
using Credentials.Ethereum;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>Hands signed transactions to the node, and says in words for the operator why it does not take one.</summary>
internal sealed class TransactionDelivery(NonceLog log, TransactionSigning signing, ILedger ledger, AnchoringTelemetry telemetry, ILogger<TransactionDelivery> logger)
{
    /// <summary>Hands transactions over in the order given, up to the first that the node does not take.</summary>
    /// <param name="account">Signs anew what has become too cheap.</param>
    /// <param name="transactions">In the order of their nonces.</param>
    /// <param name="bid">What is usual, and allowed, now.</param>
    /// <param name="handedOver">Takes the hashes that the node has.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Stall?> DeliverAsync(IChainSigner account, IReadOnlyList<LeasedTransaction> transactions, FeeBid bid, HashSet<Bytes32> handedOver, CancellationToken cancellationToken)
    {
        List<long> taken = [];
        try
        {
            foreach (LeasedTransaction transaction in transactions)
            {
                if (await DeliverAsync(account, transaction, bid, handedOver, cancellationToken) is { } stall)
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
                PipelineStep.TransactionNoted.Reached();
                telemetry.Sent.Add(taken.Count);
            }
        }
    }

    private async Task<Stall?> DeliverAsync(IChainSigner account, LeasedTransaction transaction, FeeBid bid, HashSet<Bytes32> handedOver, CancellationToken cancellationToken)
    {
        SendResult result = await ledger.SendAsync(transaction.Signed, cancellationToken);
        FeeSuggestion? better = result.Outcome switch
        {
            SendOutcome.Underpriced when bid.MayBidMore(transaction.Fees) => bid.Raise(transaction.Signed.Request),

            // The node does not hold it, so nothing has to be outbid: what was promised in dearer times may be more than the account has.
            SendOutcome.InsufficientFunds when bid.IsTooHigh(transaction.Fees) => bid.Today,
            _ => null,
        };
        if (better is not null)
        {
            if (await signing.ReplaceAsync(account, transaction, better, cancellationToken) is not { } replacement)
            {
                return null;
            }

            transaction = replacement;
            result = await ledger.SendAsync(transaction.Signed, cancellationToken);
        }

        switch (result.Outcome)
        {
            // The nonce is used: by an earlier signature of this very transaction, or not; the follower judges by the contract.
            case SendOutcome.NonceTooLow:
            case SendOutcome.Accepted:
                PipelineStep.TransactionSent.Reached();
                handedOver.Add(transaction.Signed.Hash);
                logger.Sent(transaction.Id, transaction.Nonce, transaction.Signed.Hash);
                return null;
            case SendOutcome.InsufficientFunds:
                return await InsufficientFundsAsync(transaction, cancellationToken);
            case SendOutcome.Underpriced when bid.TooDear is { } tooDear:
                return tooDear;
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
}
