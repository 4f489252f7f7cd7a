using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Ethereum.Cryptography;
using Credentials.Ethereum.JsonRpc;
using Credentials.Ethereum.LocalChain;
using Credentials.Ethereum.Transactions;
using Credentials.TestKit;
using Credentials.TestKit.Ledger;

namespace Credentials.Ethereum.Proofs;

/// <summary>Headers of every fork since London, and what is no header: a lie is told from fields that are only new.</summary>
public sealed class EncodedHeaderTests
{
    private const string Folder = "ethereum-headers";
    private static readonly byte[][] Fields = [.. HeaderField.All.Select(static (field, index) => field.Bits > 0 ? Rlp.Integer(1000 + index) : Rlp.Bytes([.. Enumerable.Repeat((byte)(index + 1), field.Size ?? 7)]))];

    public static TheoryData<int> Forks => [16, 17, 20, 21];

    public static TheoryData<string> Names => [.. HeaderField.All.Select(static known => known.Name)];

    [Theory]
    [MemberData(nameof(Forks))]
    public void A_header_of_each_fork_is_rebuilt_from_json(int fields)
    {
        JsonObject block = Block(fields);
        EncodedHeader header = Read(block).Require();
        Assert.Equal((1008UL, 1011L, block["hash"]!.GetValue<string>()), (header.Number, header.Time.ToUnixTimeSeconds(), header.Hash.ToString()));
        Assert.Equal(Rlp.List(Fields.AsSpan(0, fields)), header.Rlp.ToArray());
        Assert.Equal(Enumerable.Repeat((byte)(HeaderField.StateRoot + 1), 32), header.StateRoot.ToArray());
    }

    [AnvilTheory]
    [InlineData("london", 16)]
    [InlineData("paris", 16)]
    [InlineData("shanghai", 17)]
    [InlineData("cancun", 20)]
    [InlineData("prague", 21)]
    [InlineData("osaka", 21)]
    public async Task A_nodes_own_header_of_each_fork_hashes_as_the_node_says(string fork, int fields)
    {
        string binary = AnvilProcess.FindBinary(Repository.Root).Path!;
        await using AnvilProcess node = await AnvilProcess.StartAsync(new AnvilOptions(binary, 4711) { BlockTime = 0.1, Hardfork = fork }, default);
        using EthereumLedger ledger = new(node.Url);
        while ((await ledger.GetBlockAsync(BlockTag.Latest, default))!.Number < 2)
        {
            await Task.Delay(50);
        }

        EncodedHeader header = (await ledger.GetHeaderAsync(BlockTag.Number(2), default))!.Value.Require();
        Assert.Equal(fields, RlpItem.Decode(header.Rlp)!.Items!.Count);
    }

