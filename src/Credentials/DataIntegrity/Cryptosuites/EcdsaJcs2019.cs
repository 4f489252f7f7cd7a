using System.Security.Cryptography;
using Credentials.Keys;

namespace Credentials.DataIntegrity.Cryptosuites;

/// <summary><c>ecdsa-jcs-2019</c>: JCS, SHA-256 with P-256 or SHA-384 with P-384. The suite that every HSM can sign, and the default.</summary>
/// <remarks>https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-jcs-2019</remarks>
public sealed class EcdsaJcs2019 : JcsCryptosuite
{
    internal EcdsaJcs2019()
        : base(new()
        {
            // "for curve P-256 one uses SHA-256, and for curve P-384 one uses SHA-384"
            [KeyType.P256] = HashAlgorithmName.SHA256,
            [KeyType.P384] = HashAlgorithmName.SHA384,
        })
    {
    }

    /// <inheritdoc/>
    public override string Name => "ecdsa-jcs-2019";
}
