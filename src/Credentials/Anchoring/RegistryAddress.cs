namespace Credentials.Anchoring;

/// <summary>Where a registry contract lives: an EIP-155 chain id and a contract address, written <c>eip155:1:0xab…</c> in lower case (CAIP-10).</summary>
/// <param name="ChainId">The EIP-155 chain id.</param>
/// <param name="Contract">The contract's address: <c>0x</c> and 40 lower-case hexadecimal digits.</param>
/// <remarks>https://chainagnostic.org/CAIPs/caip-10</remarks>
public sealed record RegistryAddress(ulong ChainId, string Contract)
{
    /// <summary>Reads the CAIP-10 form. Checksummed addresses are lower-cased.</summary>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out RegistryAddress? value)
    {
        value = null;
        string[] parts = text?.Split(':') ?? [];
        if (parts.Length != 3 || parts[0] != "eip155"
            || !ulong.TryParse(parts[1], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out ulong chain)
            || (parts[1].Length > 1 && parts[1][0] == '0')
            || parts[2].Length != 42 || !parts[2].StartsWith("0x", StringComparison.Ordinal)
            || parts[2].AsSpan(2).ContainsAnyExcept(HexDigits))
        {
            return false;
        }

        value = new(chain, parts[2].ToLowerInvariant());
        return true;
    }

    /// <summary>The CAIP-10 form.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"eip155:{ChainId}:{Contract}");

    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");
}
