namespace Credentials.Keys;

/// <summary>The kinds of keys that sign credentials. Chain accounts (secp256k1) are kept apart from them.</summary>
public enum KeyType
{
    /// <summary>NIST P-256 (secp256r1), ECDSA with SHA-256. The default.</summary>
    P256 = 1,

    /// <summary>NIST P-384 (secp384r1), ECDSA with SHA-384.</summary>
    P384 = 2,

    /// <summary>Ed25519 (RFC 8032), over OpenSSL.</summary>
    Ed25519 = 3,
}
