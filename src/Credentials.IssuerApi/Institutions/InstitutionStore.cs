using System.Collections.Concurrent;
using System.Data.Common;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Institutions;

/// <summary>The institutions. Their names seldom change, and nothing else of them: what was read is kept for a moment.</summary>
internal sealed class InstitutionStore(IDatabase database, TimeProvider clock)
{
    private const string Insert = """
        INSERT INTO institutions (id, did, name, country, chain_institution, chain_nonce, account, created_at)
        VALUES (@Id, @Did, @Name, @Country, @ChainInstitution, @ChainNonce, @Account, @Now)
        ON CONFLICT DO NOTHING
        """;

    private const string Select = """
        SELECT id AS Id, did AS Did, name AS Name, country AS Country, chain_institution AS ChainInstitution, account AS Account
        FROM institutions WHERE id = @Id
        """;

    private const string SelectDids = "SELECT id AS Id, did AS Did FROM institutions ORDER BY id";

    private const string SelectNonce = "SELECT chain_nonce FROM institutions WHERE id = @Id";
    private const string SelectIncomplete = "SELECT id FROM institutions i WHERE NOT EXISTS (SELECT 1 FROM institution_identities d WHERE d.institution_id = i.id)";
    private const string Rename = "UPDATE institutions SET name = @Name, country = @Country WHERE id = @Id";

    // Another process may have renamed it.
    private static readonly TimeSpan s_remembered = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <returns>False when the slug is taken.</returns>
    public async Task<bool> InsertAsync(DbTransaction transaction, Institution institution, byte[] chainNonce)
    {
        var row = new
        {
            institution.Id,
            institution.Did,
            institution.Name,
            institution.Country,
            ChainInstitution = institution.ChainInstitution.Value.ToArray(),
            ChainNonce = chainNonce,
            Account = institution.Account.ToArray(),
            Now = clock.Now(),
        };
        return await transaction.Connection!.ExecuteAsync(Insert, row, transaction) == 1;
    }

    public async Task<Institution?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(id, out Known? known) && clock.GetElapsedTime(known.ReadAt) <= s_remembered)
        {
            return known.Institution;
        }

        long readAt = clock.GetTimestamp();
        Row? row = await database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<Row>(Select, new { Id = id }), cancellationToken);
        return row is null ? null : (_known[id] = new Known(readAt, row.ToInstitution())).Institution;
    }

    /// <summary>Forgets what was read of an institution: it has changed.</summary>
    public void Forget(string id) => _known.TryRemove(id, out _);

    /// <summary>Writes the name and country.</summary>
    public static Task RenameAsync(DbTransaction transaction, Institution institution) =>
        transaction.Connection!.ExecuteAsync(Rename, new { institution.Id, institution.Name, institution.Country }, transaction);

    /// <summary>The nonce that the institution's id in the registry is made of.</summary>
    public Task<byte[]> GetNonceAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleAsync<byte[]>(SelectNonce, new { Id = id }), cancellationToken);

    /// <summary>The institutions of an older program, of which the registry has neither keys nor identity.</summary>
    public Task<IEnumerable<string>> IncompleteAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QueryAsync<string>(SelectIncomplete), cancellationToken);

    /// <summary>The id in the registry of an institution that is named by that id, or by its slug here; null when it is neither.</summary>
    public async Task<InstitutionId?> ResolveAsync(string name, CancellationToken cancellationToken) =>
        InstitutionId.TryParse(name, out InstitutionId id) ? id : (await FindAsync(name, cancellationToken))?.ChainInstitution;

    /// <summary>An institution that is known to be there: an API key or a credential names it.</summary>
    public async Task<Institution> GetAsync(string id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) ?? throw new InvalidOperationException($"The institution '{id}' is gone.");

    /// <summary>The institutions whose DID is not of this public address: they were made under another one.</summary>
    public async Task<IReadOnlyList<string>> MadeElsewhereAsync(Uri publicBase, CancellationToken cancellationToken)
    {
        IEnumerable<(string Id, string Did)> all = await database.ReadAsync(connection => connection.QueryAsync<(string, string)>(SelectDids), cancellationToken);
        return [.. all.Where(each => each.Did != InstitutionDid.Of(publicBase, each.Id)).Select(each => each.Did)];
    }

    private sealed record Known(long ReadAt, Institution Institution);

    private sealed record Row(string Id, string Did, string Name, string Country, byte[] ChainInstitution, byte[] Account)
    {
        public Institution ToInstitution() => new(Id, Did, Name, Country, InstitutionId.From(ChainInstitution), EthereumAddress.From(Account));
    }
}
