using Credentials.OpenId.Messages;

namespace Credentials.OpenId.Issuance;

/// <summary>The answer of the nonce endpoint.</summary>
/// <param name="Nonce">The <c>c_nonce</c>.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#nonce-response</remarks>
public sealed record NonceResponse(string Nonce)
{
    /// <summary>Reads the body.</summary>
    public static Parsed<NonceResponse> Read(ReadOnlyMemory<byte> utf8) => MessageText.Read(utf8, IssuanceError.InvalidResponse, json =>
    {
        ObjectReader reader = new(json, IssuanceError.InvalidResponse);
        string nonce = reader.Required("c_nonce");
        return reader.Or(() => new NonceResponse(nonce));
    });

    /// <summary>Writes the body.</summary>
    public byte[] Write() => MessageText.Write(writer => writer.WriteString("c_nonce", Nonce));
}
