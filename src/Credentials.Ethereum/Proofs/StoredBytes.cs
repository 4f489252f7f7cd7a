using System.Numerics;
using Credentials.Anchoring;

namespace Credentials.Ethereum.Proofs;

/// <summary>How Solidity stores <c>bytes</c>: up to 31 in the slot itself, with twice their number in its last byte; more from the slot's hash on, with twice their number and one in the slot.</summary>
/// <remarks>https://docs.soliditylang.org/en/latest/internals/layout_in_storage.html#bytes-and-string</remarks>
internal static class StoredBytes
{
    private const int MaxShort = 31;
    private const int MaxLength = RegistryStorage.MaxKeySlots * Bytes32.Length;

    /// <summary>The number of bytes, given the slot; null for what the contract never writes.</summary>
    public static int? LengthOf(BigInteger head)
    {
        if (!head.IsEven)
        {
            BigInteger length = head >> 1;
            return length > MaxShort && length <= MaxLength ? (int)length : null;
        }

        int stored = (int)(head & 0xff) / 2;
        bool padded = stored <= MaxShort && ((head >> 8) & ((BigInteger.One << (8 * (MaxShort - stored))) - 1)).IsZero;
        return padded ? stored : null;
    }

    /// <summary>How many slots beside its own hold bytes of that number.</summary>
    public static int DataSlots(int length) => length > MaxShort ? (length + Bytes32.Length - 1) / Bytes32.Length : 0;

    /// <summary>The bytes; null for what the contract never writes.</summary>
    public static byte[]? Read(BigInteger head, IEnumerable<BigInteger> data)
    {
        if (LengthOf(head) is not { } length)
        {
            return null;
        }

        byte[] bytes = length > MaxShort ? [.. data.SelectMany(static word => RegistryStorage.Word(word).ToArray())] : RegistryStorage.Word(head).ToArray();
        bool clean = length <= MaxShort || !bytes.AsSpan(length).ContainsAnyExcept((byte)0);
        return clean ? bytes[..length] : null;
    }
}
