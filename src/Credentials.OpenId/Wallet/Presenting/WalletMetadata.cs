using System.Text.Json.Nodes;
using Credentials.Jose.Encryption;
using Credentials.OpenId.Presentation;

namespace Credentials.OpenId.Wallet.Presenting;

/// <summary>What this wallet can do, as it tells verifiers that let it (<c>wallet_metadata</c>).</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#name-additional-wallet-metadata-</remarks>
internal static class WalletMetadata
{
    private static readonly string[] Algorithms = ["ES256", "ES384", "EdDSA"];

    /// <summary>The JSON text.</summary>
    /// <param name="client">Who asks: "the Wallet MUST NOT include [the algorithms of request objects] if the Client Identifier Prefix precludes signed Request Objects".</param>
    public static string Write(ClientIdentifier client)
    {
        JsonObject metadata = new()
        {
            ["vp_formats_supported"] = new JsonObject
            {
                [CredentialFormat.SdJwtVc] = new JsonObject { ["sd-jwt_alg_values"] = Texts(Algorithms), ["kb-jwt_alg_values"] = Texts(Algorithms) },
                [CredentialFormat.JwtVcJson] = new JsonObject { ["alg_values"] = Texts(Algorithms) },
                [CredentialFormat.LdpVc] = new JsonObject { ["proof_type_values"] = Texts("DataIntegrityProof"), ["cryptosuite_values"] = Texts("ecdsa-rdfc-2019", "eddsa-rdfc-2022") },
                [CredentialFormat.VcJwt] = new JsonObject { ["alg_values"] = Texts(Algorithms) },
            },
            ["client_id_prefixes_supported"] = Texts(ClientIdentifier.RedirectUri, ClientIdentifier.DecentralizedIdentifier, ClientIdentifier.X509SanDns, ClientIdentifier.X509Hash),
            ["response_types_supported"] = Texts(AuthorizationRequest.VpToken),
            ["response_modes_supported"] = Texts(ResponseMode.DirectPost, ResponseMode.DirectPostJwt),
            ["authorization_encryption_alg_values_supported"] = Texts(CompactJwe.Algorithm),
            ["authorization_encryption_enc_values_supported"] = Texts([.. CompactJwe.Encryptions]),
        };
        if (client.MustBeSigned)
        {
            metadata["request_object_signing_alg_values_supported"] = Texts(Algorithms);
        }

        return metadata.ToJsonString();
    }

    private static JsonArray Texts(params string[] texts) => [.. texts.Select(text => (JsonNode)text)];
}
