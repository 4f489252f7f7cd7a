using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Credentials.Keys;
using PublicKey = Credentials.Keys.PublicKey;

namespace Credentials.OpenId.Presentation;

/// <summary>The certificates in a request's header (<c>x5c</c>): the key's own first.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc7515#section-4.1.6, https://www.rfc-editor.org/rfc/rfc5280#section-6</remarks>
internal sealed class VerifierCertificate : IDisposable
{
    private const int MaxCertificates = 8;

    private readonly List<X509Certificate2> _chain;

    private VerifierCertificate(List<X509Certificate2> chain) => _chain = chain;

    /// <summary>The key's own certificate.</summary>
    public X509Certificate2 Leaf => _chain[0];

    /// <summary>Reads them.</summary>
    public static Parsed<VerifierCertificate> Read(JsonElement header)
    {
        if (!header.TryGetProperty("x5c", out JsonElement x5c) || x5c.ValueKind != JsonValueKind.Array || x5c.GetArrayLength() is 0 or > MaxCertificates)
        {
            return Fault("The request object carries no certificate (x5c), or too many.");
        }

        List<X509Certificate2> chain = [];
        try
        {
            foreach (JsonElement item in x5c.EnumerateArray())
            {
                chain.Add(X509CertificateLoader.LoadCertificate(item.ValueKind == JsonValueKind.String && item.TryGetBytesFromBase64(out byte[]? der) ? der : []));
            }

            return new VerifierCertificate(chain);
        }
        catch (CryptographicException)
        {
            chain.ForEach(one => one.Dispose());
            return Fault("A certificate of the request object (x5c) cannot be read.");
        }
    }

    /// <summary>Whether the leaf has that DNS name among its subject alternative names; wildcards name nobody.</summary>
    public bool Names(string dnsName) => Leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>()
        .SelectMany(names => names.EnumerateDnsNames()).Any(name => name.Equals(dnsName, StringComparison.OrdinalIgnoreCase));

    /// <summary>Null when the chain leads to one of the roots. Revocation is not asked for: that would tell others who asks whom.</summary>
    public Problem? CheckChain(IReadOnlyList<ReadOnlyMemory<byte>> roots, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ExtraStore.AddRange(_chain.Skip(1).ToArray());
        foreach (ReadOnlyMemory<byte> root in roots)
        {
            chain.ChainPolicy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(root.Span));
        }

        try
        {
            return roots.Count > 0 && chain.Build(Leaf) ? null : Fault("The verifier's certificate leads to no root that is trusted here, or is not valid now.");
        }
        finally
        {
            foreach (X509Certificate2 root in chain.ChainPolicy.CustomTrustStore)
            {
                root.Dispose();
            }
        }
    }

    /// <summary>The leaf's key: P-256 or P-384.</summary>
    public Parsed<PublicKey> ReadKey()
    {
        using ECDsa? key = Leaf.GetECDsaPublicKey();
        if (key?.ExportParameters(includePrivateParameters: false) is not { Q: { X: { } x, Y: { } y } })
        {
            return Fault("The key of the verifier's certificate is of a type that is not known here; ECDSA keys are.");
        }

        byte[] point = [(byte)((y[^1] & 1) == 0 ? 2 : 3), .. x];
        return key.KeySize switch
        {
            256 => PublicKey.FromBytes(KeyType.P256, point),
            384 => PublicKey.FromBytes(KeyType.P384, point),
            _ => Fault("The key of the verifier's certificate is on a curve that is not known here."),
        };
    }

    public void Dispose() => _chain.ForEach(one => one.Dispose());

    private static Problem Fault(string detail) => new(PresentationError.InvalidRequest, detail, "/x5c");
}
