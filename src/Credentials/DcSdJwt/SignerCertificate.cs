using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Credentials.DcSdJwt;

/// <summary>What the certificate of one who signs credentials must be, besides being of the right name and issued by the right authority.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.3, https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.9</remarks>
public static class SignerCertificate
{
    /// <summary>What makes it unfit, to follow "the certificate"; null for a fit one: no authority's, and for signatures where it says what for.</summary>
    public static string? WhyUnfit(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        try
        {
            return certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority) ? "is that of an authority, which signs certificates and not credentials"
                : certificate.Extensions.OfType<X509KeyUsageExtension>().Any(usage => !usage.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature)) ? "is not meant for signatures (its key usage lacks digitalSignature)"
                : null;
        }
        catch (CryptographicException)
        {
            return "has extensions that cannot be read";
        }
    }
}
