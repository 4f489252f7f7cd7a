namespace Credentials.OpenId.Presentation;

/// <summary>What the formats have in common.</summary>
internal static class CredentialFormats
{
    /// <summary>ISO mdoc: known to the query language, held and verified by nobody here.</summary>
    public const string Mdoc = "mso_mdoc";

    /// <summary>Whether the types of a credential of this format are those of a W3C credential.</summary>
    public static bool IsW3C(string format) => format is CredentialFormat.JwtVcJson or CredentialFormat.LdpVc or CredentialFormat.VcJwt;
}
