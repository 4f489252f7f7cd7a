using Credentials.Encoding;
using Credentials.Keys;

namespace Credentials.Dids.Methods;

/// <summary>did:key: the DID is the key, as Multikey. Nothing to fetch, nothing to revoke.</summary>
/// <remarks>
/// https://w3c-ccg.github.io/did-key-spec/. P-256 (<c>zDn…</c>), P-384 (<c>z82…</c>) and Ed25519 (<c>z6Mk…</c>).
/// No key for encryption is derived from an Ed25519 one: no platform that this runs on offers the step from the one curve to the other, and it is not a thing to write by hand.
/// </remarks>
public sealed class DidKey : IDidMethod
{
    /// <summary>Formats that the method knows, or knew, and that are not written here.</summary>
    private static readonly string[] OtherFormats =
    [
        "Ed25519VerificationKey2018", "EcdsaSecp256k1VerificationKey2019", "EcdsaSecp256r1VerificationKey2019", "X25519KeyAgreementKey2019", "X25519KeyAgreementKey2020", "P256Key2021", "P384Key2021",
    ];

    /// <summary>Keys that the method knows, and that sign nothing here.</summary>
    private static readonly (uint Code, string Name)[] OtherKeys = [(0xe7, "secp256k1"), (0xec, "X25519"), (0xeb, "BLS12-381"), (0x1202, "P-521"), (0x1205, "RSA")];

    /// <inheritdoc/>
    public string Name => "key";

    /// <summary>The DID of a key.</summary>
    public static string Of(PublicKey key) => "did:key:" + Multikey.Encode(key);

    /// <summary>The DID URL of the one verification method of a key's DID.</summary>
    public static string MethodOf(PublicKey key) => $"{Of(key)}#{Multikey.Encode(key)}";

    /// <inheritdoc/>
    public Task<DidResolutionResult> ResolveAsync(DidUrl did, DidResolutionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(did);
        ArgumentNullException.ThrowIfNull(options);
        return Task.FromResult(DidResolutionResult.Of(Resolve(did, options)));
    }

    private static Parsed<DidDocument> Resolve(DidUrl did, DidResolutionOptions options)
    {
        // "The multibaseValue MUST be a string and begin with the letter z."
        Parsed<PublicKey> key = ReadKey(did.MethodSpecificId);
        if (!key.Ok)
        {
            return key.Problem;
        }

        if (Of(key.Value) != did.Did)
        {
            return new Problem(ProblemCode.InvalidDid, $"The DID of this key is spelled {Of(key.Value)}.");
        }

        if (options.EnableEncryptionKeyDerivation)
        {
            return new Problem(ProblemCode.FeatureNotSupported, "No key for encryption is derived here: leave out enableEncryptionKeyDerivation.");
        }

        // "Set the publicKeyFormat value to the options.publicKeyFormat value."
        Parsed<KeyDocument.Format> format = ReadFormat(options, key.Value.Type);
        return format.Ok ? KeyDocument.Build(did.Did, did.MethodSpecificId, key.Value, format.Value, KeyDocument.Signing) : format.Problem;
    }

    private static Parsed<PublicKey> ReadKey(string multibase)
    {
        if (Multibase.DecodeBase58Btc(multibase) is not { } bytes)
        {
            return new Problem(ProblemCode.InvalidDid, "The id of a did:key is base58btc text that begins with \"z\".");
        }

        foreach (KeyAlgorithm algorithm in KeyAlgorithm.All)
        {
            byte[] prefix = Multicodec.Prefix(algorithm.PublicCodec);
            if (!bytes.AsSpan().StartsWith(prefix))
            {
                continue;
            }

            // "If the byte length of rawPublicKeyBytes does not match the expected public key length, an invalidPublicKeyLength error MUST be raised."
            if (bytes.Length - prefix.Length != algorithm.PublicLength)
            {
                return new Problem(ProblemCode.InvalidPublicKeyLength, $"A public key of {algorithm.JwkCurve} has {algorithm.PublicLength} bytes, not {bytes.Length - prefix.Length}.");
            }

            // "If an invalid public key value is detected, an invalidPublicKey error MUST be raised."
            Parsed<PublicKey> key = PublicKey.FromBytes(algorithm.Type, bytes.AsSpan(prefix.Length));
            return key.Ok ? key : new Problem(ProblemCode.InvalidPublicKey, $"The key of the DID cannot be used: {key.Problem.Detail}");
        }

        return OtherKeys.FirstOrDefault(other => bytes.AsSpan().StartsWith(Multicodec.Prefix(other.Code))).Name is { } name
            ? new Problem(ProblemCode.UnsupportedPublicKeyType, $"Keys of {name} are not read here.")
            : new Problem(ProblemCode.InvalidDid, $"The key of the DID is of no type that is known here ({string.Join(", ", KeyAlgorithm.All.Select(algorithm => algorithm.JwkCurve))}).");
    }

    private static Parsed<KeyDocument.Format> ReadFormat(DidResolutionOptions options, KeyType type)
    {
        string wanted = options.PublicKeyFormat ?? VerificationMethod.Multikey;
        string known = string.Join(", ", KeyDocument.Formats.Select(format => format.Type));
        if (KeyDocument.Formats.FirstOrDefault(format => format.Type == wanted) is { } format)
        {
            return format.Only is null || format.Only == type
                ? format
                : new Problem(ProblemCode.InvalidPublicKeyType, $"A key of {KeyAlgorithm.Of(type).JwkCurve} has no form as {wanted}.");
        }

        // "If publicKeyFormat is not known to the implementation, an unsupportedPublicKeyType error MUST be raised. If enableExperimentalPublicKeyTypes is set to false and
        // publicKeyFormat is not [one of the list], an invalidPublicKeyType error MUST be raised."
        return OtherFormats.Contains(wanted, StringComparer.Ordinal) && !options.EnableExperimentalPublicKeyTypes
            ? new Problem(ProblemCode.InvalidPublicKeyType, $"The publicKeyFormat is one of {known}.")
            : new Problem(ProblemCode.UnsupportedPublicKeyType, $"The publicKeyFormat is not known here; these are: {known}.");
    }
}
