using Credentials.OpenId;

namespace Credentials.IssuerApi.Wallets;

/// <summary>A form in which wallets get a copy.</summary>
/// <param name="Id">The credential configuration id.</param>
/// <param name="Format">The credential format.</param>
internal sealed record WalletConfiguration(string Id, string Format)
{
    /// <summary>All of them, the one that we like best first. To add one: a row here, and how it is signed in <see cref="Issuing.CopySigner"/>.</summary>
    public static IReadOnlyList<WalletConfiguration> All { get; } =
    [
        new("diploma-sd-jwt", CredentialFormat.SdJwtVc), // https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#name-ietf-sd-jwt-vc
        new("diploma-jwt-vc", CredentialFormat.JwtVcJson), // https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#name-vc-signed-as-a-jwt-not-usin
        new("diploma-ldp-vc", CredentialFormat.LdpVc), // https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#name-vc-secured-using-data-integ
        new("diploma-vc-jwt", CredentialFormat.VcJwt), // https://www.w3.org/TR/vc-jose-cose/
    ];

    /// <summary>The scope that asks for it.</summary>
    public string Scope => Id;

    public static WalletConfiguration? Find(string? id) => All.FirstOrDefault(row => row.Id == id);

    /// <summary>Ids as they stand in the database.</summary>
    public static string Join(IEnumerable<string> ids) => string.Join(' ', ids);

    public static IReadOnlyList<string> Split(string ids) => ids.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
