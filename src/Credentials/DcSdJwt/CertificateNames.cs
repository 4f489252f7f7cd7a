using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Credentials.DcSdJwt;

/// <summary>The alternative names of a certificate that can stand for an issuer.</summary>
/// <param name="Uris">URIs, as written.</param>
/// <param name="Hosts">Names of hosts, as written.</param>
/// <remarks>https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6</remarks>
public sealed record CertificateNames(IReadOnlyList<string> Uris, IReadOnlyList<string> Hosts)
{
    private const string SubjectAlternativeName = "2.5.29.17";
    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag UriName = new(TagClass.ContextSpecific, 6);

    /// <summary>The names of a certificate; none where it has none, or none that can be read.</summary>
    public static CertificateNames Of(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        List<string> uris = [];
        List<string> hosts = [];
        try
        {
            foreach (X509Extension extension in certificate.Extensions.Where(extension => extension.Oid?.Value == SubjectAlternativeName))
            {
                AsnReader names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
                while (names.HasData)
                {
                    Asn1Tag tag = names.PeekTag();
                    if (tag.HasSameClassAndValue(UriName))
                    {
                        uris.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, UriName));
                    }
                    else if (tag.HasSameClassAndValue(DnsName))
                    {
                        hosts.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, DnsName));
                    }
                    else
                    {
                        names.ReadEncodedValue();
                    }
                }
            }
        }
        catch (AsnContentException)
        {
            return new([], []);
        }

        return new(uris, hosts);
    }

    /// <summary>Whether one of them is the issuer: the same URI, or, of an https URL that is a host and nothing else, that host. Of several who share a host, none can stand for another.</summary>
    /// <param name="issuer">The <c>iss</c>.</param>
    public bool Name(string issuer)
    {
        ArgumentNullException.ThrowIfNull(issuer);

        // An address without a path is often written with a slash behind it, and is the same.
        return Uris.Any(uri => uri.TrimEnd('/') == issuer.TrimEnd('/'))
            || (Uri.TryCreate(issuer, UriKind.Absolute, out Uri? url) && url.Scheme == Uri.UriSchemeHttps && url is { PathAndQuery: "/", Fragment: "", UserInfo: "" }
                && Encoding.HostName.AsciiOf(url) is { } host && Hosts.Contains(host, StringComparer.OrdinalIgnoreCase));
    }
}
