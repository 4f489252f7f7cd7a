namespace Credentials.Anchoring;

/// <summary>SHA-256 of the JCS form of an institution's identity document: what the registry keeps and what accreditations are over.</summary>
public readonly record struct IdentityHash(Bytes32 Value)
{
    /// <summary>Copies exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException">Another length.</exception>
    public static IdentityHash From(ReadOnlySpan<byte> bytes) => new(Bytes32.From(bytes));

    /// <summary>Reads <c>0x</c> and 64 hexadecimal digits.</summary>
    public static bool TryParse(string? text, out IdentityHash value)
    {
        bool ok = Bytes32.TryParse(text, out Bytes32 bytes);
        value = new(bytes);
        return ok;
    }

    /// <summary><c>0x</c> and lower-case hexadecimal.</summary>
    public override string ToString() => Value.ToString();
}
