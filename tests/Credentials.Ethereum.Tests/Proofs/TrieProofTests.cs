using System.Security.Cryptography;
using Credentials.Anchoring;
using Credentials.Ethereum.Cryptography;
using Credentials.Ethereum.Transactions;
using Credentials.TestKit;
using Credentials.TestKit.Ledger.Tries;
using FsCheck.Fluent;

namespace Credentials.Ethereum.Proofs;

/// <summary>The strict verifier against the slow trie: what is there, what is not, and every way in which a proof can be no proof.</summary>
public sealed class TrieProofTests
{
    // Keys that share 0, 1, 2 and 30 bytes, so that branches, extensions and leaves stand at many depths.
    private static readonly (byte[] Key, byte[] Value)[] Entries =
    [
        (Key("00"), [1]), (Key("10"), Value(33)), (Key("1000", 1), Value(40)), (Key("1001"), Value(1)), (Key("10ff00"), Value(120)),
        (Key("ab", 0xab), Value(5)), (Key("abab", 0xaa), Value(32)), (Key("abab", 0xac), Value(31)), (Key("ff", 1), Value(33)), (Key("ff", 2), Value(33)),
    ];

    private static readonly SlowTrie Trie = SlowTrie.Of(Entries);

    // Both divergences and both empty places: a leaf's other end, an extension's other way, an empty branch slot, and nothing at all.
    public static TheoryData<string, byte> Absent => new()
    {
        { "20", 0 }, { "00", 1 }, { "0001", 0 }, { "1002", 0 }, { "10ff01", 0 }, { "abac", 0 }, { "ff", 3 }, { "fe", 0 }, { "abab", 0xad },
    };

    [Fact]
    public void Every_entry_is_proven()
    {
        Assert.All(Entries, static entry => Assert.Equal(entry.Value, Verify(Trie.Root, entry.Key, Trie.Prove(entry.Key)).Require().Value!.Value.ToArray()));
    }

    [Theory]
    [MemberData(nameof(Absent))]
    public void Absence_is_proven_by_an_empty_place_or_by_a_path_that_leads_elsewhere(string prefix, byte fill) =>
        Assert.Null(Verify(Trie.Root, Key(prefix, fill), Trie.Prove(Key(prefix, fill))).Require().Value);

    [Fact]
    public void An_empty_trie_holds_nothing_whether_its_node_is_shown_or_not()
    {
        Bytes32 empty = SlowTrie.Of([]).Root;
        Assert.Equal(TrieProof.EmptyRoot, empty);
        Assert.Equal("0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421", empty.ToString());
        Assert.Null(Verify(empty, Key("00"), []).Require().Value);
        Assert.Null(Verify(empty, Key("00"), [new byte[] { 0x80 }]).Require().Value);
    }

    [Fact]
    public void A_trie_of_one_entry_is_one_leaf()
    {
        SlowTrie one = SlowTrie.Of([(Key("12"), [7])]);
        Assert.Single(one.Prove(Key("34")));
        Assert.Equal([7], Verify(one.Root, Key("12"), one.Prove(Key("12"))).Require().Value!.Value.ToArray());
        Assert.Null(Verify(one.Root, Key("34"), one.Prove(Key("34"))).Require().Value);
    }

    [Fact]
    public void Nodes_shorter_than_a_hash_stand_inside_of_their_parents()
    {
        // Two keys that part at their very last place: an extension, in it a branch, in it two leaves of three bytes.
        byte[] first = Key("77", 0x10);
        byte[] second = [.. first[..^1], 0x11];
        SlowTrie trie = SlowTrie.Of([(first, [1]), (second, [2])]);
        Assert.Single(trie.Prove(first));
        Assert.Equal([1], Verify(trie.Root, first, trie.Prove(first)).Require().Value!.Value.ToArray());
        Assert.Equal([2], Verify(trie.Root, second, trie.Prove(second)).Require().Value!.Value.ToArray());
        Assert.Null(Verify(trie.Root, [.. first[..^1], 0x12], trie.Prove(first)).Require().Value);
    }

    // What a lying or broken node could send for an entry that is there, and for one that is not.
    public static TheoryData<string> Corruptions => [.. Spoilt.Keys];

