using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Credentials.DcSdJwt;
using Credentials.Keys;
using PublicKey = Credentials.Keys.PublicKey;

namespace Credentials.Verification.Evidence;

/// <summary>The key of an issuer by the certificates that its token brings (<c>x5c</c>), held against the roots that the relying party trusts.</summary>
/// <remarks>
/// The chain must lead to one of those roots, and the issuer be among the alternative names of the signer's certificate. Nothing is fetched: neither missing certificates nor lists of revoked ones; the registry and the DID document are where an issuer revokes its keys.
/// A chain that was good and is over gives the key with its end.
/// </remarks>
internal static class IssuerCertificate
{
    /// <summary>The key, or why the certificates give none; neither when the token brings none, or no root is trusted.</summary>
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

    private static (FoundKey? Found, Doubt? Doubt) Find(WebIssuer issuer, List<X509Certificate2> chain, IReadOnlyList<X509Certificate2> roots, DateTimeOffset now)
    {
        X509Certificate2 leaf = chain[0];
        if (!CertificateNames.Of(leaf).Name(issuer.Name))
        {
            return (null, Unusable($"does not name the issuer {issuer.Name}"));
        }

        if (KeyOf(leaf) is not { } key)
        {
            return (null, Unusable("holds a key of a kind that is not known here"));
        }

        DateTimeOffset end = chain.Min(certificate => (DateTimeOffset)certificate.NotAfter);
        DateTimeOffset at = now < end ? now : end.AddSeconds(-1);
        return Leads(chain, roots, at) ? (issuer.Found(key, "X509Certificate", end, kept: false), null) : (null, Unusable("does not lead to a root that this verifier trusts"));
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
        using ECDsa? ecdsa = certificate.GetECDsaPublicKey();
        if (ecdsa is null)
        {
            return null;
        }

        ECParameters parameters = ecdsa.ExportParameters(includePrivateParameters: false);
        KeyType? type = parameters.Curve.Oid.Value switch
        {
            "1.2.840.10045.3.1.7" => KeyType.P256,
            "1.3.132.0.34" => KeyType.P384,
            _ => null,
        };
        return type is { } known && PublicKey.FromBytes(known, [(byte)(2 | (parameters.Q.Y![^1] & 1)), .. parameters.Q.X!]) is { Ok: true, Value: { } key } ? key : null;
    }

    private static Doubt Unusable(string why) => new(ProblemCode.InvalidVerificationMethod, $"The certificate that the credential brings {why}.", Remedy.Issuer);
}
