namespace Credentials.Anchoring;

/// <summary>The registry contract's id of an institution: keccak-256 of creator and nonce.</summary>
public readonly record struct InstitutionId(Bytes32 Value)
{
    /// <summary>Copies exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException">Another length.</exception>
    public static InstitutionId From(ReadOnlySpan<byte> bytes) => new(Bytes32.From(bytes));

    /// <summary>Reads <c>0x</c> and 64 hexadecimal digits.</summary>
    public static bool TryParse(string? text, out InstitutionId value)
    {
        bool ok = Bytes32.TryParse(text, out Bytes32 bytes);
        value = new(bytes);
        return ok;
    }

    /// <summary><c>0x</c> and lower-case hexadecimal.</summary>
    public override string ToString() => Value.ToString();
}