    private static Dictionary<string, Func<List<byte[]>, IEnumerable<byte[]>>> Spoilt { get; } = new(StringComparer.Ordinal)
    {
        ["an empty proof"] = static _ => [],
        ["the empty trie's proof"] = static _ => [[0x80]],
        ["the last node cut off"] = static nodes => nodes.SkipLast(1),
        ["the root cut off"] = static nodes => nodes.Skip(1),
        ["a node left out in the middle"] = static nodes => [nodes[0], .. nodes.Skip(2)],
        ["nodes in the wrong order"] = static nodes => nodes.AsEnumerable().Reverse(),
        ["the last node twice"] = static nodes => nodes.Append(nodes[^1]),
        ["a foreign node at the end"] = static nodes => nodes.Append(Rlp.List(Rlp.Bytes([0x20]), Rlp.Bytes([1]))),
        ["an empty node at the end"] = static nodes => nodes.Append([]),
        ["the empty trie's node at the end"] = static nodes => nodes.Append([0x80]),
        ["a byte after the last node"] = static nodes => [.. nodes.SkipLast(1), [.. nodes[^1], 0]],
        ["a byte after the root"] = static nodes => [[.. nodes[0], 0], .. nodes.Skip(1)],
        ["the last byte of a node cut off"] = static nodes => [.. nodes.SkipLast(1), nodes[^1][..^1]],
        ["an empty node instead of the last"] = static nodes => [.. nodes.SkipLast(1), []],
        ["the root wrapped in a byte string"] = static nodes => [Rlp.Bytes(nodes[0]), .. nodes.Skip(1)],
        ["seventy nodes"] = static nodes => Enumerable.Repeat(nodes[0], 70),
        ["a megabyte"] = static nodes => [new byte[1 << 20], .. nodes.Skip(1)],
        ["the proof of another trie"] = static _ => SlowTrie.Of([(Key("10ff00"), Value(9)), (Key("2f"), Value(9)), (Key("3f"), Value(9))]).Prove(Key("10ff00")).Select(static node => node.ToArray()),
    };

    [Theory]
    [MemberData(nameof(Corruptions))]
    public void Refuses_a_proof_of_presence_with(string corruption) => AssertRefused(Key("10ff00"), corruption);

    [Theory]
    [MemberData(nameof(Corruptions))]
    public void Refuses_a_proof_of_absence_with(string corruption) => AssertRefused(Key("10ff01"), corruption);

    [Fact]
    public void Refuses_a_proof_under_another_root() =>
        Assert.False(Verify(Keccak256.Hash([1]), Key("00"), Trie.Prove(Key("00"))).Ok);

    [Fact]
    public void Refuses_the_proof_of_another_key_that_stands_in_the_same_trie()
    {
        // The same nodes can prove that a neighbour is absent; never that a key is present, nor absent where it is there.
        foreach ((byte[] key, byte[] value) in Entries)
        {
            foreach ((byte[] other, _) in Entries)
            {
                Parsed<TrieEntry> entry = Verify(Trie.Root, key, Trie.Prove(other));
                Assert.True(!entry.Ok || (entry.Value.Value is { } proven && proven.Span.SequenceEqual(value)), "another entry's proof told something that is not so");
            }
        }
    }

    public static TheoryData<string> Malformed => [.. Forged.Keys];

