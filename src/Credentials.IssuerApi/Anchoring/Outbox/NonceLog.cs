using System.Data.Common;
using System.Numerics;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>Gives out nonces. A nonce and the signed transaction that uses it are committed together, before anything is sent: so no nonce is ever without its bytes, and none is used twice.</summary>
internal sealed class NonceLog(IDatabase database, ILedger ledger, TrustedChain chain, TimeProvider clock, ILogger<NonceLog> logger)
{
    private const string SelectHasQueued = "SELECT EXISTS (SELECT 1 FROM transactions WHERE state = 'queued' AND not_before <= @Now)";

    private const string SelectQueued = """
        SELECT id AS Id, destination AS Destination, data AS Data, gas_limit AS GasLimit
        FROM transactions WHERE state = 'queued' AND not_before <= @Now ORDER BY id LIMIT @Most
        """;

    private const string SelectFrom = "SELECT id AS Id, nonce AS Nonce, hash AS Hash, raw AS Raw FROM transactions WHERE account = @Account AND nonce >= @Nonce ORDER BY nonce";
    private const string SelectNextNonce = "SELECT next_nonce FROM chain_accounts WHERE address = @Account";
    private const string UpdateNextNonce = "UPDATE chain_accounts SET next_nonce = @Next WHERE address = @Account";

    private const string Lease = """
        UPDATE transactions SET state = 'submitted', account = @Account, nonce = @Nonce, hash = @Hash, raw = @Raw,
               max_fee = @MaxFee, max_priority_fee = @MaxPriorityFee
        WHERE id = @Id
        """;

    private const string Replace = """
        INSERT INTO replaced_transactions (hash, transaction_id, replaced_at) SELECT hash, id, @Now FROM transactions WHERE id = @Id;
        UPDATE transactions SET hash = @Hash, raw = @Raw, max_fee = @MaxFee, max_priority_fee = @MaxPriorityFee WHERE id = @Id
        """;

    private const string UpdateSent = "UPDATE transactions SET sent_at = @Now, problem = NULL WHERE id = @Id";
    private const string UpdateProblem = "UPDATE transactions SET problem = @Problem WHERE id = @Id AND problem IS DISTINCT FROM @Problem";

    /// <summary>Whether an intent waits for a nonce.</summary>
    public Task<bool> HasQueuedAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.ExecuteScalarAsync<bool>(SelectHasQueued, new { Now = clock.Now() }), cancellationToken);

    /// <summary>All that was ever signed with a nonce from <paramref name="nonce"/> on, in order, whatever became of it: what the chain does not have.</summary>
    public Task<IReadOnlyList<LoggedNonce>> ReadFromAsync(EthereumAddress account, ulong nonce, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<LoggedNonce>>(
        async connection => [.. (await connection.QueryAsync<LoggedRow>(SelectFrom, new { Account = account.ToArray(), Nonce = (long)nonce }))
            .Select(row => new LoggedNonce(row.Id, (ulong)row.Nonce, Bytes32.From(row.Hash), row.Raw))],
        cancellationToken);

    /// <summary>Gives the oldest intents their nonces and signs them, in one transaction of the database.</summary>
    /// <param name="account">Who signs.</param>
    /// <param name="count">The chain's transaction count of the account: where the first lease begins.</param>
    /// <param name="fees">What to offer.</param>
    /// <param name="most">Most leases.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyList<LeasedTransaction>> LeaseAsync(ChainAccount account, ulong count, FeeSuggestion fees, int most, CancellationToken cancellationToken)
    {
        List<LeasedTransaction> leased = await database.WriteAsync(transaction => LeaseAsync(transaction, account, count, fees, most), cancellationToken);
        if (leased.Count > 0)
        {
            logger.Leased(leased[0].Nonce, leased[^1].Nonce, account.Address);
        }

        return leased;
    }

    /// <summary>Signs a transaction anew with its own nonce and other fees.</summary>
    public Task<LeasedTransaction> ReplaceAsync(ChainAccount account, LeasedTransaction transaction, FeeSuggestion fees, CancellationToken cancellationToken) => database.WriteAsync(
        async write =>
        {
            SignedTransaction signed = ledger.Sign(transaction.Signed.Request with { Fees = fees }, account);
            await write.Connection!.ExecuteAsync(Replace, Row(transaction.Id, signed), write);
            return new LeasedTransaction(transaction.Id, signed);
        },
        cancellationToken);

    /// <summary>Notes that the node has taken these.</summary>
    public Task MarkSentAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        long now = clock.Now();
        return database.WriteAsync(write => write.Connection!.ExecuteAsync(UpdateSent, ids.Select(id => new { Id = id, Now = now }), write), cancellationToken);
    }

    /// <summary>Notes what stands in the way of one.</summary>
    public Task SetProblemAsync(long id, string problem, CancellationToken cancellationToken) =>
        database.WriteAsync(write => write.Connection!.ExecuteAsync(UpdateProblem, new { Id = id, Problem = problem }, write), cancellationToken);

    private async Task<List<LeasedTransaction>> LeaseAsync(DbTransaction write, ChainAccount account, ulong count, FeeSuggestion fees, int most)
    {
        DbConnection connection = write.Connection!;
        byte[] address = account.Address.ToArray();
        long? next = await connection.ExecuteScalarAsync<long?>(SelectNextNonce, new { Account = address }, write);
        if (next is { } known && (ulong)known < count)
        {
            logger.NonceLogBehind(account.Address, (ulong)known, count);
        }

        ulong nonce = Math.Max((ulong)(next ?? 0), count);
        List<LeasedTransaction> leased = [];
        foreach (QueuedRow row in await connection.QueryAsync<QueuedRow>(SelectQueued, new { Now = clock.Now(), Most = most }, write))
        {
            SignedTransaction signed = ledger.Sign(new(chain.ChainId, nonce++, EthereumAddress.From(row.Destination), row.Data, BigInteger.Zero, (ulong)row.GasLimit, fees), account);
            await connection.ExecuteAsync(Lease, Row(row.Id, signed), write);
            leased.Add(new LeasedTransaction(row.Id, signed));
        }

        await connection.ExecuteAsync(UpdateNextNonce, new { Account = address, Next = (long)nonce }, write);
        return leased;
    }

    private object Row(long id, SignedTransaction signed) => new
    {
        Id = id,
        Account = signed.From.ToArray(),
        Nonce = (long)signed.Request.Nonce,
        Hash = signed.Hash.ToArray(),
        Raw = signed.Raw.ToArray(),
        MaxFee = Wei.ToText(signed.Request.Fees.MaxFeePerGas),
        MaxPriorityFee = Wei.ToText(signed.Request.Fees.MaxPriorityFeePerGas),
        Now = clock.Now(),
    };

    private sealed record QueuedRow(long Id, byte[] Destination, byte[] Data, long GasLimit);

    private sealed record LoggedRow(long Id, long Nonce, byte[] Hash, byte[] Raw);
}
