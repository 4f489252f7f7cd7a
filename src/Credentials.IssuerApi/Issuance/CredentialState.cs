using Credentials.IssuerApi.Anchoring;

namespace Credentials.IssuerApi.Issuance;

/// <summary>Where a credential stands.</summary>
/// <param name="Id">Our own id of it.</param>
/// <param name="CredentialId">The document's own id.</param>
/// <param name="State">How far its anchoring has come: queued, sealed, submitted, included, safe, finalized.</param>
/// <param name="Status">active, suspended, revoked or superseded.</param>
/// <param name="ReplacedBy">The credential that takes its place; absent when not superseded.</param>
/// <param name="RevocationState">How far its revocation on the chain has come; absent when not revoked.</param>
/// <param name="IssuedAt">When it was signed and stored.</param>
/// <param name="Root">The Merkle root that it lies under.</param>
/// <param name="Transaction">Hash of the anchoring transaction.</param>
/// <param name="Block">Number of its block.</param>
/// <param name="BlockTime">Time of its block.</param>
/// <param name="FinalizedAt">When this issuer saw it final.</param>
/// <param name="Problem">What stands in the anchor's way; absent when nothing does.</param>
/// <param name="Links">Where to go on.</param>
internal sealed record CredentialState(
    string Id,
    string CredentialId,
    string State,
    string Status,
    string? ReplacedBy,
    string? RevocationState,
    DateTimeOffset IssuedAt,
    string? Root,
    string? Transaction,
    ulong? Block,
    DateTimeOffset? BlockTime,
    DateTimeOffset? FinalizedAt,
    string? Problem,
    CredentialLinks Links)
{
    public const string Active = "active";
    public const string Suspended = "suspended";
    public const string Revoked = "revoked";
    public const string Superseded = "superseded";

    public static CredentialState Of(CredentialRecord credential, CredentialAnchoring anchoring, string status, string? replacedBy, string? revocationState, CredentialLinks links) => new(
        credential.Id,
        credential.CredentialId,
        anchoring.State,
        status,
        replacedBy,
        revocationState,
        DateTimeOffset.FromUnixTimeMilliseconds(credential.CreatedAt),
        anchoring.Root?.ToString(),
        anchoring.Hints?.TransactionHash.ToString(),
        anchoring.Hints?.BlockNumber,
        anchoring.Hints?.BlockTime,
        anchoring.FinalizedAt,
        anchoring.Problem,
        links);
}
