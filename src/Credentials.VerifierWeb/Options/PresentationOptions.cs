namespace Credentials.VerifierWeb.Options;

/// <summary>How this verifier asks wallets: the key under which its requests are signed, and the name that goes with it.</summary>
internal sealed record PresentationOptions
{
    /// <summary>File of the private key that signs requests: PKCS#8 PEM, P-256 or P-384. Empty: a fresh key at each start, under a did:jwk.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>File of the key's certificate and those above it, PEM, leaf first. With it the verifier is known by its certificate.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>The verifier's did:web, whose document is served here.</summary>
    public string Did { get; set; } = "";

    /// <summary><c>decentralized_identifier</c>, <c>x509_san_dns</c> or <c>x509_hash</c>; empty: x509_hash with a certificate, else decentralized_identifier.</summary>
    public string ClientIdPrefix { get; set; } = "";
}
