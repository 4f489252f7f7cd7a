using System.Data.Common;
using Dapper;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>Gives the credentials of a batch whose anchor was cancelled back to the queue: they come under another root.</summary>
internal static class BatchRelease
{
    private const string Release = """
        UPDATE credentials SET anchor_batch_id = NULL, leaf_index = NULL
        WHERE anchor_batch_id IN (SELECT id FROM anchor_batches WHERE transaction_id = @Id)
        """;

    private const string Delete = "DELETE FROM anchor_batches WHERE transaction_id = @Id";

    /// <summary>Does nothing when the transaction is no anchor.</summary>
    public static async Task ReleaseAsync(DbTransaction write, long transactionId)
    {
        await write.Connection!.ExecuteAsync(Release, new { Id = transactionId }, write);
        await write.Connection!.ExecuteAsync(Delete, new { Id = transactionId }, write);
        PipelineStep.BatchReleasing.Reached();
    }
}
