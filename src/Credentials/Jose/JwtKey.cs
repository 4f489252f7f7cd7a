using System.Runtime.CompilerServices;
using Credentials.Enveloping;
using Credentials.Keys;
using Microsoft.IdentityModel.Tokens;

namespace Credentials.Jose;

/// <summary>Our public key in the shape in which Microsoft.IdentityModel takes keys, so that its handler verifies Ed25519 too, and every signature by the one code that this library verifies with.</summary>
internal sealed class JwtKey : AsymmetricSecurityKey
{
    private static readonly ConditionalWeakTable<PublicKey, JwtKey> Known = [];

    private readonly PublicKey _key;
    private readonly string _algorithm;

    private JwtKey(PublicKey key)
    {
        _key = key;
        _algorithm = SignatureAlgorithm.Of(key.Type).Jose;
        CryptoProviderFactory = new() { CustomCryptoProvider = new Provider(this), CacheSignatureProviders = false };
        Parameters = new()
        {
            IssuerSigningKey = this,
            ValidAlgorithms = [_algorithm],
            RequireSignedTokens = true,
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        };
    }

    /// <summary>What the handler is to check: the signature, under this key alone, by its one algorithm.</summary>
    public TokenValidationParameters Parameters { get; }

    /// <inheritdoc/>
    public override int KeySize => 8 * _key.Algorithm.CoordinateLength;

    /// <inheritdoc/>
    public override PrivateKeyStatus PrivateKeyStatus => PrivateKeyStatus.DoesNotExist;

    /// <inheritdoc/>
    [Obsolete("HasPrivateKey method is deprecated, please use PrivateKeyStatus.")]
    public override bool HasPrivateKey => false;

    /// <summary>The key's shape for the library; made once for each key.</summary>
    public static JwtKey Of(PublicKey key) => Known.GetValue(key, static key => new(key));

    /// <inheritdoc/>
    public override bool IsSupportedAlgorithm(string algorithm) => algorithm == _algorithm;

    private sealed class Provider(JwtKey key) : ICryptoProvider
    {
        public bool IsSupportedAlgorithm(string algorithm, params object[] args) => key.IsSupportedAlgorithm(algorithm);

        public object Create(string algorithm, params object[] args) => new Signatures(key, algorithm);

        public void Release(object cryptoInstance)
        {
            // Nothing is held.
        }
    }

    private sealed class Signatures(JwtKey key, string algorithm) : SignatureProvider(key, algorithm)
    {
        public override byte[] Sign(byte[] input) => throw new NotSupportedException("Signing is asynchronous here, and not the library's.");

        public override bool Verify(byte[] input, byte[] signature) => key._key.Verify(input, signature);

        public override bool Verify(byte[] input, int inputOffset, int inputLength, byte[] signature, int signatureOffset, int signatureLength) =>
            key._key.Verify(input.AsSpan(inputOffset, inputLength), signature.AsSpan(signatureOffset, signatureLength));

        protected override void Dispose(bool disposing)
        {
            // The key is its owner's.
        }
    }
}
