using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.Status;

namespace Credentials.Wallets;

/// <summary>What a wallet's copy says besides what its master says.</summary>
/// <param name="Id">The copy's own <c>id</c> (and <c>jti</c>): an absolute URL that nobody can guess, such as <c>urn:uuid:…</c>. An SD-JWT VC has none, so that it cannot be told from another by it.</param>
/// <param name="IssuerUrl">The institution's https URL, which an SD-JWT VC has for its <c>iss</c>.</param>
/// <param name="IssuedAt">When it is issued. An SD-JWT VC tells the day alone, so that copies of one day look alike.</param>
public sealed record WalletCopyTerms(string Id, string IssuerUrl, DateTimeOffset IssuedAt)
{
    /// <summary>The DID of the holder's key: the <c>id</c> of the subject, and <c>sub</c>; null leaves it out. An SD-JWT VC confirms the key itself (<c>cnf</c>) and does not need it.</summary>
    public string? HolderDid { get; init; }

    /// <summary>The copy's own entries of <c>credentialStatus</c>: registry and Bitstring lists. Those of the master are not taken over.</summary>
    public IReadOnlyList<JsonObject> StatusEntries { get; init; } = [];

    /// <summary>The copy's own entry in a token status list, for an SD-JWT VC; null for none.</summary>
    public TokenStatusListEntry? TokenStatus { get; init; }

    /// <summary>The award's anchor; null leaves it out.</summary>
    public AwardEvidence? Evidence { get; init; }

    /// <summary>When the copy ends; null for the master's own end. The earlier of both counts.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The integrity metadata of the type's document, for an SD-JWT VC; null for that of <see cref="CredentialTypes.DiplomaType"/>.</summary>
    public string? TypeIntegrity { get; init; }
}
