using System.Security.Cryptography;
using Credentials.Keys;

namespace Credentials.DataIntegrity.Cryptosuites;

/// <summary><c>ecdsa-rdfc-2019</c>: RDFC-1.0, SHA-256 with P-256 or SHA-384 with P-384, inside of the canonicalization too.</summary>
/// <remarks>https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-rdfc-2019</remarks>
public sealed class EcdsaRdfc2019 : RdfcCryptosuite
{
    internal EcdsaRdfc2019()
        : base(new()
        {
            [KeyType.P256] = HashAlgorithmName.SHA256,
            [KeyType.P384] = HashAlgorithmName.SHA384,
        })
    {
    }

    /// <inheritdoc/>
    public override string Name => "ecdsa-rdfc-2019";
}
