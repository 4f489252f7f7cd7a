using System.Text.Json;

namespace Credentials.Anchoring;

/// <summary>The receipt on the wire: JSON for files and APIs, deterministic CBOR (RFC 8949 section 4.2) inside a credential. Version 1.</summary>
/// <remarks>
/// JSON: <c>{"version":1,"leafIndex":3,"treeSize":10,"path":["0x…"],"root":"0x…","registry":"eip155:CHAIN:0x…","institution":"0x…","hints":{"transactionHash":"0x…","blockNumber":7,"blockHash":"0x…","blockTime":"2026-06-30T12:00:00Z"}}</c>; <c>hints</c> may be absent.
/// CBOR: a map of the keys 0 version, 1 leaf index, 2 tree size, 3 path (byte strings), 4 root, 5 chain id, 6 contract (20 bytes), 7 institution, and optionally 8 hints: a map of 0 transaction hash, 1 block number, 2 block hash, 3 block time (Unix seconds).
/// </remarks>
public static class AnchorReceiptFormat
{
    /// <summary>The version that is written and read.</summary>
    public const int Version = 1;

    /// <summary>The longest path: no tree of 2^63 leaves is deeper.</summary>
    public const int MaxPath = 64;

    /// <summary>Writes the CBOR form.</summary>
    /// <exception cref="ArgumentException">The receipt is none that could be read back (path too long, contract no address, index outside of the tree).</exception>
    public static byte[] ToCbor(AnchorReceipt receipt)
    {
        ThrowIfUnfit(receipt);
        return AnchorReceiptCbor.Write(receipt);
    }

    /// <summary>Reads the CBOR form; refuses what <see cref="ToCbor"/> would not write.</summary>
    public static Parsed<AnchorReceipt> FromCbor(ReadOnlyMemory<byte> cbor) => AnchorReceiptCbor.Read(cbor);

    /// <summary>Writes the JSON form.</summary>
    /// <exception cref="ArgumentException">As <see cref="ToCbor"/>.</exception>
    public static void WriteJson(Utf8JsonWriter writer, AnchorReceipt receipt)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ThrowIfUnfit(receipt);
        AnchorReceiptJson.Write(writer, receipt);
    }

    /// <summary>Reads the JSON form; a member that version 1 does not have is refused. Pointers are relative to the receipt.</summary>
    public static Parsed<AnchorReceipt> FromJson(JsonElement element) => AnchorReceiptJson.Read(element);

    /// <summary>The problem of a version that is not <see cref="Version"/>.</summary>
    internal static Problem UnknownVersion(string version, string? pointer = null) => new(
        ProblemCode.AnchorReceiptError,
        $"This is version {version}; only version {Version} is read here. Use a newer release of this software.",
        pointer);

    /// <summary>What no receipt may say, in whichever form it came.</summary>
    internal static string? FaultOf(AnchorReceipt receipt) => receipt switch
    {
        { TreeSize: < 1 } => "A tree has at least one leaf.",
        { LeafIndex: < 0 } => "A leaf index is not negative.",
        _ when receipt.LeafIndex >= receipt.TreeSize => $"The leaf index {receipt.LeafIndex} lies outside of a tree of {receipt.TreeSize} leaves.",
        { Path.Count: > MaxPath } => $"The path has {receipt.Path.Count} hashes; no tree is deeper than {MaxPath}.",
        { Hints: { } hints } when hints.BlockTime < DateTimeOffset.UnixEpoch => "The block time lies before 1970.",
        _ => null,
    };

    private static void ThrowIfUnfit(AnchorReceipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        string? fault = RegistryAddress.TryParse(receipt.Registry.ToString(), out RegistryAddress? registry) && registry == receipt.Registry
            ? FaultOf(receipt)
            : "The registry's contract is no lower-case address.";
        if (fault is not null)
        {
            throw new ArgumentException(fault, nameof(receipt));
        }
    }
}
