using System.Data.Common;
using System.Text.Json;
using Credentials.Evidence;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Identities;

/// <summary>The identity documents of the institutions: each that ever was, for what was anchored under it is judged by it.</summary>
internal sealed class IdentityStore(IDatabase database, TimeProvider clock)
{
    private const string SelectNewest = "SELECT revision AS Revision, document AS Document FROM institution_identities WHERE institution_id = @InstitutionId ORDER BY revision DESC LIMIT 1";
    private const string SelectAll = "SELECT revision AS Revision, document AS Document FROM institution_identities WHERE institution_id = @InstitutionId ORDER BY revision DESC";

    private const string Insert = """
        INSERT INTO institution_identities (institution_id, revision, hash, document, created_at)
        VALUES (@InstitutionId, @Revision, @Hash, @Document, @Now)
        """;

    /// <summary>Every identity that an institution had, the present one first.</summary>
    public Task<IReadOnlyList<InstitutionIdentity>> ListAsync(string institutionId, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<InstitutionIdentity>>(
        async connection => [.. (await connection.QueryAsync<Row>(SelectAll, new { InstitutionId = institutionId })).Select(row => row.Read())],
        cancellationToken);

    /// <summary>The present identity; null while there is none.</summary>
    public Task<InstitutionIdentity?> FindAsync(string institutionId, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.QuerySingleOrDefaultAsync<Row>(SelectNewest, new { InstitutionId = institutionId }))?.Read(),
        cancellationToken);

    /// <summary>The present identity; null while there is none (an institution of an older program, not yet completed).</summary>
    public static async Task<InstitutionIdentity?> FindAsync(DbTransaction transaction, string institutionId) =>
        (await transaction.Connection!.QuerySingleOrDefaultAsync<Row>(SelectNewest, new { InstitutionId = institutionId }, transaction))?.Read();

    /// <summary>Writes the institution's identity as it stands now, with a number from the second on: the registry takes no document twice, and a name may come back.</summary>
    public async Task<InstitutionIdentity> AddAsync(DbTransaction transaction, Institution institution)
    {
        Row? before = await transaction.Connection!.QuerySingleOrDefaultAsync<Row>(SelectNewest, new { InstitutionId = institution.Id }, transaction);
        long revision = (before?.Revision ?? 0) + 1;
        InstitutionIdentity identity = InstitutionIdentity.Create(institution.Did, institution.Name, institution.Country);
        identity = revision == 1 ? identity : Numbered(identity, revision);
        var row = new
        {
            InstitutionId = institution.Id,
            Revision = revision,
            Hash = identity.Hash.Value.ToArray(),
            Document = JsonSerializer.SerializeToUtf8Bytes(identity.Json),
            Now = clock.Now(),
        };
        await transaction.Connection!.ExecuteAsync(Insert, row, transaction);
        return identity;
    }

    private static InstitutionIdentity Numbered(InstitutionIdentity identity, long revision) => InstitutionIdentity.Parse(RawJson.TextOf(writer =>
    {
        writer.WriteStartObject();
        foreach (JsonProperty member in identity.Json.EnumerateObject())
        {
            member.WriteTo(writer);
        }

        writer.WriteNumber("revision", revision);
        writer.WriteEndObject();
    })).Require();

    private sealed record Row(long Revision, byte[] Document)
    {
        public InstitutionIdentity Read() => InstitutionIdentity.Parse(Document).Require();
    }
}
