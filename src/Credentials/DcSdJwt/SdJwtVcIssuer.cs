using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Credentials.DataModel;
using Credentials.Dids.Methods;

namespace Credentials.DcSdJwt;

/// <summary>Who issued an SD-JWT VC: its <c>iss</c>, else whom its certificate names; and the DID by which registries, pins and other forms know the same.</summary>
/// <param name="Name">The <c>iss</c>, or what stands for it.</param>
/// <param name="Id">The DID of the same party where it has one, else the name.</param>
internal sealed record SdJwtVcIssuer(string Name, string Id)
{
    /// <summary>The issuer, or why none can be told.</summary>
    /// <param name="claim">The <c>iss</c>.</param>
    /// <param name="chain">The certificates of the header.</param>
    public static Parsed<SdJwtVcIssuer> Of(string? claim, IReadOnlyList<ReadOnlyMemory<byte>> chain)
    {
        // "iss: OPTIONAL ... explicitly indicates the Issuer ... when it is not conveyed by other means (e.g., the subject of the end-entity certificate of an x5c header)."
        string? name = claim ?? (chain is [var leaf, ..] ? NameIn(leaf) : null);
        return name is null ? new Problem(ProblemCode.MalformedValueError, "The credential names no issuer: it has neither an iss nor a certificate that names one.", "/iss")
            : !AbsoluteUrl.Is(name) ? new Problem(ProblemCode.MalformedValueError, "The iss is neither a URL nor a DID: no key can be tied to it.", "/iss")
            : new SdJwtVcIssuer(name, DidWebUrl.ToDid(name) ?? name);
    }

    /// <summary>The URL of a key: the <c>kid</c> where that is a URL itself, else the <c>kid</c> as a fragment of the issuer's.</summary>
    public string KeyUrl(string? keyId) => Enveloping.EnvelopeRules.VerificationMethodOf(keyId, Name) ?? (string.IsNullOrEmpty(keyId) ? Name : $"{Name}#{Uri.EscapeDataString(keyId)}");

    // The first URI among the alternative names, else the first host.
    private static string? NameIn(ReadOnlyMemory<byte> der)
    {
        try
        {
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(der.Span);
            CertificateNames names = CertificateNames.Of(certificate);
            return names.Uris.Count > 0 ? names.Uris[0] : names.Hosts.Count > 0 ? "https://" + names.Hosts[0] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
