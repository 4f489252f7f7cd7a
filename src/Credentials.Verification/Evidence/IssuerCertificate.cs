using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Credentials.DcSdJwt;
using Credentials.Keys;
using PublicKey = Credentials.Keys.PublicKey;

namespace Credentials.Verification.Evidence;

/// <summary>The key of an issuer by the certificates that its token brings (<c>x5c</c>), held against the roots that the relying party trusts.</summary>
/// <remarks>
/// The chain must lead to one of those roots, and the issuer be among the alternative names of the signer's certificate. Nothing is fetched: neither missing certificates nor lists of revoked ones. Who revoked the key says so in the registry or the DID document, where <see cref="IssuerKeys"/> looks for the same key.
/// A chain that was good and is over gives the key with its end.
/// </remarks>
internal static class IssuerCertificate
{
    /// <summary>The type of a method that stands for a certificate.</summary>
    public const string MethodType = "X509Certificate";

    private const byte ObjectIdentifier = 0x06;

    /// <summary>The key, or why the certificates give none; neither when the token brings none.</summary>
    public static (FoundKey? Found, Doubt? Doubt) Find(WebIssuer issuer, IReadOnlyList<X509Certificate2> roots, DateTimeOffset now)
    {
        if (issuer.CertificateChain.Count == 0)
        {
            return (null, null);
        }

        if (roots.Count == 0)
        {
            return (null, new(ProblemCode.InvalidVerificationMethod, "The credential brings a certificate, and this verifier has not been told which roots of certificates to trust.", Remedy.Verifier));
        }

        List<X509Certificate2> chain = [];
        try
        {
            foreach (ReadOnlyMemory<byte> der in issuer.CertificateChain)
            {
                chain.Add(X509CertificateLoader.LoadCertificate(der.Span));
            }

            return Find(issuer, chain, roots, now);
        }
        catch (CryptographicException)
        {
            return (null, Unusable("cannot be read"));
        }
        finally
        {
            chain.ForEach(certificate => certificate.Dispose());
        }
    }

    /// <summary>The key in the signer's certificate, whoever vouches for that; null when there is none, or none that can be read.</summary>
    public static PublicKey? KeyShownBy(WebIssuer issuer)
    {
        if (issuer.CertificateChain.Count == 0)
        {
            return null;
        }

        try
        {
            using X509Certificate2 leaf = X509CertificateLoader.LoadCertificate(issuer.CertificateChain[0].Span);
            return KeyOf(leaf);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static (FoundKey? Found, Doubt? Doubt) Find(WebIssuer issuer, List<X509Certificate2> chain, IReadOnlyList<X509Certificate2> roots, DateTimeOffset now)
    {
        X509Certificate2 leaf = chain[0];
        if (!CertificateNames.Of(leaf).Name(issuer.Name))
        {
            return (null, Unusable($"does not name the issuer {issuer.Name}"));
        }

        if (SignerCertificate.WhyUnfit(leaf) is { } why)
        {
            return (null, Unusable(why));
        }

        // What stands in a certificate is anybody's until the chain holds.
        DateTimeOffset? end = EndOf(chain);
        if (!(end > now ? Leads(chain, roots, now) : end is { } over && Leads(chain, roots, over.AddSeconds(-1))))
        {
            return (null, Unusable("does not lead to a root that this verifier trusts"));
        }

        return KeyOf(leaf) is { } key ? (issuer.Found(key, MethodType, end, kept: false, name: null), null) : (null, Unusable("holds a key of a kind that is not known here"));
    }

    // No certificate of ours is older than the web; what is would leave the range of times that can be reckoned with.
    private static DateTimeOffset? EndOf(List<X509Certificate2> chain)
    {
        DateTime end = chain.Min(certificate => certificate.NotAfter);
        return end.Year < 1990 ? null : new DateTimeOffset(end.ToUniversalTime());
    }

    private static bool Leads(List<X509Certificate2> certificates, IReadOnlyList<X509Certificate2> roots, DateTimeOffset at)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots.ToArray());
        chain.ChainPolicy.ExtraStore.AddRange(certificates.Skip(1).ToArray());
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = at.UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        bool leads = chain.Build(certificates[0]);
        foreach (X509ChainElement element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        return leads;
    }

    private static PublicKey? KeyOf(X509Certificate2 certificate)
    {
        // A curve that is spelled out instead of named has no OID, and is nobody's honest key.
        if (certificate.PublicKey.EncodedParameters?.RawData is not [ObjectIdentifier, ..])
        {
            return null;
        }

        using ECDsa? ecdsa = certificate.GetECDsaPublicKey();
        if (ecdsa is null)
        {
            return null;
        }

        ECParameters parameters = ecdsa.ExportParameters(includePrivateParameters: false);
        KeyType? type = parameters.Curve.Oid?.Value switch
        {
            "1.2.840.10045.3.1.7" => KeyType.P256,
            "1.3.132.0.34" => KeyType.P384,
            _ => null,
        };
        return type is { } known && PublicKey.FromBytes(known, [(byte)(2 | (parameters.Q.Y![^1] & 1)), .. parameters.Q.X!]) is { Ok: true, Value: { } key } ? key : null;
    }

    private static Doubt Unusable(string why) => new(ProblemCode.InvalidVerificationMethod, $"The certificate that the credential brings {why}.", Remedy.Issuer);
}
