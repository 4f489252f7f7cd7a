using System.Security.Cryptography;

namespace Credentials.Anchoring;

/// <summary>The random 128-bit handle under which one credential can be revoked on chain. It says nothing of the credential.</summary>
public readonly record struct RegistryHandle(UInt128 Value)
{
    /// <summary>The size in bytes.</summary>
    public const int Length = 16;

    /// <summary>A fresh random handle.</summary>
    public static RegistryHandle Create() => From(RandomNumberGenerator.GetBytes(Length));

    /// <summary>From 16 bytes, big-endian.</summary>
    /// <exception cref="ArgumentException">Another length.</exception>
    public static RegistryHandle From(ReadOnlySpan<byte> bytes) => bytes.Length == Length
        ? new(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes))
        : throw new ArgumentException($"Expected {Length} bytes, got {bytes.Length}.", nameof(bytes));

    /// <summary>Reads <c>0x</c> and 32 hexadecimal digits.</summary>
    public static bool TryParse(string? text, out RegistryHandle value)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (text is { Length: 2 + (2 * Length) } && text.StartsWith("0x", StringComparison.Ordinal)
            && Convert.FromHexString(text.AsSpan(2), bytes, out _, out _) == System.Buffers.OperationStatus.Done)
        {
            value = From(bytes);
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>The 16 bytes, big-endian.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Length];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }

    /// <summary><c>0x</c> and 32 lower-case hexadecimal digits.</summary>
    public override string ToString() => "0x" + Convert.ToHexStringLower(ToArray());
}