    // A trie whose root hashes rightly, and which nobody builds: the hash alone must not be enough.
    private static Dictionary<string, byte[]> Forged { get; } = new(StringComparer.Ordinal)
    {
        ["a leaf of an odd flag"] = Leaf([0x40, .. new byte[32]]),
        ["a leaf whose padding is not zero"] = Leaf([0x21, .. new byte[32]]),
        ["a leaf that is too short"] = Leaf([0x20, .. new byte[31]]),
        ["a leaf that is too long"] = Leaf([0x20, .. new byte[33]]),
        ["a leaf without a path"] = Leaf([]),
        ["a leaf without a value"] = Rlp.List(Rlp.Bytes([0x20, .. new byte[32]]), Rlp.Bytes([])),
        ["a leaf whose value is a list"] = Rlp.List(Rlp.Bytes([0x20, .. new byte[32]]), Rlp.List(Rlp.Bytes([1]))),
        ["an extension of no length"] = Rlp.List(Rlp.Bytes([0x00]), Rlp.Bytes(new byte[32])),
        ["an extension to nothing"] = Rlp.List(Rlp.Bytes([0x00, 0x00]), Rlp.Bytes([])),
        ["an extension to a short hash"] = Rlp.List(Rlp.Bytes([0x00, 0x00]), Rlp.Bytes(new byte[31])),
        ["an extension to the key's end"] = Rlp.List(Rlp.Bytes([0x00, .. new byte[32]]), Rlp.Bytes(new byte[32])),
        ["an extension into a leaf"] = Rlp.List(Rlp.Bytes([0x10]), Rlp.List(Rlp.Bytes([0x30]), Rlp.Bytes([1]))),
        ["a branch with a value"] = Branch([1], new byte[32], new byte[32]),
        ["a branch of one child"] = Branch([], new byte[32]),
        ["a branch of no children"] = Branch([]),
        ["a branch with a child of 31 bytes"] = Branch([], new byte[32], new byte[31]),
        ["a branch of sixteen places"] = Rlp.List([.. Enumerable.Repeat(Rlp.Bytes(new byte[32]), 16)]),
        ["three items"] = Rlp.List(Rlp.Bytes([0x20]), Rlp.Bytes([1]), Rlp.Bytes([1])),
        ["no items"] = Rlp.List(),
        ["a byte string"] = Rlp.Bytes(new byte[40]),
        ["a length with a leading zero"] = [0xf9, 0x00, 0x3a, .. Enumerable.Repeat((byte)1, 58)],
        ["a long length for a short list"] = [0xf8, 0x02, 0x20, 0x01],
        ["a single byte in a prefix"] = [0xc3, 0x20, 0x81, 0x01],
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Refuses_a_node_that_hashes_rightly_and_is(string what) =>
        Assert.Equal(ProblemCode.LedgerProofError, Verify(Keccak256.Hash(Forged[what]), new byte[32], [Forged[what]]).Problem!.Code);

    [Fact]
    public void Refuses_a_node_by_itself_that_belongs_into_its_parent()
    {
        byte[] leaf = Rlp.List(Rlp.Bytes([0x20, .. new byte[5]]), Rlp.Bytes([1]));
        byte[] root = Branch([], Keccak256.Hash(leaf).ToArray(), new byte[32]);
        Assert.Contains("belongs into its parent", Verify(Keccak256.Hash(root), new byte[32], [root, leaf]).Problem!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_verifier_and_the_slow_trie_agree_on_random_tries() => Randomised.ForAll(
        ArbMap.Default.GeneratorFor<int>(),
        static seed =>
        {
            (byte[] Key, byte[] Value)[] entries = [.. Enumerable.Range(0, Math.Abs(seed % 40)).Select(index => (SHA256.HashData(BitConverter.GetBytes(seed + index)), Value(1 + Math.Abs((seed + index) % 50))))];
            SlowTrie trie = SlowTrie.Of(entries);
            byte[] stranger = SHA256.HashData(BitConverter.GetBytes(~seed));
            return entries.All(entry => Verify(trie.Root, entry.Key, trie.Prove(entry.Key)).Value?.Value?.Span.SequenceEqual(entry.Value) == true)
                && Verify(trie.Root, stranger, trie.Prove(stranger)) is { Ok: true, Value.Value: null };
        },
        slice: 60,
        full: 5_000);

    private static void AssertRefused(byte[] key, string corruption)
    {
        List<byte[]> nodes = [.. Trie.Prove(key).Select(static node => node.ToArray())];
        Assert.True(nodes.Count >= 3);
        Assert.True(Verify(Trie.Root, key, [.. nodes.Select(static node => (ReadOnlyMemory<byte>)node)]).Ok);
        Parsed<TrieEntry> entry = Verify(Trie.Root, key, [.. Spoilt[corruption](nodes).Select(static node => (ReadOnlyMemory<byte>)node)]);
        Assert.Equal(ProblemCode.LedgerProofError, entry.Problem!.Code);
    }

    private static Parsed<TrieEntry> Verify(Bytes32 root, byte[] key, IReadOnlyList<ReadOnlyMemory<byte>> nodes) => TrieProof.Verify(root, Bytes32.From(key), nodes);

    private static byte[] Leaf(byte[] path) => Rlp.List(Rlp.Bytes(path), Rlp.Bytes([1]));

    private static byte[] Branch(byte[] value, params byte[][] children) =>
        Rlp.List([.. children.Select(static child => Rlp.Bytes(child)), .. Enumerable.Repeat(Rlp.Bytes([]), 16 - children.Length), Rlp.Bytes(value)]);

    private static byte[] Key(string prefix, byte fill = 0)
    {
        byte[] key = Enumerable.Repeat(fill, 32).ToArray();
        Convert.FromHexString(prefix).CopyTo(key, 0);
        return key;
    }

    private static byte[] Value(int length) => [.. Enumerable.Range(1, length).Select(static value => (byte)value)];
}
