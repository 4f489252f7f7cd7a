using System.Data.Common;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Wallets.Offers;

/// <summary>How long what wallets left behind is kept: hashes of secrets as long as the secrets open something, offers that came to nothing for 90 days.</summary>
internal static class OfferRetention
{
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(90);

    // Read apart from the write and written by their ids: to look through a table inside of a transaction would make every redemption conflict with it.
    private const int AtATime = 200;

    private const string SelectTokens = "SELECT id FROM wallet_offers WHERE access_hash IS NOT NULL AND access_expires_at < @Now LIMIT @Most";
    private const string ForgetToken = "UPDATE wallet_offers SET access_hash = NULL WHERE id = @Id AND access_expires_at < @Now";
    private const string SelectCodes = "SELECT id FROM wallet_offers WHERE learner_code_hash IS NOT NULL AND expires_at < @Now LIMIT @Most";
    private const string ForgetCode = "UPDATE wallet_offers SET learner_code_hash = NULL WHERE id = @Id AND expires_at < @Now";
    private const string SelectHolders = "SELECT id FROM wallet_issues WHERE holders IS NOT NULL AND created_at < @Deferred LIMIT @Most";
    private const string ForgetHolders = "UPDATE wallet_issues SET holders = NULL WHERE id = @Id AND created_at < @Deferred";

    private const string SelectOver = """
        SELECT o.id FROM wallet_offers o WHERE o.issued_at IS NULL AND o.expires_at < @Old AND coalesce(o.access_expires_at, 0) < @Old
          AND NOT EXISTS (SELECT 1 FROM wallet_authorizations a WHERE a.offer_id = o.id) LIMIT @Most
        """;

    private const string DeleteOver = "DELETE FROM wallet_offers WHERE id = @Id AND issued_at IS NULL AND expires_at < @Old";

    /// <summary>One round over all of it.</summary>
    public static async Task SweepAsync(IDatabase database, WalletOptions options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Times times = new(now.ToUnixTimeMilliseconds(), (now - options.DeferredLifetime).ToUnixTimeMilliseconds(), (now - s_kept).ToUnixTimeMilliseconds());
        foreach ((string select, string change) in ((string, string)[])[(SelectTokens, ForgetToken), (SelectCodes, ForgetCode), (SelectHolders, ForgetHolders), (SelectOver, DeleteOver)])
        {
            while (await SweepAsync(database, select, change, times, cancellationToken) == AtATime)
            {
            }
        }
    }

    private static async Task<int> SweepAsync(IDatabase database, string select, string change, Times times, CancellationToken cancellationToken)
    {
        string[] ids = [.. await database.ReadAsync(connection => connection.QueryAsync<string>(select, new { times.Now, times.Deferred, times.Old, Most = AtATime }), cancellationToken)];
        return ids.Length == 0 ? 0 : await database.WriteAsync(transaction => ChangeAsync(transaction, change, ids, times), cancellationToken);
    }

    private static async Task<int> ChangeAsync(DbTransaction transaction, string change, string[] ids, Times times)
    {
        int changed = 0;
        foreach (string id in ids)
        {
            changed += await transaction.Connection!.ExecuteAsync(change, new { Id = id, times.Now, times.Deferred, times.Old }, transaction);
        }

        return changed;
    }

    private sealed record Times(long Now, long Deferred, long Old);
}
