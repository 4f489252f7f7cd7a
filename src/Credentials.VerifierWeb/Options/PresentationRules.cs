using Credentials.OpenId.Presentation;
using Credentials.VerifierWeb.Presentations;

namespace Credentials.VerifierWeb.Options;

/// <summary>Faults of what the configuration says about asking wallets.</summary>
internal static class PresentationRules
{
    public static IEnumerable<string> Faults(VerifierOptions options)
    {
        PresentationOptions requests = options.Requests;
        if (!Uri.TryCreate(options.WalletBaseUrl, UriKind.Absolute, out Uri? wallet) || (wallet.Scheme != Uri.UriSchemeHttps && wallet.Scheme != Uri.UriSchemeHttp))
        {
            yield return "Verifier__WalletBaseUrl must be the absolute http or https URL of the web wallet, such as https://wallet.example.org.";
        }

        if (options.MaxPresentations is < 1 or > 1_000_000)
        {
            yield return "Verifier__MaxPresentations must lie between 1 and 1000000.";
        }

        if (options.MaxOpenPerAddress is < 1 or > 1_000_000)
        {
            yield return "Verifier__MaxOpenPerAddress must lie between 1 and 1000000.";
        }

        if (options.MaxAnswerMebibytes is < 1 or > 65_536)
        {
            yield return "Verifier__MaxAnswerMebibytes must lie between 1 and 65536.";
        }

        if (requests.ClientIdPrefix is not ("" or ClientIdentifier.DecentralizedIdentifier or ClientIdentifier.X509SanDns or ClientIdentifier.X509Hash))
        {
            yield return "Verifier__Requests__ClientIdPrefix must be decentralized_identifier, x509_san_dns or x509_hash.";
        }

        if (requests.CertificateFile.Length > 0 && requests.KeyFile.Length == 0)
        {
            yield return "Verifier__Requests__CertificateFile needs Verifier__Requests__KeyFile: the key that the certificate is of.";
        }

        if (requests.ClientIdPrefix is ClientIdentifier.X509SanDns or ClientIdentifier.X509Hash && requests.CertificateFile.Length == 0)
        {
            yield return "Verifier__Requests__CertificateFile is missing: by that Verifier__Requests__ClientIdPrefix wallets know the verifier by its certificate.";
        }

        if (requests.Did.Length > 0 && requests.KeyFile.Length == 0)
        {
            yield return "Verifier__Requests__Did needs Verifier__Requests__KeyFile: a fresh key at each start would not be in the documents that others keep.";
        }

        if (requests.Did.Length > 0 && !requests.Did.StartsWith("did:web:", StringComparison.Ordinal))
        {
            yield return "Verifier__Requests__Did must be a did:web of this verifier, such as did:web:verify.example.org.";
        }

        if (requests.KeyFile.Length > 0 && RequestSigner.Read(options).Problem is { } problem)
        {
            yield return $"Verifier__Requests: {problem.Detail}";
        }
    }
}
