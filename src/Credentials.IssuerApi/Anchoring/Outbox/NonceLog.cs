using System.Data.Common;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>Gives out nonces, and keeps what was signed with each. A nonce is committed with its intent before anything is signed, and the signed bytes before
/// anything is sent: so none is used for two things, and none is left out, wherever the process dies and however many there are.</summary>
internal sealed class NonceLog(IDatabase database, TimeProvider clock, ILogger<NonceLog> logger)
{
    private const string SelectHasWork = """
        SELECT CASE WHEN EXISTS (SELECT 1 FROM transactions WHERE state = 'queued' AND not_before <= @Now) OR EXISTS (SELECT 1 FROM transactions WHERE state = 'leased') THEN 1 ELSE 0 END
        """;

    private const string SelectFrom = """
        SELECT id AS Id, nonce AS Nonce, hash AS Hash, raw AS Raw, cancellation AS Cancellation FROM transactions WHERE account = @Account AND nonce >= @Nonce ORDER BY nonce
        """;

    private const string SelectUnsigned = """
        SELECT id AS Id, nonce AS Nonce, destination AS Destination, data AS Data, gas_limit AS GasLimit, cancellation AS Cancellation
        FROM transactions WHERE state = 'leased' AND account = @Account ORDER BY nonce
        """;

    private const string SelectQueued = "SELECT id FROM transactions WHERE state = 'queued' AND not_before <= @Now ORDER BY id LIMIT @Most";
    private const string SelectNextNonce = "SELECT next_nonce FROM chain_accounts WHERE address = @Account";
    private const string UpdateNextNonce = "UPDATE chain_accounts SET next_nonce = @Next WHERE address = @Account";
    private const string Lease = "UPDATE transactions SET state = 'leased', account = @Account, nonce = @Nonce WHERE id = @Id AND state = 'queued'";

    // Whoever stores first has it: bytes that come second are thrown away unsent.
    private const string StoreSigned = """
        UPDATE transactions SET state = 'submitted', hash = @Hash, raw = @Raw, max_fee = @MaxFee, max_priority_fee = @MaxPriorityFee, cancellation = coalesce(@Cancellation, cancellation)
        WHERE id = @Id AND state = 'leased'
        """;

    private const string KeepReplaced = """
        INSERT INTO replaced_transactions (hash, transaction_id, replaced_at, cancels)
        SELECT hash, id, @Now, CASE WHEN cancellation = 'signed' THEN 1 ELSE 0 END FROM transactions WHERE id = @Id AND hash = @Before
        """;

    private const string Replace = """
        UPDATE transactions SET hash = @Hash, raw = @Raw, max_fee = @MaxFee, max_priority_fee = @MaxPriorityFee, cancellation = coalesce(@Cancellation, cancellation), sent_at = NULL
        WHERE id = @Id AND hash = @Before
        """;

    private const string UpdateSent = "UPDATE transactions SET sent_at = @Now, problem = NULL WHERE id = @Id";
    private const string UpdateProblem = "UPDATE transactions SET problem = @Problem WHERE id = @Id AND problem IS DISTINCT FROM @Problem";

    /// <summary>Whether an intent waits for a nonce or a signature.</summary>
    public Task<bool> HasWorkAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(async connection => await connection.ExecuteScalarAsync<long>(SelectHasWork, new { Now = clock.Now() }) == 1, cancellationToken);

