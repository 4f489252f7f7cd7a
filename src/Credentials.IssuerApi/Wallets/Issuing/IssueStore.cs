using System.Data.Common;
using Credentials.IssuerApi.Storage;
using Dapper;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Wallets.Issuing;

/// <summary>One request for one configuration of an offer, answered or deferred.</summary>
internal sealed class IssueRecord
{
    public required string Id { get; init; }

    public required string OfferId { get; init; }

    public required string Configuration { get; init; }

    public required byte[] RequestHash { get; init; }

    public required string NotificationId { get; init; }

    public string? TransactionId { get; init; }

    /// <summary>For which keys it is deferred; null once it is issued.</summary>
    public string? Holders { get; init; }

    /// <summary>What the wallet said of it; null before it said anything.</summary>
    public string? Event { get; init; }
}

/// <summary>The issues at rest, with the nonces that they used up.</summary>
internal sealed class IssueStore(IDatabase database, IOptions<WalletOptions> options, TimeProvider clock)
{
    private const string Columns = """
        SELECT id AS Id, offer_id AS OfferId, configuration AS Configuration, request_hash AS RequestHash, notification_id AS NotificationId, transaction_id AS TransactionId, holders AS Holders, event AS Event
        FROM wallet_issues
        """;

    private const string SelectOfConfiguration = Columns + " WHERE offer_id = @OfferId AND configuration = @Configuration";
    private const string SelectOfTransaction = Columns + " WHERE transaction_id = @TransactionId";
    private const string SelectDocuments = "SELECT document FROM credentials WHERE wallet_issue_id = @Id ORDER BY wallet_issue_index";
    private const string InsertNonce = "INSERT INTO wallet_nonces (hash, expires_at) VALUES (@Hash, @Expires) ON CONFLICT (hash) DO NOTHING";
    private const string CountNonce = "SELECT count(*) FROM wallet_nonces WHERE hash = @Hash";
    private const string DeleteNonces = "DELETE FROM wallet_nonces WHERE expires_at < @Before";
    private const string UpdateSettled = "UPDATE wallet_issues SET holders = NULL WHERE id = @Id AND holders IS NOT NULL";

    private const string Insert = """
        INSERT INTO wallet_issues (id, offer_id, configuration, request_hash, notification_id, transaction_id, holders, created_at)
        VALUES (@Id, @OfferId, @Configuration, @RequestHash, @NotificationId, @TransactionId, @Holders, @Now)
        ON CONFLICT (offer_id, configuration) DO NOTHING
        """;

    // Only while the very token is still the offer's: a newer token, a revocation or a suspension of this moment wins.
    private const string UpdateIssued = """
        UPDATE wallet_offers SET issued_at = coalesce(issued_at, @Now), copies = copies + @Count
        WHERE id = @OfferId AND access_hash = @TokenHash AND revoked_at IS NULL AND held = 0 AND copies + @Count <= @Most
        """;

    private const string SelectEvent = "SELECT event AS Event FROM wallet_issues WHERE notification_id = @NotificationId AND offer_id = @OfferId";

    private const string UpdateEvent = """
        UPDATE wallet_issues SET event = @Event, event_at = @Now
        WHERE notification_id = @NotificationId AND offer_id = @OfferId AND event IS NOT DISTINCT FROM @Before
        """;

    public Task<IssueRecord?> FindAsync(string offerId, string configuration, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<IssueRecord>(SelectOfConfiguration, new { OfferId = offerId, Configuration = configuration }), cancellationToken);

    public static Task<IssueRecord?> FindAsync(DbTransaction transaction, string offerId, string configuration) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<IssueRecord>(SelectOfConfiguration, new { OfferId = offerId, Configuration = configuration }, transaction);

    public Task<IssueRecord?> FindDeferredAsync(string transactionId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<IssueRecord>(SelectOfTransaction, new { TransactionId = transactionId }), cancellationToken);

    /// <summary>What was issued, in the order of the keys.</summary>
    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> DocumentsAsync(string id, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<ReadOnlyMemory<byte>>>(
        async connection => [.. (await connection.QueryAsync<byte[]>(SelectDocuments, new { Id = id })).Select(document => (ReadOnlyMemory<byte>)document)],
        cancellationToken);

    /// <returns>False when the nonce was used before.</returns>
    public static async Task<bool> UseNonceAsync(DbTransaction transaction, byte[] hash, DateTimeOffset expires) =>
        await transaction.Connection!.ExecuteAsync(InsertNonce, new { Hash = hash, Expires = expires.ToUnixTimeMilliseconds() }, transaction) == 1;

    /// <summary>Whether a nonce was used, as far as can be told before the transaction that uses it.</summary>
    public Task<bool> IsNonceUsedAsync(byte[] hash, CancellationToken cancellationToken) =>
        database.ReadAsync(async connection => await connection.QuerySingleAsync<long>(CountNonce, new { Hash = hash }) > 0, cancellationToken);

    /// <summary>Forgets nonces that are too old by themselves.</summary>
    public static Task<int> ForgetNoncesAsync(DbTransaction transaction, long before) => transaction.Connection!.ExecuteAsync(DeleteNonces, new { Before = before }, transaction);

    /// <returns>False when the token does not open the offer any more, or not so many copies.</returns>
    public async Task<bool> MarkIssuedAsync(DbTransaction transaction, Access access, int copies) => await transaction.Connection!.ExecuteAsync(
        UpdateIssued, new { OfferId = access.Offer.Id, access.TokenHash, Count = copies, Most = options.Value.CopiesPerOffer, Now = clock.Now() }, transaction) == 1;

    /// <returns>False when the offer has an issue of this configuration. Inserted without looking first: a look would make all writers of this table conflict.</returns>
    public async Task<bool> InsertAsync(DbTransaction transaction, IssueRecord issue) => await transaction.Connection!.ExecuteAsync(
        Insert, new { issue.Id, issue.OfferId, issue.Configuration, issue.RequestHash, issue.NotificationId, issue.TransactionId, issue.Holders, Now = clock.Now() }, transaction) == 1;

    /// <returns>False when a deferred one was settled before.</returns>
    public static async Task<bool> SettleAsync(DbTransaction transaction, string id) => await transaction.Connection!.ExecuteAsync(UpdateSettled, new { Id = id }, transaction) == 1;

    /// <summary>What the wallet told of an issue last.</summary>
    /// <returns>Whether the offer has such an issue, and its event; null before the first.</returns>
    public Task<(bool IsKnown, string? Event)> FindEventAsync(string offerId, string notificationId, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => await connection.QuerySingleOrDefaultAsync<EventRow>(SelectEvent, new { OfferId = offerId, NotificationId = notificationId }) is { } row ? (true, row.Event) : (false, null),
        cancellationToken);

    /// <returns>False when another event came in between.</returns>
    public async Task<bool> NoteEventAsync(DbTransaction transaction, string offerId, string notificationId, string? before, string what) =>
        await transaction.Connection!.ExecuteAsync(UpdateEvent, new { OfferId = offerId, NotificationId = notificationId, Before = before, Event = what, Now = clock.Now() }, transaction) == 1;

    private sealed class EventRow
    {
        public string? Event { get; init; }
    }
}
