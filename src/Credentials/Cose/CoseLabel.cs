namespace Credentials.Cose;

/// <summary>The header parameters of COSE, and the claims of CWT, that mean something here.</summary>
/// <remarks>https://www.iana.org/assignments/cose, https://www.iana.org/assignments/cwt</remarks>
internal static class CoseLabel
{
    public const int Algorithm = 1;
    public const int Critical = 2;
    public const int ContentType = 3;
    public const int KeyId = 4;
    public const int Claims = 15; // https://www.rfc-editor.org/rfc/rfc9597
    public const int Type = 16; // https://www.rfc-editor.org/rfc/rfc9596

    public const int ClaimIssuer = 1;
    public const int ClaimAudience = 3;
    public const int ClaimExpires = 4;
    public const int ClaimNotBefore = 5;
    public const int ClaimIssuedAt = 6;
    public const int ClaimNonce = 10;
    public const int ClaimStatus = 65535; // https://www.ietf.org/archive/id/draft-ietf-oauth-status-list-20.html#name-referenced-token-in-cose
}
