using System.Text.Json;
using Credentials.Ethereum.JsonRpc;
using Credentials.Ethereum.Transactions;

namespace Credentials.Ethereum.Proofs;

/// <summary>One field of a block's header: its name in JSON-RPC, and its form in RLP.</summary>
/// <param name="Name">The member of <c>eth_getBlockByNumber</c>.</param>
/// <param name="Size">Exact length in bytes of a byte string; null for an integer, or for bytes of any length.</param>
/// <param name="Bits">Most bits of an integer; 0 for bytes.</param>
internal sealed record HeaderField(string Name, int? Size, int Bits)
{
    /// <summary>The last second of the year 9999.</summary>
    public const ulong LastSecond = 253_402_300_799;

    public const int ParentHash = 0;
    public const int StateRoot = 3;
    public const int Number = 8;
    public const int Timestamp = 11;

    // The longest that a chain of proof of authority puts there: a vanity, signers and a signature.
    private const int MaxExtraData = 1024;

    /// <summary>All fields that are known, in their order. Each fork appended to it; Osaka (Fusaka) did not.</summary>
    public static IReadOnlyList<HeaderField> All { get; } =
    [
        Hash("parentHash"), Hash("sha3Uncles"), Data("miner", 20), Hash("stateRoot"), Hash("transactionsRoot"), Hash("receiptsRoot"),
        Data("logsBloom", 256), Integer("difficulty", 256), Integer("number", 64), Integer("gasLimit", 64), Integer("gasUsed", 64),
        Integer("timestamp", 64), Data("extraData", null), Hash("mixHash"), Data("nonce", 8),
        Integer("baseFeePerGas", 256), // London: https://eips.ethereum.org/EIPS/eip-1559
        Hash("withdrawalsRoot"), // Shanghai: https://eips.ethereum.org/EIPS/eip-4895
        Integer("blobGasUsed", 64), Integer("excessBlobGas", 64), // Cancun: https://eips.ethereum.org/EIPS/eip-4844
        Hash("parentBeaconBlockRoot"), // Cancun: https://eips.ethereum.org/EIPS/eip-4788
        Hash("requestsHash"), // Prague: https://eips.ethereum.org/EIPS/eip-7685
    ];

    /// <summary>How many fields a header has: London, Shanghai, Cancun, Prague and Osaka.</summary>
    public static IReadOnlyList<int> Counts { get; } = [16, 17, 20, 21];

    /// <summary>Whether an item of RLP is in this field's form.</summary>
    public bool Takes(RlpItem item) => item.Bytes is { } bytes && (Bits > 0
        ? item.AsInteger() is { } value && value.GetBitLength() <= Bits
        : Size is { } size ? bytes.Length == size : bytes.Length <= MaxExtraData);

    /// <summary>The RLP of a node's JSON; null where it has another form.</summary>
    public byte[]? Encode(JsonElement value) => Bits > 0
        ? Hex.Quantity(value) is { } number && number.GetBitLength() <= Bits ? Rlp.Integer(number) : null
        : Hex.Data(value) is { } data && (Size is { } size ? data.Length == size : data.Length <= MaxExtraData) ? Rlp.Bytes(data) : null;

    private static HeaderField Hash(string name) => new(name, 32, 0);

    private static HeaderField Data(string name, int? size) => new(name, size, 0);

    private static HeaderField Integer(string name, int bits) => new(name, null, bits);
}
