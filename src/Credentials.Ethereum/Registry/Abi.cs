using System.Buffers.Binary;
using Credentials.Anchoring;
using Credentials.Ethereum.Cryptography;

namespace Credentials.Ethereum.Registry;

/// <summary>The few ABI shapes that calls of the registry are made of: a selector, static words, and bytes behind them.</summary>
/// <remarks>https://docs.soliditylang.org/en/latest/abi-spec.html</remarks>
internal static class Abi
{
    /// <summary>Size of a selector in bytes.</summary>
    public const int SelectorLength = 4;

    /// <summary>The first four bytes of the keccak-256 of a function's signature.</summary>
    public static byte[] Selector(string signature) => Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(signature)).ToArray()[..SelectorLength];

    /// <summary>Call data: selector and words.</summary>
    public static byte[] Call(ReadOnlySpan<byte> selector, params ReadOnlySpan<Bytes32> words) => [.. selector, .. Encode(words)];

    /// <summary>Words one after the other.</summary>
    public static byte[] Encode(params ReadOnlySpan<Bytes32> words)
    {
        byte[] data = new byte[words.Length * Bytes32.Length];
        for (int index = 0; index < words.Length; index++)
        {
            words[index].ToArray().CopyTo(data, index * Bytes32.Length);
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

    /// <summary>A <c>bytes</c> or <c>string</c> where it lies: its length and its bytes, filled up with zeros.</summary>
    public static Bytes32[] Tail(ReadOnlySpan<byte> bytes)
    {
        Bytes32[] words = new Bytes32[1 + ((bytes.Length + Bytes32.Length - 1) / Bytes32.Length)];
        words[0] = Word((UInt128)bytes.Length);
        for (int index = 1; index < words.Length; index++)
        {
            ReadOnlySpan<byte> rest = bytes[((index - 1) * Bytes32.Length)..];
            rest[..Math.Min(rest.Length, Bytes32.Length)].CopyTo(words[index]);
        }

        return words;
    }
}
