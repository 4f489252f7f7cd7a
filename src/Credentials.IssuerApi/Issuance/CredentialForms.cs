using Credentials.Anchoring;
using Credentials.IssuerApi.Anchoring;

namespace Credentials.IssuerApi.Issuance;

/// <summary>The forms in which a credential is handed out.</summary>
internal sealed class CredentialForms(AnchoringQueries anchoring)
{
    /// <summary>With its receipt as one more proof; null until the anchor is finalized, and of an envelope always: its receipt stands beside it.</summary>
    public async Task<byte[]?> AnchoredAsync(CredentialRecord credential, CancellationToken cancellationToken) =>
        !SecuredText.IsEnvelope(credential.Document) && await anchoring.GetReceiptAsync(credential.Id, cancellationToken) is { } receipt
            ? MerkleAnchor2026.AddTo(credential.Document, receipt)
            : null;

    /// <summary>The most that there is: anchored when finalized, else bare.</summary>
    public async Task<byte[]> NewestAsync(CredentialRecord credential, CancellationToken cancellationToken) =>
        await AnchoredAsync(credential, cancellationToken) ?? credential.Document;
}
