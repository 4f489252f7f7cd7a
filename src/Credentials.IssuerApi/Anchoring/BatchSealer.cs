using System.Data.Common;
using System.Diagnostics;
using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.Storage;
using Dapper;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Anchoring;

/// <summary>Puts the queued credentials of each institution under one root, by count or by age. Asks no chain.</summary>
internal sealed class BatchSealer(
    IDatabase database,
    TransactionOutbox outbox,
    TrustedChain chain,
    AnchoringOrders orders,
    IOptions<AnchoringOptions> options,
    AnchoringTelemetry telemetry,
    TimeProvider clock,
    ILogger<BatchSealer> logger)
{
    // An upload that is being signed holds its institution's queue open for a while, so that all of it comes under one root.
    private const string SelectDue = """
        SELECT institution_id FROM (
            SELECT c.institution_id, count(*) AS waiting, min(c.created_at) AS oldest,
                   EXISTS (SELECT 1 FROM batch_jobs j WHERE j.institution_id = c.institution_id AND j.state IN ('queued', 'running')) AS growing,
                   (SELECT f.requested_at FROM anchoring_flushes f WHERE f.institution_id = c.institution_id) AS flushed
            FROM credentials c WHERE c.anchor_batch_id IS NULL GROUP BY c.institution_id) AS queue
        WHERE waiting >= @MaxBatchSize OR (oldest <= @AgeLimit AND NOT growing) OR oldest <= @UploadLimit OR oldest <= flushed
        ORDER BY oldest
        """;

    // A flush is over when nothing that it was meant for is queued any more.
    private const string EndFlush = """
        DELETE FROM anchoring_flushes WHERE institution_id = @Institution AND NOT EXISTS (
            SELECT 1 FROM credentials c WHERE c.institution_id = @Institution AND c.anchor_batch_id IS NULL AND c.created_at <= anchoring_flushes.requested_at)
        """;

    // The oldest first; within the batch by digest, so that a leaf's place tells nothing about the order of issuing.
    private const string Leaves = """
        SELECT id, digest, row_number() OVER (ORDER BY digest) - 1 AS leaf_index
        FROM (SELECT id, digest FROM credentials WHERE institution_id = @Institution AND anchor_batch_id IS NULL ORDER BY created_at, id LIMIT @MaxBatchSize) AS oldest
        """;

    private const string SelectDigests = $"SELECT digest FROM ({Leaves}) AS leaf ORDER BY leaf_index";
    private const string SelectChainInstitution = "SELECT chain_institution FROM institutions WHERE id = @Institution";

    private const string InsertBatch = """
        INSERT INTO anchor_batches (institution_id, root, tree_size, leaves, transaction_id, sealed_at)
        VALUES (@Institution, @Root, @Size, @Leaves, @Transaction, @Now)
        RETURNING id
        """;

    private const string AssignLeaves = $"""
        UPDATE credentials SET anchor_batch_id = @Batch, leaf_index = leaf.leaf_index
        FROM ({Leaves}) AS leaf
        WHERE credentials.id = leaf.id
        """;

    /// <summary>Seals a batch of every institution whose queue is long or old enough.</summary>
    public async Task<Stall?> StepAsync(CancellationToken cancellationToken)
    {
        if (await orders.PauseAsync(cancellationToken) is { } pause)
        {
            return pause.ToStall();
        }

        long now = clock.Now();
        var limits = new
        {
            options.Value.MaxBatchSize,
            AgeLimit = now - (long)options.Value.MaxBatchAge.TotalMilliseconds,
            UploadLimit = now - (long)(options.Value.MaxBatchAge + options.Value.MaxUploadWait).TotalMilliseconds,
        };
        IEnumerable<string> due = await database.ReadAsync(connection => connection.QueryAsync<string>(SelectDue, limits), cancellationToken);
        foreach (string institution in due)
        {
            await SealAsync(institution, cancellationToken);
        }

        return null;
    }

    private async Task SealAsync(string institution, CancellationToken cancellationToken)
    {
        using Activity? activity = telemetry.Activities.StartActivity("seal batch");
        if (await database.WriteAsync(transaction => SealAsync(transaction, institution), cancellationToken) is not var (batch, tree))
        {
            return;
        }

        PipelineStep.BatchSealed.Reached();
        activity?.SetTag("credentials.batch", batch).SetTag("credentials.count", tree.Size);
        telemetry.Sealed.Add(tree.Size);
        logger.Sealed(batch, institution, tree.Size, tree.Root);
    }

    private async Task<(long Batch, MerkleTree Tree)?> SealAsync(DbTransaction transaction, string institution)
    {
        DbConnection connection = transaction.Connection!;
        var selection = new { Institution = institution, options.Value.MaxBatchSize };
        byte[][] digests = [.. await connection.QueryAsync<byte[]>(SelectDigests, selection, transaction)];
        if (digests.Length == 0)
        {
            // Another process sealed them between our look and this transaction.
            return null;
        }

        MerkleTree tree = MerkleTree.Build([.. digests.Select(digest => AnchorDigest.From(digest))]);

        byte[] chainInstitution = await connection.QuerySingleAsync<byte[]>(SelectChainInstitution, selection, transaction);
        long intent = await outbox.EnqueueAsync(transaction, OutboxItem.Anchor(institution, chain.Contract, InstitutionId.From(chainInstitution), tree.Root));
        var row = new
        {
            Institution = institution,
            Root = tree.Root.Value.ToArray(),
            tree.Size,
            Leaves = digests.SelectMany(digest => digest).ToArray(),
            Transaction = intent,
            Now = clock.Now(),
        };
        long batch = await connection.QuerySingleAsync<long>(InsertBatch, row, transaction);
        int assigned = await connection.ExecuteAsync(AssignLeaves, new { Batch = batch, selection.Institution, selection.MaxBatchSize }, transaction);
        await connection.ExecuteAsync(EndFlush, selection, transaction);
        PipelineStep.BatchSealing.Reached();
        return assigned == tree.Size
            ? (batch, tree)
            : throw new InvalidOperationException($"{assigned} credentials were assigned to a batch of {tree.Size}.");
    }
}
