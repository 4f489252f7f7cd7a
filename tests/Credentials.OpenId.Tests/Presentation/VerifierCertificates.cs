using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Credentials.Encoding;
using Credentials.Keys;

namespace Credentials.OpenId.Presentation;

/// <summary>A root, and under it the certificate of a verifier named verifier.example.</summary>
internal sealed class VerifierCertificates : IDisposable
{
    public static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-22T04:00:00Z", CultureInfo.InvariantCulture);

    private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public VerifierCertificates(string name = "verifier.example", int validDays = 10)
    {
        CertificateRequest root = new("CN=Root of verifiers", _rootKey, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 authority = root.CreateSelfSigned(Now.AddDays(-20), Now.AddDays(20));
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(name);
        CertificateRequest leaf = new("CN=Verifier", _leafKey, HashAlgorithmName.SHA256);
        leaf.CertificateExtensions.Add(names.Build());
        leaf.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        using X509Certificate2 own = leaf.Create(authority, Now.AddDays(-10), Now.AddDays(validDays), [1, 2, 3]);
        (Root, Leaf) = (authority.RawData, own.RawData);
        ECParameters key = _leafKey.ExportParameters(true);
        Signer = JsonWebKey.ReadPrivate(System.Text.Json.JsonDocument.Parse($$"""{"kty":"EC","crv":"P-256","x":"{{StrictBase64Url.Encode(key.Q.X!)}}","y":"{{StrictBase64Url.Encode(key.Q.Y!)}}","d":"{{StrictBase64Url.Encode(key.D!)}}"}""").RootElement).Require();
    }

    public byte[] Root { get; }

    public byte[] Leaf { get; }

    public SigningKey Signer { get; }

    public string Hash => StrictBase64Url.Encode(SHA256.HashData(Leaf));

    public void Dispose()
    {
        _rootKey.Dispose();
        _leafKey.Dispose();
        Signer.Dispose();
    }
}
