using System.Numerics;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>Has transactions signed, outside of every transaction of the database: the signer may be far away. What is signed and lost in a crash was never sent, and is signed again.</summary>
internal sealed class TransactionSigning(NonceLog log, ILedger ledger, TrustedChain chain, AnchoringTelemetry telemetry, ILogger<TransactionSigning> logger)
{
    private const ulong EmptyGas = 21_000;

    /// <summary>Signs every leased nonce, in order, and keeps the bytes.</summary>
    /// <exception cref="SignerUnavailableException">What was signed before it failed is kept.</exception>
    public async Task SignLeasedAsync(IChainSigner account, FeeSuggestion fees, CancellationToken cancellationToken)
    {
        IReadOnlyList<UnsignedTransaction> unsigned = await log.ReadUnsignedAsync(account.Address, cancellationToken);
        List<LeasedTransaction> signed = new(unsigned.Count);
        try
        {
            foreach (UnsignedTransaction of in unsigned)
            {
                TransactionRequest request = of.IsCancelled
                    ? Empty(account, of.Nonce, fees)
                    : new(chain.ChainId, of.Nonce, of.Destination, of.Data, BigInteger.Zero, of.GasLimit, fees);
                signed.Add(new LeasedTransaction(of.Id, await ledger.SignAsync(request, account, cancellationToken)));
            }
        }
        finally
        {
            if (signed.Count > 0)
            {
                PipelineStep.TransactionSigned.Reached();
                await log.StoreSignedAsync(signed, unsigned.Where(of => of.IsCancelled).Select(of => of.Id).ToHashSet(), CancellationToken.None);
                PipelineStep.TransactionStored.Reached();
            }
        }
    }

    /// <summary>Signs a transaction anew with its own nonce and other fees, and keeps it.</summary>
    /// <returns>Null when somebody else replaced it in the meantime.</returns>
    public Task<LeasedTransaction?> ReplaceAsync(IChainSigner account, LeasedTransaction transaction, FeeSuggestion fees, CancellationToken cancellationToken) =>
        ReplaceAsync(account, transaction, transaction.Signed.Request with { Fees = fees }, cancellationToken);

    /// <summary>Puts an empty transaction to ourselves in the place of one that is to be taken back: whichever is mined uses up the nonce.</summary>
    /// <returns>Null when somebody else replaced it in the meantime.</returns>
    public Task<LeasedTransaction?> CancelAsync(IChainSigner account, LeasedTransaction transaction, FeeSuggestion fees, CancellationToken cancellationToken) =>
        ReplaceAsync(account, transaction, Empty(account, transaction.Nonce, fees), cancellationToken);

    private async Task<LeasedTransaction?> ReplaceAsync(IChainSigner account, LeasedTransaction transaction, TransactionRequest request, CancellationToken cancellationToken)
    {
        LeasedTransaction replacement = new(transaction.Id, await ledger.SignAsync(request, account, cancellationToken));
        PipelineStep.ReplacementSigned.Reached();
        if (!await log.ReplaceAsync(replacement, transaction.Signed.Hash, IsEmpty(request), cancellationToken))
        {
            return null;
        }

        PipelineStep.ReplacementStored.Reached();
        telemetry.Replaced.Add(1);
        logger.Replaced(replacement.Id, replacement.Nonce, request.Fees.MaxFeePerGas, replacement.Signed.Hash);
        return replacement;
    }

    private TransactionRequest Empty(IChainSigner account, ulong nonce, FeeSuggestion fees) => new(chain.ChainId, nonce, account.Address, default, BigInteger.Zero, EmptyGas, fees);

    private static bool IsEmpty(TransactionRequest request) => request.Data.IsEmpty;
}