    [HeaderVectorFact]
    public void Headers_of_the_public_chain_hash_as_it_knows_them()
    {
        string[] files = Directory.GetFiles(Vectors.Path(Folder), "*.json");
        Assert.NotEmpty(files);
        Assert.All(files, static file =>
        {
            JsonElement json = JsonDocument.Parse(File.ReadAllBytes(file)).RootElement;
            JsonElement block = json.TryGetProperty("result", out JsonElement result) ? result : json;
            Assert.Equal(Hex.Hash(block.GetProperty("hash")), BlockJson.Read(block, "vectors").Require().Hash);
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_field_that_was_altered_is_a_lie(string name)
    {
        JsonObject block = Block(21);
        string text = block[name]!.GetValue<string>();
        block[name] = text[..^1] + (text[^1] == '1' ? '2' : '1');
        AssertLie(block);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_field_that_is_malformed_is_a_lie(string name)
    {
        foreach (JsonNode? bad in new JsonNode?[] { "", "0x", "0xzz", 7, "0x" + new string('f', 5000), new JsonArray() })
        {
            // Extra data may be empty; then it is another header.
            JsonObject block = Block(21);
            block[name] = bad;
            AssertLie(block);
        }
    }

    [Fact]
    public void A_block_without_a_hash_or_with_another_is_a_lie()
    {
        JsonObject none = Block(21);
        none.Remove("hash");
        AssertLie(none);
        JsonObject other = Block(21);
        other["hash"] = "0x" + new string('a', 64);
        AssertLie(other);
    }

    [Fact]
    public void Fields_that_are_not_known_here_accuse_nobody()
    {
        JsonObject block = Block(21);
        block["blockAccessListHash"] = "0x" + new string('b', 64);
        block["hash"] = Keccak256.Hash(Rlp.List([.. Fields, Rlp.Bytes(Enumerable.Repeat((byte)0xbb, 32).ToArray())])).ToString();
        Parsed<EncodedHeader> header = Read(block);
        Assert.Equal(ProblemCode.HeaderUnsupported, header.Problem!.Code);
        Assert.Contains("blockAccessListHash", header.Problem.Detail, StringComparison.Ordinal);
        Assert.Contains("https://node.example", header.Problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Fields_with_a_gap_accuse_nobody()
    {
        JsonObject block = Block(20);
        block.Remove("withdrawalsRoot");
        Assert.Equal(ProblemCode.HeaderUnsupported, Read(block).Problem!.Code);
    }

    [Fact]
    public void What_nodes_say_beside_the_header_does_not_disturb_it()
    {
        JsonObject block = Block(20);
        block["totalDifficulty"] = "0x0";
        block["author"] = "0x" + new string('1', 40);
        block["requestsHash"] = null;
        Assert.True(Read(block).Ok);
    }

    public static TheoryData<string, string> Encodings => new()
    {
        { "before London", ProblemCode.HeaderUnsupported },
        { "half of Cancun", ProblemCode.HeaderUnsupported },
        { "a field more than Prague", ProblemCode.HeaderUnsupported },
        { "no fields", ProblemCode.HeaderUnsupported },
        { "a byte cut off", ProblemCode.LedgerProofError },
        { "a byte too many", ProblemCode.LedgerProofError },
        { "no bytes", ProblemCode.LedgerProofError },
        { "a byte string", ProblemCode.LedgerProofError },
        { "too long", ProblemCode.LedgerProofError },
        { "a number with a leading zero", ProblemCode.LedgerProofError },
        { "a number beyond 64 bits", ProblemCode.LedgerProofError },
        { "a root of 31 bytes", ProblemCode.LedgerProofError },
        { "a list for a field", ProblemCode.LedgerProofError },
        { "a time beyond the calendar", ProblemCode.LedgerProofError },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Refuses_as_a_header(string what, string code) => Assert.Equal(code, EncodedHeader.Read(Spoil(what)).Problem!.Code);

    private static byte[] Spoil(string what) => what switch
    {
        "before London" => Rlp.List(Fields.AsSpan(0, 15)),
        "half of Cancun" => Rlp.List(Fields.AsSpan(0, 19)),
        "a field more than Prague" => Rlp.List([.. Fields, Rlp.Bytes(new byte[32])]),
        "no fields" => Rlp.List(),
        "a byte cut off" => Rlp.List(Fields)[..^1],
        "a byte too many" => [.. Rlp.List(Fields), 0],
        "no bytes" => [],
        "a byte string" => Rlp.Bytes(Rlp.List(Fields)),
        "too long" => With("extraData", Rlp.Bytes(new byte[2048])),
        "a number with a leading zero" => With("number", [0x82, 0x00, 0x01]),
        "a number beyond 64 bits" => With("gasUsed", Rlp.Bytes([1, 0, 0, 0, 0, 0, 0, 0, 0])),
        "a root of 31 bytes" => With("stateRoot", Rlp.Bytes(new byte[31])),
        "a list for a field" => With("miner", Rlp.List()),
        "a time beyond the calendar" => With("timestamp", Rlp.Integer(HeaderField.LastSecond + 1)),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    private static byte[] With(string name, byte[] value) => Rlp.List([.. Fields.Select((field, index) => HeaderField.All[index].Name == name ? value : field)]);

    private static JsonObject Block(int fields)
    {
        JsonObject block = new() { ["hash"] = Keccak256.Hash(Rlp.List(Fields.AsSpan(0, fields))).ToString(), ["size"] = "0x1", ["transactions"] = new JsonArray(), ["uncles"] = new JsonArray(), ["withdrawals"] = new JsonArray() };
        for (int index = 0; index < fields; index++)
        {
            ReadOnlySpan<byte> value = RlpItem.Decode(Fields[index])!.Bytes!.Value.Span;
            block[HeaderField.All[index].Name] = HeaderField.All[index].Bits > 0 ? ScriptedNode.Quantity((ulong)(1000 + index)) : Hex.Write(value);
        }

        return block;
    }

    private static Parsed<EncodedHeader> Read(JsonObject block) => BlockJson.Read(JsonDocument.Parse(block.ToJsonString()).RootElement, "https://node.example");

    private static void AssertLie(JsonObject block)
    {
        Parsed<EncodedHeader> header = Read(block);
        Assert.Equal(ProblemCode.LedgerProofError, header.Problem!.Code);
        Assert.Contains("https://node.example", header.Problem.Detail, StringComparison.Ordinal);
    }

    /// <summary>A fact that needs headers of a public chain among the vectors; without them it is skipped and says how to have them.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class HeaderVectorFactAttribute : FactAttribute
    {
        public HeaderVectorFactAttribute() => Skip = Vectors.Folder is { } folder && Directory.Exists(Path.Combine(folder, Folder)) ? null
            : $"The vectors hold no headers of a public chain: put answers of eth_getBlockByNumber as JSON files into {Folder} in the folder that {Vectors.Variable} names.";
    }
}
