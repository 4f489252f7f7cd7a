namespace Credentials.Anchoring;

/// <summary>The root of one RFC 9162 tree of anchor digests: what goes on chain.</summary>
public readonly record struct MerkleRoot(Bytes32 Value)
{
    /// <summary>Copies exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException">Another length.</exception>
    public static MerkleRoot From(ReadOnlySpan<byte> bytes) => new(Bytes32.From(bytes));

    /// <summary>Reads <c>0x</c> and 64 hexadecimal digits.</summary>
    public static bool TryParse(string? text, out MerkleRoot value)
    {
        bool ok = Bytes32.TryParse(text, out Bytes32 bytes);
        value = new(bytes);
        return ok;
    }

    /// <summary><c>0x</c> and lower-case hexadecimal.</summary>
    public override string ToString() => Value.ToString();
}
