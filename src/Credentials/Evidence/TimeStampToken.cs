using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Credentials.Anchoring;

namespace Credentials.Evidence;

/// <summary>An RFC 3161 time-stamp token over a digest: that it was there at a time, under an authority's certificate.</summary>
/// <remarks>
/// https://www.rfc-editor.org/rfc/rfc3161, https://www.rfc-editor.org/rfc/rfc5816. The chain of certificates is judged as of the token's own time, so that it outlives its certificates; that trusts the authority not to have lost its key, and SHA-256 and the signature's algorithm to hold. No revocation is asked for, and nothing is fetched.
/// Most authorities stamp whatever they are handed: they say when a header was there, not that it is of a chain. Trust only one that stamps for those alone whom you trust to send it true headers.
/// </remarks>
public static class TimeStampToken
{
    private const string TimeStamping = "1.3.6.1.5.5.7.3.8";

    /// <summary>The time that a token proves; or why it proves none.</summary>
    /// <param name="der">The token: DER of a CMS SignedData over a TSTInfo.</param>
    /// <param name="digest">The SHA-256 digest that must be stamped.</param>
    /// <param name="authority">DER of the trusted certificate: the authority's own, or a self-signed root that its chain leads to.</param>
    public static (DateTimeOffset? Time, Problem? Problem) Verify(ReadOnlyMemory<byte> der, Bytes32 digest, ReadOnlyMemory<byte> authority)
    {
        try
        {
            if (!Rfc3161TimestampToken.TryDecode(der, out Rfc3161TimestampToken? token, out int read) || read != der.Length)
            {
                return Fault("It is no time-stamp token.");
            }

            // Holds the imprint, the signature, the certificate's critical EKU and ESSCertID(v2), and its validity at the token's time.
            if (!token.VerifySignatureForHash(digest, HashAlgorithmName.SHA256, out X509Certificate2? signer))
            {
                return Fault("The time-stamp is over something else, or was not made by a time-stamp authority in its time.");
            }

            using (signer)
            {
                return ChainsTo(signer, authority, token) ? (token.TokenInfo.Timestamp, null) : Fault("The time-stamp is another authority's than the trusted one's.");
            }
        }
        catch (CryptographicException)
        {
            return Fault("The time-stamp or a certificate in it cannot be read.");
        }
    }

    private static bool ChainsTo(X509Certificate2 signer, ReadOnlyMemory<byte> authority, Rfc3161TimestampToken token)
    {
        if (signer.RawDataMemory.Span.SequenceEqual(authority.Span))
        {
            return true;
        }

        using X509Certificate2 root = X509CertificateLoader.LoadCertificate(authority.Span);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.ExtraStore.AddRange(token.AsSignedCms().Certificates);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.VerificationTime = token.TokenInfo.Timestamp.UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(TimeStamping));
        return chain.Build(signer);
    }

    private static (DateTimeOffset? Time, Problem? Problem) Fault(string detail) => (null, new(ProblemCode.EvidenceError, detail));
}
