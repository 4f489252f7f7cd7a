using System.Security.Cryptography;
using Credentials.Keys;

namespace Credentials.DataIntegrity.Cryptosuites;

/// <summary><c>eddsa-rdfc-2022</c>: RDFC-1.0, SHA-256, Ed25519. What Open Badges 3.0 asks for.</summary>
/// <remarks>https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022</remarks>
public sealed class EddsaRdfc2022 : RdfcCryptosuite
{
    internal EddsaRdfc2022()
        : base(new() { [KeyType.Ed25519] = HashAlgorithmName.SHA256 })
    {
    }

    /// <inheritdoc/>
    public override string Name => "eddsa-rdfc-2022";
}
