using System.Security.Cryptography;
using Credentials.Ethereum.Cryptography;

namespace Credentials.Ethereum;

/// <summary>An address: 20 bytes, written <c>0x</c> and 40 lower-case hexadecimal digits.</summary>
public readonly record struct EthereumAddress
{
    private readonly string? _text;

    private EthereumAddress(string text) => _text = text;

    /// <summary>The zero address.</summary>
    public static EthereumAddress Zero => default;

    /// <summary>Copies exactly 20 bytes.</summary>
    /// <exception cref="ArgumentException">Another length.</exception>
    public static EthereumAddress From(ReadOnlySpan<byte> bytes) => bytes.Length == 20
        ? new("0x" + Convert.ToHexStringLower(bytes))
        : throw new ArgumentException($"Expected 20 bytes, got {bytes.Length}.", nameof(bytes));

    /// <summary>Reads <c>0x</c> and 40 hexadecimal digits, checksummed or not.</summary>
    public static bool TryParse(string? text, out EthereumAddress value)
    {
        Span<byte> bytes = stackalloc byte[20];
        bool ok = text is { Length: 42 } && text.StartsWith("0x", StringComparison.Ordinal)
            && Convert.FromHexString(text.AsSpan(2), bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        value = ok ? From(bytes) : Zero;
        return ok;
    }

    /// <summary>The address of a public key: the last 20 bytes of the keccak-256 of its coordinates.</summary>
    internal static EthereumAddress OfPublicKey(ReadOnlySpan<byte> coordinates) => From(Keccak256.Hash(coordinates).ToArray().AsSpan(12));

    /// <summary>The address of a secp256k1 key as key management services publish it: DER of <c>SubjectPublicKeyInfo</c>.</summary>
    /// <remarks>https://www.rfc-editor.org/rfc/rfc5480#section-2</remarks>
    public static bool TryReadSubjectPublicKeyInfo(ReadOnlySpan<byte> der, out EthereumAddress value)
    {
        value = Zero;
        using ECDsa key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(der, out int read);
            ECParameters parameters = key.ExportParameters(includePrivateParameters: false);
            if (read != der.Length || parameters.Curve.Oid.Value != Secp256k1.Oid)
            {
                return false;
            }

            value = OfPublicKey([.. parameters.Q.X!, .. parameters.Q.Y!]);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The 20 bytes.</summary>
    public byte[] ToArray() => Convert.FromHexString(ToString().AsSpan(2));

    /// <summary>The spelling for people, whose capitals are a checksum.</summary>
    /// <remarks>https://eips.ethereum.org/EIPS/eip-55</remarks>
    public string ToChecksumString()
    {
        string hex = ToString()[2..];
        string hash = Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(hex)).ToString()[2..];
        return "0x" + string.Concat(hex.Select((digit, index) => hash[index] >= '8' ? char.ToUpperInvariant(digit) : digit));
    }

    /// <summary>Two addresses are equal when their bytes are.</summary>
    public bool Equals(EthereumAddress other) => ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    /// <summary><c>0x</c> and lower-case hexadecimal.</summary>
    public override string ToString() => _text ?? "0x0000000000000000000000000000000000000000";
}
