using System.Buffers.Binary;
using System.Numerics;
using Credentials.Anchoring;
using Credentials.Ethereum.Cryptography;

namespace Credentials.Ethereum.Registry;

/// <summary>The few ABI shapes that the registry uses: a selector, static words, and a record of four words.</summary>
/// <remarks>https://docs.soliditylang.org/en/latest/abi-spec.html</remarks>
internal static class Abi
{
    /// <summary>Size of a selector in bytes.</summary>
    public const int SelectorLength = 4;

    /// <summary>The first four bytes of the keccak-256 of a function's signature.</summary>
    public static byte[] Selector(string signature) => Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(signature)).ToArray()[..SelectorLength];

    /// <summary>Call data: selector and words.</summary>
    public static byte[] Call(ReadOnlySpan<byte> selector, params ReadOnlySpan<Bytes32> words)
    {
        byte[] data = new byte[SelectorLength + (words.Length * Bytes32.Length)];
        selector.CopyTo(data);
        for (int index = 0; index < words.Length; index++)
        {
            words[index].ToArray().CopyTo(data, SelectorLength + (index * Bytes32.Length));
        }

        return data;
    }

    /// <summary>A uint256.</summary>
    public static Bytes32 Word(UInt128 value)
    {
        Span<byte> word = stackalloc byte[Bytes32.Length];
        word.Clear();
        BinaryPrimitives.WriteUInt128BigEndian(word[16..], value);
        return Bytes32.From(word);
    }

    /// <summary>An address.</summary>
    public static Bytes32 Word(EthereumAddress address)
    {
        Span<byte> word = stackalloc byte[Bytes32.Length];
        word.Clear();
        address.ToArray().CopyTo(word[12..]);
        return Bytes32.From(word);
    }

    /// <summary>A bytes16, which stands at the left.</summary>
    public static Bytes32 Word(RegistryHandle handle)
    {
        Span<byte> word = stackalloc byte[Bytes32.Length];
        word.Clear();
        handle.ToArray().CopyTo(word);
        return Bytes32.From(word);
    }

    /// <summary>Reads <c>(address, uint64, uint64, uint64)</c>; null where the length is another or a padding byte is not zero.</summary>
    public static RegistryState? DecodeState(ReadOnlySpan<byte> answer) =>
        answer.Length == 4 * Bytes32.Length
        && !answer[..12].ContainsAnyExcept((byte)0)
        && TryUInt64(answer[32..64]) is { } anchoredAt
        && TryUInt64(answer[64..96]) is { } anchoredBlock
        && TryUInt64(answer[96..]) is { } revokedAt
            ? new(EthereumAddress.From(answer[12..32]), anchoredAt, anchoredBlock, revokedAt)
            : null;

    private static ulong? TryUInt64(ReadOnlySpan<byte> word) =>
        new BigInteger(word, isUnsigned: true, isBigEndian: true) is var value && value <= ulong.MaxValue ? (ulong)value : null;
}
