using System.Buffers.Binary;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;

namespace Credentials.TestKit.Ledger;

/// <summary>Call data as the contract reads it: a selector, words, and bytes behind them.</summary>
internal sealed class InMemoryCall(byte[] data)
{
    /// <summary>The first word, which most functions take for the institution.</summary>
    public InstitutionId Institution => new(Word(0));

    /// <summary>Whether it calls that function, with so many words where the function has no more.</summary>
    public bool Is(byte[] selector, int? words) =>
        data.AsSpan().StartsWith(selector) && (words is { } count ? data.Length == Abi.SelectorLength + (count * Bytes32.Length) : data.Length >= Abi.SelectorLength + Bytes32.Length);

    /// <summary>One word.</summary>
    public Bytes32 Word(int index) => Bytes32.From(data.AsSpan(Abi.SelectorLength + (index * Bytes32.Length), Bytes32.Length));

    /// <summary>One word as a number.</summary>
    public ulong UInt64(int index) => BinaryPrimitives.ReadUInt64BigEndian(Word(index).ToArray().AsSpan(24));

    /// <summary>One word as an account.</summary>
    public EthereumAddress Account(int index) => EthereumAddress.From(Word(index).ToArray().AsSpan(12));

    /// <summary>One word as a handle.</summary>
    public RegistryHandle Handle(int index) => RegistryHandle.From(Word(index).ToArray().AsSpan(0, RegistryHandle.Length));

    /// <summary>The first four words as a link.</summary>
    public AccreditationLink Link() => new(new(Word(0)), new(Word(1)), new(Word(2)), UInt64(3));

    /// <summary>The bytes to which a word points; null where they are not there.</summary>
    public byte[]? Bytes(int index)
    {
        int at = Abi.SelectorLength + (int)UInt64(index);
        if (at + Bytes32.Length > data.Length)
        {
            return null;
        }

        int length = (int)BinaryPrimitives.ReadUInt64BigEndian(data.AsSpan(at + 24, sizeof(ulong)));
        return at + Bytes32.Length + length <= data.Length ? data.AsSpan(at + Bytes32.Length, length).ToArray() : null;
    }
}
