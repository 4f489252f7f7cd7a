using System.Data.Common;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>The signed transactions as the follower reads them and writes what became of them.</summary>
internal sealed class FollowedTransactions(IDatabase database, TimeProvider clock)
{
    private const string Select = """
        SELECT t.id AS Id, t.purpose AS Purpose, t.institution_id AS InstitutionId, i.chain_institution AS ChainInstitution, t.destination AS Destination,
               t.data AS Data, t.account AS Account, t.nonce AS Nonce, t.hash AS Hash, t.state AS State, t.attempt AS Attempt,
               t.cancellation AS Cancellation, t.block_number AS BlockNumber
        FROM transactions t JOIN institutions i ON i.id = t.institution_id
        """;

    private const string SelectOpen = $"{Select} WHERE t.state IN ('submitted', 'included', 'safe') AND (t.state <> 'submitted' OR t.nonce < @Count) ORDER BY t.id";
    private const string SelectFinalized = $"{Select} WHERE t.state = 'finalized' AND t.id > @After ORDER BY t.id LIMIT @Most";
    private const string SelectReplaced = "SELECT hash FROM replaced_transactions WHERE transaction_id = @Id AND cancels <= @Cancels ORDER BY replaced_at DESC";
    private const string SelectCheckpoint = "SELECT finalized_number AS Number, finalized_hash AS Hash FROM chain_checkpoint WHERE finalized_number IS NOT NULL";
    private const string UpdateCheckpoint = "UPDATE chain_checkpoint SET finalized_number = @Number, finalized_hash = @Hash";

    // Each takes the state from what it was judged in: of two processes that judged it, the second changes nothing.
    private const string Move = """
        UPDATE transactions SET state = @State, problem = NULL, finalized_at = CASE WHEN @State = 'finalized' THEN coalesce(finalized_at, @Now) END
        WHERE id = @Id AND state = @Before
        """;

    private const string Place = """
        UPDATE transactions SET mined_hash = @Hash, block_number = @BlockNumber, block_hash = @BlockHash, block_time = @BlockTime,
               gas_used = @GasUsed, effective_gas_price = @Price
        WHERE id = @Id
        """;

    private const string TakeBack = """
        UPDATE transactions SET state = 'submitted', finalized_at = NULL, mined_hash = NULL, block_number = NULL, block_hash = NULL,
               block_time = NULL, gas_used = NULL, effective_gas_price = NULL
        WHERE id = @Id AND state = @Before
        """;

    private const string End = "UPDATE transactions SET state = @State, problem = @Problem, gas_used = @GasUsed, effective_gas_price = @Price WHERE id = @Id AND state = @Before";

    // The nonce stays in the log with its bytes; the intent goes on in a row of its own.
    private const string QueueAgain = """
        INSERT INTO transactions (intent_id, purpose, repeatable, institution_id, destination, data, gas_limit, attempt, not_before, queued_at, problem)
        SELECT coalesce(intent_id, id), purpose, repeatable, institution_id, destination, data, gas_limit, attempt + 1, @NotBefore, @Now, @Problem FROM transactions WHERE id = @Id
        RETURNING id
        """;

    private const string Repoint = "UPDATE anchor_batches SET transaction_id = @Successor WHERE transaction_id = @Id";

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>What is not final: all that was in a block, and of the rest what the chain's transaction count says is mined.</summary>
    public Task<IEnumerable<FollowedTransaction>> ReadOpenAsync(ulong count, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QueryAsync<FollowedTransaction>(SelectOpen, new { Count = (long)count }), cancellationToken);

    /// <summary>The next final ones by id.</summary>
    public Task<IEnumerable<FollowedTransaction>> ReadFinalizedAsync(long after, int most, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QueryAsync<FollowedTransaction>(SelectFinalized, new { After = after, Most = most }), cancellationToken);

