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
               t.data AS Data, t.account AS Account, t.nonce AS Nonce, t.hash AS Hash, t.state AS State, t.attempt AS Attempt, t.block_number AS BlockNumber
        FROM transactions t JOIN institutions i ON i.id = t.institution_id
        """;

    private const string SelectOpen = $"{Select} WHERE t.state IN ('submitted', 'included', 'safe') AND (t.state <> 'submitted' OR t.nonce < @Count) ORDER BY t.id";
    private const string SelectFinalized = $"{Select} WHERE t.state = 'finalized' AND t.id > @After ORDER BY t.id LIMIT @Most";
    private const string SelectReplaced = "SELECT hash FROM replaced_transactions WHERE transaction_id = @Id ORDER BY replaced_at DESC";
    private const string SelectCheckpoint = "SELECT finalized_number AS Number, finalized_hash AS Hash FROM chain_checkpoint WHERE finalized_number IS NOT NULL";
    private const string UpdateCheckpoint = "UPDATE chain_checkpoint SET finalized_number = @Number, finalized_hash = @Hash";

    private const string Move = """
        UPDATE transactions SET state = @State, problem = NULL, finalized_at = CASE WHEN @State = 'finalized' THEN coalesce(finalized_at, @Now) END
        WHERE id = @Id
        """;

    private const string Place = """
        UPDATE transactions SET mined_hash = @Hash, block_number = @BlockNumber, block_hash = @BlockHash, block_time = @BlockTime,
               gas_used = @GasUsed, effective_gas_price = @Price
        WHERE id = @Id
        """;

    private const string TakeBack = """
        UPDATE transactions SET state = 'submitted', finalized_at = NULL, mined_hash = NULL, block_number = NULL, block_hash = NULL,
               block_time = NULL, gas_used = NULL, effective_gas_price = NULL
        WHERE id = @Id
        """;

    private const string Fail = "UPDATE transactions SET state = 'failed', problem = @Problem WHERE id = @Id";

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

    /// <summary>The hashes that a transaction had before its fees were raised, the newest first.</summary>
    public Task<IReadOnlyList<Bytes32>> ReadReplacedHashesAsync(long id, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Bytes32>>(
        async connection => [.. (await connection.QueryAsync<byte[]>(SelectReplaced, new { Id = id })).Select(hash => Bytes32.From(hash))],
        cancellationToken);

    /// <summary>The newest block that was final when everything recorded was last judged; null before the first.</summary>
    public Task<Checkpoint?> ReadCheckpointAsync(CancellationToken cancellationToken) => database.ReadAsync(
        async connection => await connection.QuerySingleOrDefaultAsync<CheckpointRow>(SelectCheckpoint) is { } row ? new Checkpoint((ulong)row.Number, Bytes32.From(row.Hash)) : null,
        cancellationToken);

    /// <summary>Writes what was found, whole.</summary>
    public Task SaveAsync(IReadOnlyList<Judgement> changes, BlockHeader? checkpoint, CancellationToken cancellationToken) => database.WriteAsync(
        async write =>
        {
            foreach (Judgement change in changes)
            {
                await SaveAsync(write, change);
            }

            return checkpoint is null ? 0 : await write.Connection!.ExecuteAsync(UpdateCheckpoint, new { Number = (long)checkpoint.Number, Hash = checkpoint.Hash.ToArray() }, write);
        },
        cancellationToken);

    private async Task SaveAsync(DbTransaction write, Judgement change)
    {
        DbConnection connection = write.Connection!;
        long id = change.Transaction.Id;
        long now = clock.Now();
        switch (change.State)
        {
            case TransactionState.Failed:
                await connection.ExecuteAsync(Fail, new { Id = id, change.Problem }, write);
                long successor = await connection.QuerySingleAsync<long>(QueueAgain, new { Id = id, Now = now, NotBefore = now + WaitAfter(change.Transaction.Attempt), change.Problem }, write);
                await connection.ExecuteAsync(Repoint, new { Id = id, Successor = successor }, write);
                break;
            case TransactionState.Submitted:
                await connection.ExecuteAsync(TakeBack, new { Id = id }, write);
                break;
            default:
                await connection.ExecuteAsync(Move, new { Id = id, change.State, Now = now }, write);
                if (change.Place is { } place)
                {
                    await connection.ExecuteAsync(Place, Row(id, place), write);
                }

                break;
        }
    }

    private static object Row(long id, MinedPlace place) => new
    {
        Id = id,
        Hash = place.Receipt?.TransactionHash.ToArray(),
        BlockNumber = (long)place.Block.Number,
        BlockHash = place.Block.Hash.ToArray(),
        BlockTime = place.Block.Time.ToUnixTimeMilliseconds(),
        GasUsed = (long?)place.Receipt?.GasUsed,
        Price = place.Receipt is { } receipt ? Wei.ToText(receipt.EffectiveGasPrice) : null,
    };

    private static long WaitAfter(long attempt) => (long)Math.Min(Math.Pow(2, attempt) * 1000, LongestWait.TotalMilliseconds);

    private sealed record CheckpointRow(long Number, byte[] Hash);
}

/// <summary>A block that was final.</summary>
internal sealed record Checkpoint(ulong Number, Bytes32 Hash);
