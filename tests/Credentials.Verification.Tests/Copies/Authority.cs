using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Credentials.Keys;
using PublicKey = Credentials.Keys.PublicKey;

namespace Credentials.Verification.Tests.Copies;

/// <summary>An authority that certifies keys for a while.</summary>
internal sealed class Authority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly DateTimeOffset _now;

    public Authority(DateTimeOffset now)
    {
        _now = now;
        var request = new CertificateRequest("CN=Root of tests " + Guid.NewGuid(), _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        Root = request.CreateSelfSigned(now - TimeSpan.FromDays(1000), now + TimeSpan.FromDays(15_000));
    }

    public X509Certificate2 Root { get; }

    public byte[] Certify(SigningKey key, string? uri, string? host = null, DateTimeOffset? until = null, byte[]? curve = null, params X509Extension[] extensions)
    {
        using var subject = ECDsa.Create(ParametersOf(key.PublicKey));
        var own = new System.Security.Cryptography.X509Certificates.PublicKey(subject);
        var named = new System.Security.Cryptography.X509Certificates.PublicKey(own.Oid, curve is null ? own.EncodedParameters : new AsnEncodedData(curve), own.EncodedKeyValue);
        var request = new CertificateRequest(new X500DistinguishedName("CN=Universidade Modelo"), named, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        if (uri is not null)
        {
            names.AddUri(new Uri(uri));
        }

        if (host is not null)
        {
            names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        foreach (X509Extension extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        using X509Certificate2 certificate = request.Create(Root, _now - TimeSpan.FromDays(500), until ?? _now + TimeSpan.FromDays(100), RandomNumberGenerator.GetBytes(8));
        return certificate.RawData;
    }

    public void Dispose()
    {
        Root.Dispose();
        _key.Dispose();
    }

    private static ECParameters ParametersOf(PublicKey key)
    {
        JsonObject jwk = IssuerKeyTests.Jwk("", key);
        return new() { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = Credentials.Encoding.StrictBase64Url.Decode((string)jwk["x"]!), Y = Credentials.Encoding.StrictBase64Url.Decode((string)jwk["y"]!) } };
    }
}
