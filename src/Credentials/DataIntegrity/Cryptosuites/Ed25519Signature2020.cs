using System.Security.Cryptography;
using Credentials.Keys;

namespace Credentials.DataIntegrity.Cryptosuites;

/// <summary><c>Ed25519Signature2020</c>: as <c>eddsa-rdfc-2022</c>, but a proof type of its own with no <c>cryptosuite</c>. To verify what was issued before; its document names the context https://w3id.org/security/suites/ed25519-2020/v1.</summary>
/// <remarks>https://www.w3.org/TR/vc-di-eddsa/#ed25519signature2020-0</remarks>
public sealed class Ed25519Signature2020 : RdfcCryptosuite
{
    /// <summary>The context that defines the proof type.</summary>
    public const string Context = "https://w3id.org/security/suites/ed25519-2020/v1";

    internal Ed25519Signature2020()
        : base(new() { [KeyType.Ed25519] = HashAlgorithmName.SHA256 })
    {
    }

    /// <inheritdoc/>
    public override string Name => ProofType;

    /// <inheritdoc/>
    public override string ProofType => "Ed25519Signature2020";
}
