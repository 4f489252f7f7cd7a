using System.Data.Common;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Audit;

/// <summary>What was done. The names stand in the database.</summary>
internal static class AuditAction
{
    public const string CreateInstitution = "create-institution";
    public const string AddKey = "add-key";
    public const string RetireKey = "retire-key";
    public const string SetIdentity = "set-identity";
    public const string Accredit = "accredit";
    public const string RevokeAccreditation = "revoke-accreditation";
    public const string SetAccreditationPath = "set-accreditation-path";
    public const string ProposeSuccessor = "propose-successor";
    public const string AcceptSuccession = "accept-succession";
    public const string DistrustRoot = "distrust-root";
    public const string CreateApiKey = "create-api-key";
    public const string RevokeApiKey = "revoke-api-key";
    public const string Issue = "issue";
    public const string AcceptBatch = "accept-batch";
    public const string CancelBatch = "cancel-batch";
    public const string Revoke = "revoke";
    public const string Suspend = "suspend";
    public const string Resume = "resume";
    public const string Supersede = "supersede";
    public const string RotateLink = "rotate-link";
    public const string DeleteLink = "delete-link";
    public const string CreateOffer = "create-offer";
    public const string RevokeOffer = "revoke-offer";
    public const string RedeemOffer = "redeem-offer";
    public const string IssueCopy = "issue-copy";
    public const string NotifyCopy = "notify-copy";
    public const string SetCertificate = "set-certificate";
    public const string PauseAnchoring = "pause-anchoring";
    public const string ResumeAnchoring = "resume-anchoring";
    public const string FlushAnchoring = "flush-anchoring";
    public const string CancelTransaction = "cancel-transaction";
}

/// <summary>Who did what to which thing.</summary>
/// <param name="Actor">Id of the API key.</param>
/// <param name="InstitutionId">The institution concerned; null for all.</param>
/// <param name="Action">As in <see cref="AuditAction"/>.</param>
/// <param name="Subject">An id. Never subject data.</param>
/// <param name="Detail">A word or a number more, never subject data.</param>
internal sealed record AuditEntry(string Actor, string? InstitutionId, string Action, string Subject, string? Detail = null);

/// <summary>The audit log: written in the transaction of what it tells of, so that neither is there without the other.</summary>
internal sealed class AuditLog(TimeProvider clock)
{
    private const string Insert = """
        INSERT INTO audit_log (at, actor, institution_id, action, subject, detail)
        VALUES (@At, @Actor, @InstitutionId, @Action, @Subject, @Detail)
        """;

    public Task WriteAsync(DbTransaction transaction, AuditEntry entry) => transaction.Connection!.ExecuteAsync(
        Insert,
        new { At = clock.Now(), entry.Actor, entry.InstitutionId, entry.Action, entry.Subject, entry.Detail },
        transaction);
}
