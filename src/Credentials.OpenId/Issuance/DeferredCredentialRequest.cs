using Credentials.OpenId.Messages;

namespace Credentials.OpenId.Issuance;

/// <summary>A request for credentials that were deferred.</summary>
/// <param name="TransactionId">By which they were promised.</param>
/// <param name="ResponseEncryption">How the answer is to be encrypted, whatever the first request said; null for not at all.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#deferred-credential-request</remarks>
public sealed record DeferredCredentialRequest(string TransactionId, ResponseEncryption? ResponseEncryption = null)
{
    /// <summary>Reads the body.</summary>
    public static Parsed<DeferredCredentialRequest> Read(ReadOnlyMemory<byte> utf8) => MessageText.Read(utf8, IssuanceError.InvalidCredentialRequest, json =>
    {
        ObjectReader reader = new(json, IssuanceError.InvalidCredentialRequest);
        string transaction = reader.Required("transaction_id");
        ResponseEncryption? encryption = reader.Object("credential_response_encryption", OpenId.Issuance.ResponseEncryption.Read);
        return reader.Or(() => new DeferredCredentialRequest(transaction, encryption));
    });

    /// <summary>Writes the body.</summary>
    public byte[] Write() => MessageText.Write(writer =>
    {
        writer.WriteString("transaction_id", TransactionId);
        ResponseEncryption?.Write(writer);
    });
}
