using Credentials.Anchoring;
using Credentials.TestKit.Ledger;

namespace Credentials.Ethereum.Registry;

/// <summary>What is taken for a record of the contract, and what is not: every answer has one encoding.</summary>
public sealed class RegistryStateAbiTests
{
    private const int Head = 12;
    private const int KeyAt = 1 + Head;

    private static readonly RegistryState Full = new(EthereumAddress.From(Enumerable.Repeat((byte)0x33, 20).ToArray()), 1, ulong.MaxValue, 3)
    {
        DistrustedAt = 4,
        Key = new(Enumerable.Repeat((byte)0x44, 35).ToArray(), 5, 6, KeyRevocationReason.Compromised),
        CurrentIdentity = new(Hash(0x55)),
        Identity = new(7, 8),
        Succession = new(new(Hash(0x66)), 9),
        Path =
        [
            new(new(10, 11, 12, AccreditationScope.EqfLevel7 | AccreditationScope.Accredits), new(13, 0)),
            new(default, new(14, 15)),
        ],
    };

    public static TheoryData<string> Kinds => ["full", "nothing", "key of 32 bytes", "key of 33 bytes", "four links"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Reads_what_the_contract_writes(string kind)
    {
        RegistryState state = Of(kind);
        Assert.Equal(state, RegistryStateAbi.Decode(RegistryAnswer.Encode(state), state.Path.Count));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Refuses_an_answer_that_is_cut_anywhere_or_goes_on(string kind)
    {
        RegistryState state = Of(kind);
        byte[] answer = RegistryAnswer.Encode(state);
        Assert.All(Enumerable.Range(0, answer.Length), length => Assert.Null(RegistryStateAbi.Decode(answer.AsSpan(0, length), state.Path.Count)));
        Assert.Null(RegistryStateAbi.Decode([.. answer, 0], state.Path.Count));
        Assert.Null(RegistryStateAbi.Decode([.. answer, .. new byte[32]], state.Path.Count));
    }

    [Fact]
    public void Refuses_an_answer_about_more_or_fewer_links_than_were_asked_about()
    {
        byte[] answer = RegistryAnswer.Encode(Full);
        Assert.All([0, 1, 3, 4], links => Assert.Null(RegistryStateAbi.Decode(answer, links)));
    }

    [Fact]
    public void Every_bit_of_an_answer_is_read_or_must_be_zero()
    {
        byte[] answer = RegistryAnswer.Encode(Full);
        for (int bit = 0; bit < answer.Length * 8; bit++)
        {
            byte[] altered = [.. answer];
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            RegistryState? read = RegistryStateAbi.Decode(altered, Full.Path.Count);
            Assert.True(read is null || (read != Full && RegistryAnswer.Encode(read).SequenceEqual(altered)), $"bit {bit}");
        }
    }

    public static TheoryData<string, int, ulong> Offsets => new()
    {
        { "the record elsewhere", 0, 64 },
        { "the key elsewhere", 6, 0 },
        { "the key far away", 6, ulong.MaxValue },
        { "the path before the key", 12, 12 * 32 },
        { "the path far away", 12, 1UL << 63 },
        { "a reason that nobody has", KeyAt + 2, 3 },
        { "the key's bytes elsewhere", KeyAt + 3, 160 },
        { "a key of no end", KeyAt + 4, ulong.MaxValue },
        { "a key longer than the answer", KeyAt + 4, 100_000 },
        { "a path of no end", KeyAt + 7, ulong.MaxValue },
    };

    [Theory]
    [MemberData(nameof(Offsets))]
    public void Refuses(string what, int word, ulong value)
    {
        Bytes32[] words = [.. RegistryAnswer.Encode(Full).Chunk(Bytes32.Length).Select(word => Bytes32.From(word))];
        words[word] = Abi.Word((UInt128)value);
        Assert.True(RegistryStateAbi.Decode(Abi.Encode(words), Full.Path.Count) is null, what);
    }

    [Fact]
    public void A_time_of_65_bits_is_none()
    {
        Bytes32[] words = [.. RegistryAnswer.Encode(Full).Chunk(Bytes32.Length).Select(word => Bytes32.From(word))];
        words[2] = Abi.Word((UInt128)1 << 64);
        Assert.Null(RegistryStateAbi.Decode(Abi.Encode(words), Full.Path.Count));
    }

    private static RegistryState Of(string kind) => kind switch
    {
        "full" => Full,
        "key of 32 bytes" => Full with { Key = Full.Key! with { Multikey = new byte[32] } },
        "key of 33 bytes" => Full with { Key = Full.Key! with { Multikey = new byte[33] } },
        "four links" => Full with { Path = [.. Full.Path, .. Full.Path] },
        _ => RegistryState.Nothing,
    };

    private static Bytes32 Hash(byte value) => Bytes32.From(Enumerable.Repeat(value, 32).ToArray());
}
