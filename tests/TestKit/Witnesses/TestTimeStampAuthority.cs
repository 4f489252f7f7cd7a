using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Credentials.Anchoring;

namespace Credentials.TestKit.Witnesses;

/// <summary>A time-stamp authority with certificates of its own: a root and a signer under it. Its tokens are real (RFC 3161, ESSCertIDv2); what is wrong with them is asked for by name.</summary>
public sealed class TestTimeStampAuthority : IDisposable
{
    private const string TimeStamping = "1.3.6.1.5.5.7.3.8";
    private const string TstInfo = "1.2.840.113549.1.9.16.1.4";
    private const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    private const string Policy = "1.3.6.1.4.1.99999.1";

    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _signer;
    private long _serial;

    /// <summary>An authority.</summary>
    /// <param name="from">From when its certificates are valid.</param>
    /// <param name="until">Until when.</param>
    /// <param name="usage">The signer's extended key usage; that of time-stamping unless something is to be wrong.</param>
    /// <param name="critical">Whether that usage is marked critical, as it must be.</param>
    public TestTimeStampAuthority(DateTimeOffset from, DateTimeOffset until, string usage = TimeStamping, bool critical = true)
    {
        using ECDsa rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = new CertificateRequest("CN=Test Time-Stamp Root", rootKey, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        root.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        root.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(root.PublicKey, critical: false));
        _root = root.CreateSelfSigned(from, until);

        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signer = new CertificateRequest("CN=Test Time-Stamp Authority", key, HashAlgorithmName.SHA256);
        signer.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        signer.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        signer.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical));
        using X509Certificate2 bare = signer.Create(_root, from, until, RandomNumberGenerator.GetBytes(8));
        _signer = bare.CopyWithPrivateKey(key);
    }

    /// <summary>An authority whose certificates are valid around <see cref="Samples.Time"/> and now.</summary>
    public static TestTimeStampAuthority Create() => new(Samples.Time.AddYears(-1), Samples.Time.AddYears(20));

    /// <summary>DER of the root certificate.</summary>
    public byte[] Root => _root.RawData;

    /// <summary>DER of the certificate under which it signs.</summary>
    public byte[] Certificate => _signer.RawData;

    /// <summary>A token over a SHA-256 digest.</summary>
    public byte[] Stamp(Bytes32 digest, DateTimeOffset time) => Stamp(digest.ToArray(), time, nonce: null, withCertificate: true);

    /// <summary>The answer to a query (<c>application/timestamp-query</c>).</summary>
    public byte[] Answer(ReadOnlyMemory<byte> query, DateTimeOffset time)
    {
        if (!Rfc3161TimestampRequest.TryDecode(query, out Rfc3161TimestampRequest? request, out _))
        {
            return Response(status: 2, token: null);
        }

        return Response(status: 0, Stamp(request.GetMessageHash().ToArray(), time, request.GetNonce()?.ToArray(), request.RequestSignerCertificate));
    }

    /// <summary>A refusal.</summary>
    public static byte[] Refuse() => Response(status: 2, token: null);

    public void Dispose()
    {
        _root.Dispose();
        _signer.Dispose();
    }

    private byte[] Stamp(byte[] digest, DateTimeOffset time, byte[]? nonce, bool withCertificate)
    {
        byte[] serial = [1, .. BitConverter.GetBytes(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(Interlocked.Increment(ref _serial)))];
        var info = new Rfc3161TimestampTokenInfo(new Oid(Policy), new Oid("2.16.840.1.101.3.4.2.1"), digest, serial, time, nonce: nonce is null ? null : (ReadOnlyMemory<byte>?)nonce);
        var cms = new SignedCms(new ContentInfo(new Oid(TstInfo), info.Encode()), detached: false);
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, _signer)
        {
            DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"),
            IncludeOption = withCertificate ? X509IncludeOption.EndCertOnly : X509IncludeOption.None,
        };
        signer.SignedAttributes.Add(new AsnEncodedData(new Oid(SigningCertificateV2), SigningCertificate()));
        cms.ComputeSignature(signer, silent: true);
        return cms.Encode();
    }

    // SigningCertificateV2 ::= SEQUENCE { certs SEQUENCE OF ESSCertIDv2 { hashAlgorithm DEFAULT sha-256, certHash } }
    private byte[] SigningCertificate()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteOctetString(SHA256.HashData(_signer.RawData));
        }

        return writer.Encode();
    }

    // TimeStampResp ::= SEQUENCE { status PKIStatusInfo, timeStampToken ContentInfo OPTIONAL }
    private static byte[] Response(int status, byte[]? token)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteInteger(status);
            }

            if (token is not null)
            {
                writer.WriteEncodedValue(token);
            }
        }

        return writer.Encode();
    }
}
