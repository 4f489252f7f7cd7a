using System.Numerics;
using Credentials.Ethereum.JsonRpc;
using Nethereum.Hex.HexTypes;
using Nethereum.RPC.Eth.DTOs;
using NodeReceipt = Nethereum.RPC.Eth.DTOs.TransactionReceipt;

namespace Credentials.Ethereum.Nethereum.Node;

/// <summary>Nethereum's objects as the port's own, read from the node's text; null where a member is missing or malformed.</summary>
internal static class NodeValues
{
    private const ulong LastSecond = 253_402_300_799;

    /// <summary>A tag as Nethereum writes it.</summary>
    public static BlockParameter Parameter(BlockTag tag)
    {
        BlockParameter parameter = new();
        if (Enum.TryParse(tag.Value, out BlockParameter.BlockParameterType type))
        {
            parameter.SetValue(type);
        }
        else
        {
            parameter.SetValue(tag.Value);
        }

        return parameter;
    }

    /// <summary>A quantity of at most 256 bits.</summary>
    public static BigInteger? Quantity(HexBigInteger? value) => Hex.Quantity(value?.HexValue);

    /// <summary>A quantity of at most 64 bits.</summary>
    public static ulong? UInt64(HexBigInteger? value) => Hex.UInt64(value?.HexValue);

    /// <summary>A block's number, hash and time.</summary>
    public static BlockHeader? Header(BlockWithTransactionHashes block) =>
        UInt64(block.Number) is { } number
        && Hex.Hash(block.BlockHash) is { } hash
        && UInt64(block.Timestamp) is { } time and <= LastSecond
            ? new(number, hash, DateTimeOffset.FromUnixTimeSeconds((long)time))
            : null;

    /// <summary>A transaction's receipt.</summary>
    public static TransactionReceipt? Receipt(NodeReceipt receipt) =>
        Hex.Hash(receipt.TransactionHash) is { } transaction
        && UInt64(receipt.Status) is { } status and <= 1
        && UInt64(receipt.BlockNumber) is { } number
        && Hex.Hash(receipt.BlockHash) is { } hash
        && UInt64(receipt.GasUsed) is { } gas
        && Quantity(receipt.EffectiveGasPrice) is { } price
            ? new(transaction, status == 1, number, hash, gas, price, Hex.Address(receipt.ContractAddress))
            : null;

    /// <summary>What the last blocks cost.</summary>
    public static FeeHistory? Fees(FeeHistoryResult history)
    {
        if (Quantity(history.BaseFeePerGas?.LastOrDefault()) is not { } next)
        {
            return null;
        }

        // A node that has no rewards yet leaves them out.
        BigInteger?[] tips = [.. (history.Reward ?? []).Select(static block => block is [{ } tip] ? Quantity(tip) : null)];
        return tips.All(static tip => tip is not null) ? new(next, [.. tips.Select(static tip => tip!.Value)]) : null;
    }
}
