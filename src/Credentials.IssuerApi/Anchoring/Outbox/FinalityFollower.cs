using System.Diagnostics;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>Follows every transaction to its finality, and back when the chain goes back. At each start, and when a final block is gone, it compares all that is recorded with the contract.</summary>
internal sealed class FinalityFollower(
    FollowedTransactions store,
    TransactionJudge judge,
    ILedger ledger,
    ChainGuard guard,
    ChainAccounts accounts,
    IOptions<AnchoringOptions> options,
    AnchoringTelemetry telemetry,
    ILogger<FinalityFollower> logger)
{
    private const int AuditSize = 100;

    private Bytes32? _judgedHead;

    // Recorded transactions up to this id were compared with the contract; null when all were.
    private long? _audited = 0;
    private bool _wentBack;

    public async Task<Stall?> StepAsync(CancellationToken cancellationToken)
    {
        ChainView view = await ChainView.ReadAsync(ledger, options.Value.FallbackDepth, cancellationToken);
        if (_audited is null && _judgedHead?.Equals(view.Latest.Hash) == true)
        {
            return null;
        }

        // Another chain knows nothing of ours: to judge by it would take everything back.
        if (await guard.CheckAsync(cancellationToken) is { } stall)
        {
            return stall;
        }

        using Activity? activity = telemetry.Activities.StartActivity("follow transactions");
        await LookBackAsync(cancellationToken);
        List<Judgement> changes = await JudgeOpenAsync(view, cancellationToken);
        await AuditAsync(view, changes, cancellationToken);
        PipelineStep.Judged.Reached();
        if (changes.Count > 0 || _wentBack)
        {
            // While an audit is under way the old checkpoint stays, so that a restart finds out again.
            await store.SaveAsync(changes, _audited is null ? view.Finalized : null, cancellationToken);
        }

        _wentBack &= _audited is not null;
        _judgedHead = view.Latest.Hash;
        Tell(changes);
        return null;
    }

    private async Task LookBackAsync(CancellationToken cancellationToken)
    {
        if (_wentBack || await store.ReadCheckpointAsync(cancellationToken) is not { } checkpoint)
        {
            return;
        }

        BlockHeader? now = await ledger.GetBlockAsync(BlockTag.Number(checkpoint.Number), cancellationToken);
        if (now?.Hash.Equals(checkpoint.Hash) != true)
        {
            logger.ChainWentBack(checkpoint.Number);
            (_wentBack, _audited) = (true, 0);
        }
    }

    private async Task<List<Judgement>> JudgeOpenAsync(ChainView view, CancellationToken cancellationToken)
    {
        EthereumAddress account = await accounts.GetAddressAsync(cancellationToken);
        ulong used = view.FinalizedTag is { } final ? await ledger.GetTransactionCountAsync(account, final, cancellationToken) : 0;
        ulong count = await ledger.GetTransactionCountAsync(account, BlockTag.Latest, cancellationToken);
        List<Judgement> changes = [];
        foreach (FollowedTransaction transaction in await store.ReadOpenAsync(count, cancellationToken))
        {
            Judgement judgement = await judge.JudgeAsync(transaction, view, used, afresh: false, cancellationToken);
            if (judgement.IsChange)
            {
                changes.Add(judgement);
            }
        }

        return changes;
    }

    private async Task AuditAsync(ChainView view, List<Judgement> changes, CancellationToken cancellationToken)
    {
        if (_audited is not { } after)
        {
            return;
        }

        FollowedTransaction[] recorded = [.. await store.ReadFinalizedAsync(after, AuditSize, cancellationToken)];
        foreach (FollowedTransaction transaction in recorded)
        {
            // Nodes forget old receipts: a missing one shows nothing about a call that was final, unless the chain went back.
            if (transaction.Effect.Ask is null && !_wentBack)
            {
                continue;
            }

            // What the chain took back comes again by its old nonce, so nothing is judged as failed here.
            Judgement judgement = await judge.JudgeAsync(transaction, view, used: 0, afresh: _wentBack, cancellationToken);
            if (judgement.IsChange)
            {
                changes.Add(judgement);
            }
        }

        _audited = recorded.Length < AuditSize ? null : recorded[^1].Id;
    }

    private void Tell(List<Judgement> changes)
    {
        foreach (Judgement change in changes)
        {
            FollowedTransaction transaction = change.Transaction;
            if (change.State == TransactionState.Failed)
            {
                telemetry.Failed.Add(1);
                logger.Failed(transaction.Id, transaction.Purpose, transaction.InstitutionId, transaction.Nonce, transaction.Attempt, change.Problem!);
            }
            else if (change.State == TransactionState.Cancelled)
            {
                telemetry.Cancelled.Add(1);
                logger.Cancelled(transaction.Id, transaction.Purpose, transaction.InstitutionId, transaction.Nonce);
            }
            else if (TransactionState.IsBack(transaction.State, change.State))
            {
                telemetry.MovedBack.Add(1);
                logger.MovedBack(transaction.Id, transaction.Purpose, transaction.InstitutionId, transaction.State, change.State);
            }
            else if (transaction.State != change.State)
            {
                logger.Moved(transaction.Id, transaction.Purpose, transaction.InstitutionId, transaction.State, change.State);
                if (change.State == TransactionState.Finalized)
                {
                    telemetry.Finalized.Add(1);
                    telemetry.GasUsed.Add((long)(change.Place?.Receipt?.GasUsed ?? 0));
                }
            }
        }
    }
}
