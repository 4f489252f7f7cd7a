using Credentials.Jose.Encryption;
using Credentials.Keys;
using Credentials.OpenId.Issuance;
using Credentials.OpenId.Issuance.Metadata;

namespace Credentials.OpenId.Wallet.Issuing;

/// <summary>How the messages of one issuance are encrypted: requests to a key of the issuer's, answers to a fresh one of the wallet's; or not at all.</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#encrypted-messages</remarks>
internal sealed class MessageSeal : IDisposable
{
    private const string Json = "application/json";
    private const string Jwt = "application/jwt";

    private readonly KeyAgreementKey? _own;
    private readonly (string KeyId, PublicKey Key, string Encryption)? _issuer;

    private MessageSeal(KeyAgreementKey? own, ResponseEncryption? wanted, (string KeyId, PublicKey Key, string Encryption)? issuer) => (_own, Wanted, _issuer) = (own, wanted, issuer);

    /// <summary>What the request says of its answer.</summary>
    public ResponseEncryption? Wanted { get; }

    /// <summary>Chooses. "Credential Request encryption MUST be used if the credential_response_encryption parameter is included, to prevent it being substituted by an attacker": answers are asked for encrypted only where requests can be, too.</summary>
    public static Parsed<MessageSeal> For(CredentialIssuerMetadata issuer, bool prefer)
    {
        (string KeyId, PublicKey Key, string Encryption)? theirs = issuer.RequestEncryption is { } requests && requests.Encryptions.FirstOrDefault(CompactJwe.Encryptions.Contains) is { } sent
            ? requests.Keys.Select(key => ((string, PublicKey, string)?)(key.Key, key.Value, sent)).FirstOrDefault()
            : null;
        string? received = issuer.ResponseEncryption is { } responses && responses.Algorithms.Contains(CompactJwe.Algorithm) ? responses.Encryptions.FirstOrDefault(CompactJwe.Encryptions.Contains) : null;
        if (theirs is null && issuer.RequestEncryption?.Required == true || (received is null || theirs is null) && issuer.ResponseEncryption?.Required == true)
        {
            return new Problem(WalletProblem.Unsupported, "The issuer insists on encryption by methods that this wallet does not know.");
        }

        bool wanted = received is not null && theirs is not null && (prefer || issuer.ResponseEncryption!.Required);
        if (!wanted)
        {
            return new MessageSeal(null, null, issuer.RequestEncryption?.Required == true || prefer ? theirs : null);
        }

        var own = KeyAgreementKey.Generate();
        return new MessageSeal(own, new ResponseEncryption(own.PublicKey, received!) { KeyId = JsonWebKey.Thumbprint(own.PublicKey) }, theirs);
    }

    /// <summary>A request as it is sent.</summary>
    public (ReadOnlyMemory<byte> Body, string MediaType) Close(byte[] body) => _issuer is var (keyId, key, encryption)
        ? (System.Text.Encoding.ASCII.GetBytes(CompactJwe.Encrypt(body, key, new(encryption) { KeyId = keyId })), Jwt)
        : (body, Json);

    /// <summary>An answer as it is read: one in the clear where an encrypted one was asked for is refused.</summary>
    public Parsed<byte[]> Open(WalletAnswer answer)
    {
        if (_own is null)
        {
            return answer.IsJson ? answer.Body : WalletProblem.Unexpected("The issuer did not answer in JSON.");
        }

        if (answer.MediaType != Jwt)
        {
            return WalletProblem.Unexpected("The issuer answered in the clear, and an encrypted answer was asked for.");
        }

        Parsed<CompactJwe> jwe = CompactJwe.Read(System.Text.Encoding.ASCII.GetString(answer.Body).Trim());
        return jwe.Ok ? jwe.Value.Decrypt(_own) : jwe.Problem;
    }

    public void Dispose() => _own?.Dispose();
}