    /// <summary>All that was ever given a nonce from <paramref name="nonce"/> on, in order, whatever became of it: what the chain does not have.</summary>
    public Task<IReadOnlyList<LoggedNonce>> ReadFromAsync(EthereumAddress account, ulong nonce, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<LoggedNonce>>(
        async connection => [.. (await connection.QueryAsync<LoggedRow>(SelectFrom, new { Account = account.ToArray(), Nonce = (long)nonce })).Select(row => row.ToLogged())],
        cancellationToken);

    /// <summary>Nonces without a signature, in order.</summary>
    public Task<IReadOnlyList<UnsignedTransaction>> ReadUnsignedAsync(EthereumAddress account, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<UnsignedTransaction>>(
        async connection => [.. (await connection.QueryAsync<UnsignedRow>(SelectUnsigned, new { Account = account.ToArray() })).Select(row => row.ToUnsigned())],
        cancellationToken);

    /// <summary>Gives the oldest intents their nonces.</summary>
    /// <param name="account">Who will sign.</param>
    /// <param name="count">The chain's transaction count of the account: where the first lease begins.</param>
    /// <param name="most">Most leases.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many.</returns>
    public async Task<int> LeaseAsync(EthereumAddress account, ulong count, int most, CancellationToken cancellationToken)
    {
        (ulong? next, ulong first, int leased) = await database.WriteAsync(transaction => LeaseAsync(transaction, account.ToArray(), count, most), cancellationToken);
        PipelineStep.NonceLeased.Reached();
        if (next < count)
        {
            logger.NonceLogBehind(account, next.Value, count);
        }

        if (leased > 0)
        {
            logger.Leased(first, first + (ulong)leased - 1, account);
        }

        return leased;
    }

    /// <summary>Keeps what was signed for leased nonces.</summary>
    public Task StoreSignedAsync(IReadOnlyList<LeasedTransaction> signed, IReadOnlySet<long> cancelling, CancellationToken cancellationToken) => database.WriteAsync(
        write => write.Connection!.ExecuteAsync(StoreSigned, signed.Select(of => Row(of, cancelling.Contains(of.Id), null)), write),
        cancellationToken);

    /// <summary>Keeps other bytes for a nonce that has some, and the hash of the earlier ones: those may be mined after all.</summary>
    /// <returns>False when somebody else replaced it in the meantime: these bytes must not be sent.</returns>
    public Task<bool> ReplaceAsync(LeasedTransaction replacement, Bytes32 before, bool cancels, CancellationToken cancellationToken) => database.WriteAsync(
        async write =>
        {
            object row = Row(replacement, cancels, before);
            await write.Connection!.ExecuteAsync(KeepReplaced, row, write);
            return await write.Connection!.ExecuteAsync(Replace, row, write) == 1;
        },
        cancellationToken);

    /// <summary>Notes that the node has taken these.</summary>
    public Task MarkSentAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        database.WriteAsync(write => write.Connection!.ExecuteAsync(UpdateSent, ids.Select(id => new { Id = id, Now = clock.Now() }), write), cancellationToken);

    /// <summary>Notes what stands in the way of one.</summary>
    public Task SetProblemAsync(long id, string problem, CancellationToken cancellationToken) =>
        database.WriteAsync(write => write.Connection!.ExecuteAsync(UpdateProblem, new { Id = id, Problem = problem }, write), cancellationToken);

    private async Task<(ulong? Next, ulong First, int Leased)> LeaseAsync(DbTransaction write, byte[] account, ulong count, int most)
    {
        DbConnection connection = write.Connection!;
        long? next = await connection.ExecuteScalarAsync<long?>(SelectNextNonce, new { Account = account }, write);
        ulong first = Math.Max((ulong)(next ?? 0), count);
        long[] queued = [.. await connection.QueryAsync<long>(SelectQueued, new { Now = clock.Now(), Most = most }, write)];
        await connection.ExecuteAsync(Lease, queued.Select((id, place) => new { Id = id, Account = account, Nonce = (long)first + place }), write);
        await connection.ExecuteAsync(UpdateNextNonce, new { Account = account, Next = (long)first + queued.Length }, write);
        PipelineStep.NonceLeasing.Reached();
        return ((ulong?)next, first, queued.Length);
    }

    private object Row(LeasedTransaction transaction, bool cancels, Bytes32? before) => new
    {
        transaction.Id,
        Before = before?.ToArray(),
        Hash = transaction.Signed.Hash.ToArray(),
        Raw = transaction.Signed.Raw.ToArray(),
        MaxFee = Wei.ToText(transaction.Fees.MaxFeePerGas),
        MaxPriorityFee = Wei.ToText(transaction.Fees.MaxPriorityFeePerGas),
        Cancellation = cancels ? TransactionCancellation.Signed : null,
        Now = clock.Now(),
    };

    private sealed record LoggedRow(long Id, long Nonce, byte[]? Hash, byte[]? Raw, string? Cancellation)
    {
        public LoggedNonce ToLogged() => new(Id, (ulong)Nonce, Hash is null ? null : Bytes32.From(Hash), Raw, Cancellation == TransactionCancellation.Requested);
    }

    private sealed record UnsignedRow(long Id, long Nonce, byte[] Destination, byte[] Data, long GasLimit, string? Cancellation)
    {
        public UnsignedTransaction ToUnsigned() => new(Id, (ulong)Nonce, EthereumAddress.From(Destination), Data, (ulong)GasLimit, Cancellation is not null);
    }
}
