using System.Text.Json;
using Credentials.Encoding;
using Credentials.Jose.Encryption;
using Credentials.OpenId.Issuance;
using Credentials.OpenId.Issuance.Metadata;
using Microsoft.AspNetCore.DataProtection;

namespace Credentials.IssuerApi.Wallets.Issuing;

/// <summary>
/// The key to which wallets encrypt their requests, as they must who want an encrypted answer. Nothing is stored: each process makes its own
/// and seals the private half, under the key ring, into the key's <c>kid</c>, so that every process opens what was encrypted to the key of any.
/// </summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#encrypted-messages</remarks>
internal sealed class RequestEncryption : IDisposable
{
    private readonly KeyAgreementKey _own = KeyAgreementKey.Generate();
    private readonly IDataProtector _seal;
    private readonly Lazy<string> _keyId;

    public RequestEncryption(IDataProtectionProvider ring)
    {
        _seal = ring.CreateProtector("Credentials.WalletRequestKey.v1");
        _keyId = new(Seal);
    }

    /// <summary>What the metadata say of it.</summary>
    public RequestEncryptionSupport Support =>
        new(new Dictionary<string, Credentials.Keys.PublicKey>(StringComparer.Ordinal) { [_keyId.Value] = _own.PublicKey }, CompactJwe.Encryptions, Required: false) { Compressions = ["DEF"] };

    /// <summary>A request's JSON, out of its encryption where it has one.</summary>
    /// <param name="request">The request: <c>application/json</c>, or <c>application/jwt</c>.</param>
    /// <param name="code">The protocol's code for what is malformed.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Parsed<byte[]>> ReadAsync(HttpRequest request, string code, CancellationToken cancellationToken)
    {
        if (!WalletForm.IsOf(request, "application/jwt"))
        {
            return await WalletForm.ReadJsonAsync(request, code, cancellationToken);
        }

        Parsed<byte[]> body = await WalletForm.ReadJwtAsync(request, code, cancellationToken);
        return body.Ok ? Open(System.Text.Encoding.ASCII.GetString(body.Value).Trim()) : body;
    }

    public void Dispose() => _own.Dispose();

    private Parsed<byte[]> Open(string text)
    {
        Parsed<CompactJwe> jwe = CompactJwe.Read(text);
        if (!jwe.Ok || Unseal(jwe.Value.KeyId) is not { } key)
        {
            return Fault(jwe.Problem?.Detail ?? "The JWE is encrypted to no key of this issuer: read its metadata again.");
        }

        using (key)
        {
            Parsed<byte[]> opened = jwe.Value.Decrypt(key);
            return opened.Ok ? opened : Fault(opened.Problem.Detail);
        }
    }

    private string Seal()
    {
        byte[] jwk = Http.RawJson.TextOf(_own.WritePrivate);
        string sealed_ = StrictBase64Url.Encode(_seal.Protect(jwk));
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(jwk);
        return sealed_;
    }

    // Null for a key that is none of ours.
    private KeyAgreementKey? Unseal(string? keyId)
    {
        if (keyId is null || StrictBase64Url.Decode(keyId) is not { } sealed_)
        {
            return null;
        }

        try
        {
            byte[] text = _seal.Unprotect(sealed_);
            using var jwk = JsonDocument.Parse(text);
            KeyAgreementKey? key = KeyAgreementKey.Read(jwk.RootElement).Value;
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(text);
            return key;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    private static Problem Fault(string detail) => new(IssuanceError.InvalidEncryptionParameters, detail);
}
