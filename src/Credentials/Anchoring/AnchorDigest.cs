namespace Credentials.Anchoring;

/// <summary>The SHA-256 digest of a secured credential that is put under a Merkle root (a leaf's data, before the leaf prefix).</summary>
public readonly record struct AnchorDigest(Bytes32 Value)
{
    /// <summary>Copies exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException">Another length.</exception>
    public static AnchorDigest From(ReadOnlySpan<byte> bytes) => new(Bytes32.From(bytes));

    /// <summary>Reads <c>0x</c> and 64 hexadecimal digits.</summary>
    public static bool TryParse(string? text, out AnchorDigest value)
    {
        bool ok = Bytes32.TryParse(text, out Bytes32 bytes);
        value = new(bytes);
        return ok;
    }

    /// <summary><c>0x</c> and lower-case hexadecimal.</summary>
    public override string ToString() => Value.ToString();
}
