using System.Text.Json;

namespace Credentials.Ethereum.JsonRpc;

/// <summary>The objects that a node answers with, as far as we need them; null where a member is missing or malformed.</summary>
internal static class NodeShapes
{
    private const ulong LastSecond = 253_402_300_799;

    /// <summary>A block's number, hash and time.</summary>
    public static BlockHeader? Block(JsonElement block) =>
        Hex.UInt64(Member(block, "number")) is { } number
        && Hex.Hash(Member(block, "hash")) is { } hash
        && Hex.UInt64(Member(block, "timestamp")) is { } time and <= LastSecond
            ? new(number, hash, DateTimeOffset.FromUnixTimeSeconds((long)time))
            : null;

    /// <summary>A transaction's receipt.</summary>
    public static TransactionReceipt? Receipt(JsonElement receipt) =>
        Hex.Hash(Member(receipt, "transactionHash")) is { } transaction
        && Hex.UInt64(Member(receipt, "status")) is { } status and <= 1
        && Hex.UInt64(Member(receipt, "blockNumber")) is { } number
        && Hex.Hash(Member(receipt, "blockHash")) is { } hash
        && Hex.UInt64(Member(receipt, "gasUsed")) is { } gas
        && Hex.Quantity(Member(receipt, "effectiveGasPrice")) is { } price
            ? new(transaction, status == 1, number, hash, gas, price, Hex.Address(Member(receipt, "contractAddress")))
            : null;

    /// <summary>A member, or an undefined element where there is none.</summary>
    public static JsonElement Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement member) ? member : default;
}
