using Credentials.Anchoring;
using Credentials.DataModel;
using Credentials.Enveloping;
using Credentials.IssuerApi.Anchoring;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Issuance;

namespace Credentials.IssuerApi.Wallets.Issuing;

/// <summary>The diploma that copies are made of.</summary>
/// <param name="Credential">As it is stored.</param>
/// <param name="Institution">Who issued it.</param>
/// <param name="Document">What it says.</param>
/// <param name="Evidence">Its anchor, for its copies.</param>
internal sealed record CopyMaster(CredentialRecord Credential, Institution Institution, VerifiableCredential Document, AwardEvidence Evidence)
{
    /// <summary>What a stored credential says.</summary>
    public static VerifiableCredential DocumentOf(CredentialRecord credential) =>
        VerifiableCredential.Parse(SecuredText.IsEnvelope(credential.Document) ? Envelope.Open(credential.Document).Require().Payload : credential.Document).Require();
}

/// <summary>Reads masters.</summary>
internal sealed class CopyMasters(CredentialStore credentials, InstitutionStore institutions, AnchoringQueries anchoring)
{
    /// <summary>The master of an offer.</summary>
    public async Task<CopyMaster> GetAsync(string institutionId, string credentialId, CancellationToken cancellationToken)
    {
        CredentialRecord credential = await credentials.FindAsync(institutionId, credentialId, cancellationToken) ?? throw new InvalidOperationException($"The credential '{credentialId}' of an offer is gone.");
        AnchorReceipt? receipt = await anchoring.GetReceiptAsync(credential.Id, cancellationToken);
        return new CopyMaster(
            credential,
            await institutions.GetAsync(institutionId, cancellationToken),
            CopyMaster.DocumentOf(credential),
            new AwardEvidence(SecuredText.DigestOf(credential.Document) ?? throw new InvalidOperationException($"The credential '{credential.Id}' has no digest."), receipt));
    }
}
