using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Anchoring;

namespace Credentials.Ethereum.JsonRpc;

/// <summary>The two spellings of Ethereum's JSON-RPC: quantities (no leading zeros) and data (two digits a byte). Readers give null for anything else.</summary>
/// <remarks>https://ethereum.org/developers/docs/apis/json-rpc/#hex-encoding</remarks>
internal static class Hex
{
    private const int MaxQuantityLength = 2 + 64;

    /// <summary>Writes a quantity.</summary>
    public static string Write(ulong value) => "0x" + value.ToString("x", CultureInfo.InvariantCulture);

    /// <summary>Writes a quantity.</summary>
    public static string Write(BigInteger value) => value.IsZero ? "0x0" : "0x" + value.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');

    /// <summary>Writes data.</summary>
    public static string Write(ReadOnlySpan<byte> data) => "0x" + Convert.ToHexStringLower(data);

    /// <summary>Writes the call object of <c>eth_call</c>.</summary>
    public static JsonObject Call(EthereumAddress to, ReadOnlySpan<byte> data) => new() { ["to"] = to.ToString(), ["data"] = Write(data) };

    /// <summary>Reads a quantity of at most 256 bits.</summary>
    public static BigInteger? Quantity(JsonElement value) => Quantity(Text(value));

    /// <inheritdoc cref="Quantity(JsonElement)"/>
    public static BigInteger? Quantity(string? text) =>
        IsPrefixed(text) && text is { Length: > 2 and <= MaxQuantityLength } && (text[2] != '0' || text.Length == 3)
            && BigInteger.TryParse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out BigInteger number)
                ? number
                : null;

    /// <summary>Reads a quantity of at most 64 bits.</summary>
    public static ulong? UInt64(JsonElement value) => UInt64(Text(value));

    /// <inheritdoc cref="UInt64(JsonElement)"/>
    public static ulong? UInt64(string? text) => Quantity(text) is { } number && number <= ulong.MaxValue ? (ulong)number : null;

    /// <summary>Reads data of any length.</summary>
    public static byte[]? Data(JsonElement value) => Data(Text(value));

    /// <inheritdoc cref="Data(JsonElement)"/>
    public static byte[]? Data(string? text)
    {
        if (!IsPrefixed(text) || text.Length % 2 != 0)
        {
            return null;
        }

        byte[] data = new byte[(text.Length - 2) / 2];
        return Convert.FromHexString(text.AsSpan(2), data, out _, out _) == System.Buffers.OperationStatus.Done ? data : null;
    }

    /// <summary>Reads 32 bytes.</summary>
    public static Bytes32? Hash(JsonElement value) => Hash(Text(value));

    /// <inheritdoc cref="Hash(JsonElement)"/>
    public static Bytes32? Hash(string? text) => IsPrefixed(text) && Bytes32.TryParse(text, out Bytes32 hash) ? hash : null;

    /// <summary>Reads an address.</summary>
    public static EthereumAddress? Address(JsonElement value) => Address(Text(value));

    /// <inheritdoc cref="Address(JsonElement)"/>
    public static EthereumAddress? Address(string? text) => EthereumAddress.TryParse(text, out EthereumAddress address) ? address : null;

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsPrefixed([NotNullWhen(true)] string? text) => text is not null && text.StartsWith("0x", StringComparison.Ordinal);
}