    /// <summary>The hashes that a transaction had before its fees were raised or it was cancelled, the newest first.</summary>
    /// <param name="id">In <c>transactions</c>.</param>
    /// <param name="ofEffect">Without those of empty transactions, which only use up the nonce.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<IReadOnlyList<Bytes32>> ReadReplacedHashesAsync(long id, bool ofEffect, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Bytes32>>(
        async connection => [.. (await connection.QueryAsync<byte[]>(SelectReplaced, new { Id = id, Cancels = ofEffect ? 0 : 1 })).Select(hash => Bytes32.From(hash))],
        cancellationToken);

    /// <summary>The newest block that was final when everything recorded was last judged; null before the first.</summary>
    public Task<Checkpoint?> ReadCheckpointAsync(CancellationToken cancellationToken) => database.ReadAsync(
        async connection => await connection.QuerySingleOrDefaultAsync<CheckpointRow>(SelectCheckpoint) is { } row ? new Checkpoint((ulong)row.Number, Bytes32.From(row.Hash)) : null,
        cancellationToken);

    /// <summary>Writes what was found, whole.</summary>
    public async Task SaveAsync(IReadOnlyList<Judgement> changes, BlockHeader? checkpoint, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            async write =>
            {
                foreach (Judgement change in changes)
                {
                    await SaveAsync(write, change);
                }

                PipelineStep.JudgementSaving.Reached();
                return checkpoint is null ? 0 : await write.Connection!.ExecuteAsync(UpdateCheckpoint, new { Number = (long)checkpoint.Number, Hash = checkpoint.Hash.ToArray() }, write);
            },
            cancellationToken);
        PipelineStep.JudgementSaved.Reached();
    }

    private async Task SaveAsync(DbTransaction write, Judgement change)
    {
        DbConnection connection = write.Connection!;
        object row = Row(change);
        switch (change.State)
        {
            case TransactionState.Failed:
                if (await connection.ExecuteAsync(End, row, write) == 1 && !change.IsRefusedForGood)
                {
                    PipelineStep.Requeueing.Reached();
                    long successor = await connection.QuerySingleAsync<long>(QueueAgain, row, write);
                    await connection.ExecuteAsync(Repoint, new { change.Transaction.Id, Successor = successor }, write);
                }

                break;
            case TransactionState.Cancelled:
                if (await connection.ExecuteAsync(End, row, write) == 1)
                {
                    await BatchRelease.ReleaseAsync(write, change.Transaction.Id);
                }

                break;
            case TransactionState.Submitted:
                await connection.ExecuteAsync(TakeBack, row, write);
                break;
            default:
                if (await connection.ExecuteAsync(Move, row, write) == 1 && change.Place is not null)
                {
                    await connection.ExecuteAsync(Place, row, write);
                }

                break;
        }
    }

    private object Row(Judgement change) => new
    {
        change.Transaction.Id,
        Before = change.Transaction.State,
        change.State,
        change.Problem,
        Now = clock.Now(),
        NotBefore = clock.Now() + WaitAfter(change.Transaction.Attempt),
        Hash = change.Place?.Receipt is { Succeeded: true } succeeded ? succeeded.TransactionHash.ToArray() : null,
        BlockNumber = (long?)change.Place?.Block.Number,
        BlockHash = change.Place?.Block.Hash.ToArray(),
        BlockTime = change.Place?.Block.Time.ToUnixTimeMilliseconds(),
        GasUsed = (long?)change.Place?.Receipt?.GasUsed,
        Price = change.Place?.Receipt is { } receipt ? Wei.ToText(receipt.EffectiveGasPrice) : null,
    };

    private static long WaitAfter(long attempt) => (long)Math.Min(Math.Pow(2, attempt) * 1000, LongestWait.TotalMilliseconds);

    private sealed record CheckpointRow(long Number, byte[] Hash);
}

/// <summary>A block that was final.</summary>
internal sealed record Checkpoint(ulong Number, Bytes32 Hash);
