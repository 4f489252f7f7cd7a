using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Credentials.Encoding;
using Credentials.Jose;

namespace Credentials.OpenId.Presentation.Dcql;

/// <summary>A mark by which the authority behind an issuer is known; see <see cref="TrustedAuthoritiesQuery"/>.</summary>
/// <param name="Type">The type of the mark.</param>
/// <param name="Value">Its value, as a query writes it.</param>
public sealed record AuthorityMark(string Type, string Value)
{
    private const int MaxCertificates = 8;

    /// <summary>The marks of the certificates in the header of an issuer's JWT: the key identifier of the authority above each.</summary>
    internal static IReadOnlyList<AuthorityMark> OfCertificates(string issuerSigned) =>
        Jwt.Read(issuerSigned) is { Value: { } jwt } && jwt.Header.TryGetProperty("x5c", out var x5c) && x5c.ValueKind == System.Text.Json.JsonValueKind.Array
            ? [.. x5c.EnumerateArray().Take(MaxCertificates).Select(item => item.ValueKind == System.Text.Json.JsonValueKind.String && item.TryGetBytesFromBase64(out byte[]? der) ? AuthorityKeyIdOf(der) : null).OfType<AuthorityMark>()]
            : [];

    // "The raw byte representation of this element MUST match with the AuthorityKeyIdentifier element of an X.509 certificate in the certificate chain present in the Credential".
    private static AuthorityMark? AuthorityKeyIdOf(byte[] der)
    {
        try
        {
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(der);
            return certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().FirstOrDefault()?.KeyIdentifier is { } id
                ? new(TrustedAuthoritiesQuery.AuthorityKeyIdentifier, StrictBase64Url.Encode(id.Span))
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
