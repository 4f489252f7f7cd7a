using System.Security.Cryptography;
using Credentials.Keys;

namespace Credentials.DataIntegrity.Cryptosuites;

/// <summary><c>eddsa-jcs-2022</c>: JCS, SHA-256, Ed25519. Signatures are deterministic.</summary>
/// <remarks>https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022</remarks>
public sealed class EddsaJcs2022 : JcsCryptosuite
{
    internal EddsaJcs2022()
        : base(new() { [KeyType.Ed25519] = HashAlgorithmName.SHA256 })
    {
    }

    /// <inheritdoc/>
    public override string Name => "eddsa-jcs-2022";
}
