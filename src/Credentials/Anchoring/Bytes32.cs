using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Credentials.Anchoring;

/// <summary>32 bytes by value. Carried by the named types (<see cref="MerkleRoot"/>, <see cref="AnchorDigest"/> ...), so that a root cannot be passed as a leaf.</summary>
[InlineArray(Length)]
[SuppressMessage("Usage", "CA2231", Justification = "Compared through the types that wrap it.")]
public struct Bytes32 : IEquatable<Bytes32>
{
    /// <summary>The size in bytes.</summary>
    public const int Length = 32;

    [SuppressMessage("Style", "IDE0044", Justification = "The element of an inline array.")]
    private byte _first;

    /// <summary>Copies exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException">Another length.</exception>
    public static Bytes32 From(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"Expected {Length} bytes, got {bytes.Length}.", nameof(bytes));
        }

        Bytes32 value = default;
        bytes.CopyTo(value);
        return value;
    }

    /// <summary>Reads <c>0x</c> and 64 hexadecimal digits.</summary>
    public static bool TryParse(string? text, out Bytes32 value)
    {
        value = default;
        return text is { Length: 2 + (2 * Length) }
            && text.StartsWith("0x", StringComparison.Ordinal)
            && Convert.FromHexString(text.AsSpan(2), value, out _, out _) == System.Buffers.OperationStatus.Done;
    }

    /// <summary>A copy as an array.</summary>
    public readonly byte[] ToArray() => ((ReadOnlySpan<byte>)this).ToArray();

    /// <inheritdoc/>
    public readonly bool Equals(Bytes32 other) => ((ReadOnlySpan<byte>)this).SequenceEqual(other);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Bytes32 other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => BitConverter.ToInt32((ReadOnlySpan<byte>)this);

    /// <summary><c>0x</c> and lower-case hexadecimal.</summary>
    public override readonly string ToString() => "0x" + Convert.ToHexStringLower(this);
}
