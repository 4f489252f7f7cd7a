namespace Credentials.OpenId;

/// <summary>Credential format identifiers, as wallets and issuers name them to each other.</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#name-credential-format-profiles</remarks>
public static class CredentialFormat
{
    /// <summary>SD-JWT VC.</summary>
    public const string SdJwtVc = "dc+sd-jwt";

    /// <summary>VCDM 1.1 as a JWT.</summary>
    public const string JwtVcJson = "jwt_vc_json";

    /// <summary>VCDM with Data Integrity proofs.</summary>
    public const string LdpVc = "ldp_vc";

    /// <summary>VCDM 2.0 as a JWT (VC-JOSE-COSE): an extension, in no format profile of the specification.</summary>
    public const string VcJwt = "vc+jwt";
}
