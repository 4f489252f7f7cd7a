using System.Collections.Concurrent;
using System.Data.Common;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Institutions;

/// <summary>The institutions. They never change, so that what was read once is kept.</summary>
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

    private readonly ConcurrentDictionary<string, Institution> _known = new(StringComparer.Ordinal);

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
        if (_known.TryGetValue(id, out Institution? known))
        {
            return known;
        }

        Row? row = await database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<Row>(Select, new { Id = id }), cancellationToken);
        return row is null ? null : _known.GetOrAdd(id, row.ToInstitution());
    }

    /// <summary>An institution that is known to be there: an API key or a credential names it.</summary>
    public async Task<Institution> GetAsync(string id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) ?? throw new InvalidOperationException($"The institution '{id}' is gone.");

    /// <summary>The institutions whose DID is not of this public address: they were made under another one.</summary>
    public async Task<IReadOnlyList<string>> MadeElsewhereAsync(Uri publicBase, CancellationToken cancellationToken)
    {
        IEnumerable<(string Id, string Did)> all = await database.ReadAsync(connection => connection.QueryAsync<(string, string)>(SelectDids), cancellationToken);
        return [.. all.Where(each => each.Did != InstitutionDid.Of(publicBase, each.Id)).Select(each => each.Did)];
    }

    private sealed record Row(string Id, string Did, string Name, string Country, byte[] ChainInstitution, byte[] Account)
    {
        public Institution ToInstitution() => new(Id, Did, Name, Country, InstitutionId.From(ChainInstitution), EthereumAddress.From(Account));
    }
}
