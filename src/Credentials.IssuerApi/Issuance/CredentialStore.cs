using System.Data.Common;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Issuance;

/// <summary>The credentials at rest. Whoever looks one up says for which institution: another's is not there.</summary>
internal sealed class CredentialStore(IDatabase database, TimeProvider clock)
{
    private const string Insert = """
        INSERT INTO credentials (id, institution_id, credential_id, document, digest, handle, status_list_id, status_index, link_token, signed_by, created_at)
        VALUES (@Id, @InstitutionId, @CredentialId, @Document, @Digest, @Handle, @StatusListId, @StatusIndex, @LinkToken, @SignedBy, @Now)
        ON CONFLICT (institution_id, credential_id) DO NOTHING
        """;

    private const string InsertCopy = """
        INSERT INTO credentials (id, institution_id, credential_id, document, digest, handle, status_list_id, status_index, signed_by, created_at, master_id, form, wallet_issue_id, wallet_issue_index)
        VALUES (@Id, @InstitutionId, @CredentialId, @Document, @Digest, @Handle, @StatusListId, @StatusIndex, @SignedBy, @Now, @MasterId, @Form, @IssueId, @IssueIndex)
        """;

    private const string Columns = """
        SELECT id AS Id, institution_id AS InstitutionId, credential_id AS CredentialId, document AS Document, handle AS Handle,
               status_list_id AS StatusListId, status_index AS StatusIndex, link_token AS LinkToken, created_at AS CreatedAt, replaced_by AS ReplacedBy, master_id AS MasterId, held_alone AS HeldAlone
        FROM credentials
        """;

    private const string SelectById = Columns + " WHERE institution_id = @InstitutionId AND (id = @Id OR credential_id = @Id) ORDER BY id = @Id DESC LIMIT 1";
    private const string SelectByToken = Columns + " WHERE link_token = @Token";
    private const string SelectCopies = Columns + " WHERE master_id = @MasterId ORDER BY id";
    private const string UpdateReplacedBy = "UPDATE credentials SET replaced_by = @ReplacedBy WHERE id = @Id";
    private const string UpdateHeldAlone = "UPDATE credentials SET held_alone = @Held WHERE id = @Id";
    private const string UpdateToken = "UPDATE credentials SET link_token = @Token WHERE id = @Id";

    /// <returns>False when the institution has a credential with this document id already.</returns>
    public async Task<bool> InsertAsync(DbTransaction transaction, string institutionId, SignedCredential credential)
    {
        return await transaction.Connection!.ExecuteAsync(Insert, RowOf(institutionId, credential, copy: null), transaction) == 1;
    }

    /// <summary>Stores a copy for a wallet. It has no public link: it is its holder's.</summary>
    public Task InsertCopyAsync(DbTransaction transaction, string institutionId, SignedCredential credential, CopyOf copy) =>
        transaction.Connection!.ExecuteAsync(InsertCopy, RowOf(institutionId, credential, copy), transaction);

    /// <summary>By our id, or by the document's own.</summary>
    public Task<CredentialRecord?> FindAsync(string institutionId, string id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<CredentialRecord>(SelectById, new { InstitutionId = institutionId, Id = id }), cancellationToken);

    /// <inheritdoc cref="FindAsync(string, string, CancellationToken)"/>
    public static Task<CredentialRecord?> FindAsync(DbTransaction transaction, string institutionId, string id) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<CredentialRecord>(SelectById, new { InstitutionId = institutionId, Id = id }, transaction);

    /// <summary>The copies in wallets of a credential.</summary>
    public static Task<IEnumerable<CredentialRecord>> CopiesAsync(DbTransaction transaction, string masterId) =>
        transaction.Connection!.QueryAsync<CredentialRecord>(SelectCopies, new { MasterId = masterId }, transaction);

    public Task<CredentialRecord?> FindByTokenAsync(string token, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<CredentialRecord>(SelectByToken, new { Token = token }), cancellationToken);

    /// <summary>Notes whether a copy is suspended by itself, whatever becomes of its master.</summary>
    public static Task SetHeldAloneAsync(DbTransaction transaction, string id, bool held) =>
        transaction.Connection!.ExecuteAsync(UpdateHeldAlone, new { Id = id, Held = held ? 1 : 0 }, transaction);

    /// <summary>Notes which credential replaces this one, by our ids.</summary>
    public static Task SetReplacedByAsync(DbTransaction transaction, string id, string replacedBy) =>
        transaction.Connection!.ExecuteAsync(UpdateReplacedBy, new { Id = id, ReplacedBy = replacedBy }, transaction);

    public static Task SetTokenAsync(DbTransaction transaction, string id, string? token) =>
        transaction.Connection!.ExecuteAsync(UpdateToken, new { Id = id, Token = token }, transaction);

    private object RowOf(string institutionId, SignedCredential credential, CopyOf? copy) => new
    {
        credential.Id,
        InstitutionId = institutionId,
        credential.CredentialId,
        credential.Document,
        Digest = credential.Digest.Value.ToArray(),
        Handle = credential.Handle.ToArray(),
        StatusListId = credential.Position.ListId,
        StatusIndex = credential.Position.Index,
        credential.LinkToken,
        SignedBy = string.Join(' ', credential.SignedBy),
        Now = clock.Now(),
        copy?.MasterId,
        copy?.Form,
        copy?.IssueId,
        IssueIndex = copy?.Index,
    };
}

/// <summary>What a wallet's copy is a copy of.</summary>
/// <param name="MasterId">Our id of the credential.</param>
/// <param name="Form">The credential configuration.</param>
/// <param name="IssueId">The issue that it came of.</param>
/// <param name="Index">Its place among the copies of that issue.</param>
internal sealed record CopyOf(string MasterId, string Form, string IssueId, int Index);
