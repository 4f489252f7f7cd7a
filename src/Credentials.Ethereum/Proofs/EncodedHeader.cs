using Credentials.Anchoring;
using Credentials.Ethereum.Cryptography;
using Credentials.Ethereum.Transactions;

namespace Credentials.Ethereum.Proofs;

/// <summary>A block's header as it is hashed: its keccak-256 is the block's hash. Whether that block is of any chain, it does not say: no work and no signature is in it.</summary>
/// <param name="Rlp">The RLP of all fields.</param>
/// <param name="Hash">keccak-256 of <paramref name="Rlp"/>.</param>
/// <param name="ParentHash">Hash of the block before.</param>
/// <param name="Number">The block's number.</param>
/// <param name="Time">The block's time, in whole seconds UTC.</param>
/// <param name="StateRoot">Root of the trie of all accounts after the block.</param>
/// <remarks>https://ethereum.github.io/execution-specs/ (Header), https://eips.ethereum.org/EIPS/eip-1559, 4895, 4844, 4788, 7685</remarks>
public sealed record EncodedHeader(ReadOnlyMemory<byte> Rlp, Bytes32 Hash, Bytes32 ParentHash, ulong Number, DateTimeOffset Time, Bytes32 StateRoot)
{
    /// <summary>More bytes than any header of a known fork has.</summary>
    internal const int MaxLength = 2048;

    /// <summary>Reads the RLP of a header since London. Fields that are not known here are <see cref="ProblemCode.HeaderUnsupported"/>; anything else that is no header is <see cref="ProblemCode.LedgerProofError"/>.</summary>
    public static Parsed<EncodedHeader> Read(ReadOnlyMemory<byte> rlp)
    {
        if (rlp.Length > MaxLength || RlpItem.Decode(rlp) is not { Items: { } items })
        {
            return new Problem(ProblemCode.LedgerProofError, "The block's header is no RLP list, or longer than any header.");
        }

        if (!HeaderField.Counts.Contains(items.Count))
        {
            return new Problem(ProblemCode.HeaderUnsupported, $"The block's header has {items.Count} fields, which is none of the forks that are known here: a newer version may read it.");
        }

        for (int index = 0; index < items.Count; index++)
        {
            if (!HeaderField.All[index].Takes(items[index]))
            {
                return new Problem(ProblemCode.LedgerProofError, $"The block's header has a malformed {HeaderField.All[index].Name}.");
            }
        }

        Bytes32 Word(int index) => Bytes32.From(items[index].Bytes!.Value.Span);
        return (ulong)items[HeaderField.Timestamp].AsInteger()!.Value is var time and <= HeaderField.LastSecond
            ? new EncodedHeader(
                rlp,
                Keccak256.Hash(rlp.Span),
                Word(HeaderField.ParentHash),
                (ulong)items[HeaderField.Number].AsInteger()!.Value,
                DateTimeOffset.FromUnixTimeSeconds((long)time),
                Word(HeaderField.StateRoot))
            : new Problem(ProblemCode.LedgerProofError, "The block's header has a time beyond the year 9999.");
    }

    /// <summary>As other reads of the chain name the block.</summary>
    public BlockHeader ToBlock() => new(Number, Hash, Time);
}
