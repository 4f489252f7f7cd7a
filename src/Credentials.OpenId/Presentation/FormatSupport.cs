using System.Text.Json;

namespace Credentials.OpenId.Presentation;

/// <summary>By which methods presentations of a format may be signed, as <c>vp_formats_supported</c> has it: "If present, the alg JOSE header of the presented Verifiable Credential or Verifiable Presentation MUST match one of the array values."</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#format_specific_parameters</remarks>
internal static class FormatSupport
{
    // EdDSA with Ed25519 has a fully specified name besides: RFC 9864.
    private const string EdDsa = "EdDSA";
    private const string FullySpecified = "Ed25519";

    // Format, what lists the methods of credentials, what lists those of holders.
    private static readonly (string Format, string Issuers, string Holders)[] s_rows =
    [
        (CredentialFormat.SdJwtVc, "sd-jwt_alg_values", "kb-jwt_alg_values"), // #name-metadata-4
        (CredentialFormat.JwtVcJson, "alg_values", "alg_values"), // #name-metadata
        (CredentialFormat.VcJwt, "alg_values", "alg_values"), // ours, after jwt_vc_json
        (CredentialFormat.LdpVc, "cryptosuite_values", "cryptosuite_values"), // #name-metadata-2
    ];

    /// <summary>Whether one of the credential's methods and the holder's are among those listed; where nothing is listed anything goes.</summary>
    /// <param name="formats"><c>vp_formats_supported</c>.</param>
    /// <param name="format">The format.</param>
    /// <param name="issuers">The <c>alg</c>, or the suites of the proofs, of the credential.</param>
    /// <param name="holder">The <c>alg</c> or suite by which the holder would sign.</param>
    public static bool Takes(JsonElement formats, string format, IReadOnlyList<string> issuers, string holder)
    {
        if (!formats.TryGetProperty(format, out JsonElement support) || support.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        (_, string ofIssuers, string ofHolders) = Array.Find(s_rows, row => row.Format == format);
        return ofIssuers is not null && issuers.Any(method => Lists(support, ofIssuers, method)) && Lists(support, ofHolders, holder);
    }

    private static bool Lists(JsonElement support, string name, string method) => !support.TryGetProperty(name, out JsonElement values)
        || (values.ValueKind == JsonValueKind.Array && values.EnumerateArray().Any(value => value.ValueKind == JsonValueKind.String && (value.ValueEquals(method) || (method == EdDsa && value.ValueEquals(FullySpecified)))));
}
