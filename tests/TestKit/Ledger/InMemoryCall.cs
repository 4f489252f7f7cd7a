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

    /// <summary>Four words as a link, the first four unless told otherwise.</summary>
    public AccreditationLink Link(int index = 0) => new(new(Word(index)), new(Word(index + 1)), new(Word(index + 2)), UInt64(index + 3));

    /// <summary>The question of a look-up; null for another call, and for a path that is too long.</summary>
    public LookupQuery? Query()
    {
        // An offset, six words of the question, the number of its links, the links.
        const int Links = 8;
        return Is(RegistrySelector.LookUp, null) && UInt64(Links - 1) <= AccreditationLink.MaxPath
            ? new LookupQuery(new(Word(1)), new(Word(2)), Handle(3))
            {
                Key = Word(4),
                Identity = new(Word(5)),
                Path = [.. Enumerable.Range(0, (int)UInt64(Links - 1)).Select(link => Link(Links + (4 * link)))],
            }
            : null;
    }

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
