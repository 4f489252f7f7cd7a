using Credentials.Encoding;

namespace Credentials.Keys;

/// <summary>Keys as Multikey: multibase base58btc of a multicodec prefix and the raw key.</summary>
/// <remarks>https://www.w3.org/TR/cid-1.0/#Multikey</remarks>
public static class Multikey
{
    /// <summary>The <c>publicKeyMultibase</c> of a key, such as <c>zDna…</c> or <c>z6Mk…</c>.</summary>
    public static string Encode(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Multibase.EncodeBase58Btc(ToBytes(key));
    }

    /// <summary>The bytes that a registry keeps of a key: multicodec prefix and public key, without multibase.</summary>
    public static byte[] ToBytes(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return [.. Multicodec.Prefix(key.Algorithm.PublicCodec), .. key.Bytes.Span];
    }

    /// <summary>Reads the bytes that a registry keeps of a key.</summary>
    public static Parsed<PublicKey> FromBytes(ReadOnlyMemory<byte> bytes) => Find(bytes, algorithm => algorithm.PublicCodec) is var (algorithm, raw)
        ? PublicKey.FromBytes(algorithm.Type, raw.Span)
        : Unknown("public");

    /// <summary>Reads a <c>publicKeyMultibase</c>.</summary>
    public static Parsed<PublicKey> Decode(string multibase)
    {
        ArgumentNullException.ThrowIfNull(multibase);
        if (Multibase.DecodeBase58Btc(multibase) is not { } bytes)
        {
            return NotBase58();
        }

        return FromBytes(bytes);
    }

    /// <summary>The <c>secretKeyMultibase</c> of a private key.</summary>
    public static string EncodeSecret(SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Multibase.EncodeBase58Btc([.. Multicodec.Prefix(key.PublicKey.Algorithm.SecretCodec), .. key.ExportSecret()]);
    }

    /// <summary>Reads a <c>secretKeyMultibase</c>.</summary>
    /// <exception cref="PlatformNotSupportedException">The platform lacks the algorithm.</exception>
    public static Parsed<SigningKey> DecodeSecret(string multibase)
    {
        ArgumentNullException.ThrowIfNull(multibase);
        if (Multibase.DecodeBase58Btc(multibase) is not { } bytes)
        {
            return NotBase58();
        }

        return Find(bytes, algorithm => algorithm.SecretCodec) is var (algorithm, raw)
            ? SigningKey.FromBytes(algorithm.Type, raw.Span)
            : Unknown("private");
    }

    private static (KeyAlgorithm Algorithm, ReadOnlyMemory<byte> Raw)? Find(ReadOnlyMemory<byte> bytes, Func<KeyAlgorithm, uint> codec)
    {
        foreach (KeyAlgorithm algorithm in KeyAlgorithm.All)
        {
            byte[] prefix = Multicodec.Prefix(codec(algorithm));
            if (bytes.Span.StartsWith(prefix))
            {
                return (algorithm, bytes[prefix.Length..]);
            }
        }

        return null;
    }

    private static Problem NotBase58() => new(ProblemCode.MalformedValueError, "A Multikey is base58btc text that begins with \"z\".");

    private static Problem Unknown(string half) =>
        new(ProblemCode.MalformedValueError, $"The Multikey is of no type of {half} key that is known here ({string.Join(", ", KeyAlgorithm.All.Select(algorithm => algorithm.JwkCurve))}).");
}
