using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Transactions;
using Xunit;

namespace Credentials.TestKit.Ledger;

/// <summary>How every client deals with nodes that are unlike Anvil.</summary>
public abstract class StrangeNodeLaws : ClientLaws
{
    private static readonly string HashA = "0x" + new string('a', 64);

    [Fact]
    public async Task A_tag_that_the_node_does_not_know_is_null()
    {
        await using FaultyNode node = Start(WithoutTags(head: 100));
        ILedger ledger = Connect(node.Url);
        Assert.Null(await ledger.GetBlockAsync(BlockTag.Safe, default));
        Assert.Null(await ledger.GetBlockAsync(BlockTag.Finalized, default));
        RegistryView view = await ledger.ReadRegistryAsync(default, new(default), default);
        Assert.Equal((100UL, null, null), (view.Latest.Block.Number, view.Safe, view.Finalized));
    }

    [Fact]
    public async Task A_chain_without_tags_falls_back_to_the_configured_depth()
    {
        await using FaultyNode node = Start(WithoutTags(head: 100));
        ILedger ledger = Connect(new EthereumLedgerOptions(node.Url) { SafeDepth = 8, FinalizedDepth = 32 });
        Assert.Equal(92UL, (await ledger.GetBlockAsync(BlockTag.Safe, default))!.Number);
        Assert.Equal(68UL, (await ledger.GetBlockAsync(BlockTag.Finalized, default))!.Number);
        Assert.Equal(68UL, await ledger.GetTransactionCountAsync(default, BlockTag.Finalized, default));
        Assert.Equal(68UL, (await ledger.LookUpAsync(default, new(default), BlockTag.Finalized, default)).AnchoredBlock);
        RegistryView view = await ledger.ReadRegistryAsync(default, new(default), default);
        Assert.Equal((92UL, 68UL), (view.Safe!.Block.Number, view.Finalized!.State!.AnchoredBlock));
    }

    [Fact]
    public async Task A_chain_shorter_than_the_depth_has_its_genesis_finalized()
    {
        await using FaultyNode node = Start(WithoutTags(head: 3));
        ILedger ledger = Connect(new EthereumLedgerOptions(node.Url) { FinalizedDepth = 32 });
        Assert.Equal(0UL, (await ledger.GetBlockAsync(BlockTag.Finalized, default))!.Number);
    }

    [Fact]
    public async Task A_node_that_refuses_for_another_reason_is_unavailable()
    {
        await using FaultyNode node = Start((_, _) => ScriptedNode.Error(-32005, "limit exceeded"));
        ILedger ledger = Connect(new EthereumLedgerOptions(node.Url) { FinalizedDepth = 32 });
        LedgerUnavailableException told = await Assert.ThrowsAsync<LedgerUnavailableException>(() => ledger.GetBlockAsync(BlockTag.Finalized, default));
        Assert.Contains("limit exceeded (code -32005)", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_fee_history_the_gas_price_serves()
    {
        await using FaultyNode node = Start((method, _) => method == "eth_gasPrice" ? ScriptedNode.Result("0x64") : ScriptedNode.Error(-32601, "Method not found"));
        ILedger ledger = Connect(new EthereumLedgerOptions(node.Url) { MinimumTip = 3 });
        Assert.Equal(new(203, 3), await ledger.SuggestFeesAsync(default));
    }

    [Fact]
    public async Task A_used_up_nonce_is_accepted_when_it_was_this_very_transaction()
    {
        SignedTransaction transaction = Signed();
        await using FaultyNode node = Start((method, _) => method == "eth_sendRawTransaction" ? ScriptedNode.Error(-32000, "nonce too low") : ScriptedNode.Result(Receipt(transaction.Hash)));
        ILedger ledger = Connect(node.Url);
        Assert.Equal(new(SendOutcome.Accepted, "nonce too low"), await ledger.SendAsync(transaction, default));
    }

    [Fact]
    public async Task A_used_up_nonce_stays_so_when_it_was_another_transaction()
    {
        await using FaultyNode node = Start((method, _) => method == "eth_sendRawTransaction" ? ScriptedNode.Error(-32000, "nonce too low") : ScriptedNode.Result(null));
        ILedger ledger = Connect(node.Url);
        Assert.Equal(new(SendOutcome.NonceTooLow, "nonce too low"), await ledger.SendAsync(Signed(), default));
    }

    [Fact]
    public async Task A_used_up_nonce_is_not_judged_while_the_receipt_cannot_be_had()
    {
        await using FaultyNode node = Start((method, _) => method == "eth_sendRawTransaction" ? ScriptedNode.Error(-32000, "nonce too low") : ScriptedNode.Error(-32603, "internal error"));
        ILedger ledger = Connect(node.Url);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => ledger.SendAsync(Signed(), default));
    }

    [Fact]
    public async Task A_node_that_names_another_hash_is_not_believed()
    {
        await using FaultyNode node = Start((_, _) => ScriptedNode.Result(HashA));
        ILedger ledger = Connect(node.Url);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => ledger.SendAsync(Signed(), default));
    }

    [Fact]
    public async Task The_receipt_of_another_transaction_is_not_believed()
    {
        await using FaultyNode node = Start((_, _) => ScriptedNode.Result(Receipt(Signed().Hash)));
        ILedger ledger = Connect(node.Url);
        Bytes32 asked = Bytes32.From(Enumerable.Repeat((byte)0xaa, 32).ToArray());
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => ledger.GetReceiptAsync(asked, default));
    }

    [Theory]
    [InlineData("status", "0x2")]
    [InlineData("status", null)]
    [InlineData("blockNumber", null)]
    [InlineData("blockHash", "0x")]
    [InlineData("gasUsed", "0x0001")]
    [InlineData("effectiveGasPrice", null)]
    public async Task A_malformed_receipt_is_no_receipt(string member, string? value)
    {
        Bytes32 hash = Bytes32.From(Enumerable.Repeat((byte)0xaa, 32).ToArray());
        JsonObject receipt = Receipt(hash);
        receipt[member] = value;
        await using FaultyNode node = Start((_, _) => ScriptedNode.Result(receipt.DeepClone()));
        ILedger ledger = Connect(node.Url);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => ledger.GetReceiptAsync(hash, default));
    }

    [Fact]
    public async Task A_block_after_the_year_9999_is_no_block()
    {
        await using FaultyNode node = Start((_, _) => ScriptedNode.Result(ScriptedNode.Block(1, HashA, ulong.MaxValue)));
        ILedger ledger = Connect(node.Url);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => ledger.GetBlockAsync(BlockTag.Latest, default));
    }

    [Fact]
    public async Task Marks_and_registry_take_one_round_trip_each()
    {
        await using FaultyNode node = Start(WithoutTags(head: 100));
        ILedger ledger = Connect(node.Url);
        await ledger.GetMarksAsync(EthereumAddress.Zero, default);
        Assert.Equal(1, node.Requests);
        await ledger.ReadRegistryAsync(default, new(default), default);
        Assert.Equal(2, node.Requests);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    public async Task A_node_that_refuses_batches_is_asked_one_by_one(int status)
    {
        const string Refusal = """{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"batch requests are not supported"}}""";
        await using FaultyNode node = FaultyNode.Start(request => request[0] == '[' ? FaultyAnswer.Json(Refusal, status) : FaultyAnswer.Json(ScriptedNode.Answer(request, WithoutTags(head: 100))));
        using EthereumLedger ledger = new(node.Url);
        Assert.Equal(1UL, (await ledger.GetMarksAsync(EthereumAddress.Zero, default)).ChainId);
        Assert.Equal(4, node.Requests);
        Assert.Equal(100UL, (await ledger.ReadRegistryAsync(default, new(default), default)).Latest.State!.AnchoredBlock);
        Assert.Equal(13, node.Requests);
    }

    [Fact]
    public async Task A_node_that_is_asked_too_often_is_not_asked_more_often()
    {
        const string Refusal = """{"jsonrpc":"2.0","id":null,"error":{"code":-32005,"message":"limit exceeded"}}""";
        await using FaultyNode node = FaultyNode.Start(_ => FaultyAnswer.Json(Refusal));
        using EthereumLedger ledger = new(node.Url);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => ledger.GetMarksAsync(EthereumAddress.Zero, default));
        Assert.Equal(1, node.Requests);
    }

    private static FaultyNode Start(Func<string, JsonArray, JsonObject> answer) => FaultyNode.Start(request => FaultyAnswer.Json(ScriptedNode.Answer(request, answer)));

    // The contract says that it anchored something in whatever block is asked for.
    private static Func<string, JsonArray, JsonObject> WithoutTags(ulong head) => (method, parameters) => method switch
    {
        "eth_chainId" => ScriptedNode.Result("0x1"),
        "eth_getCode" => ScriptedNode.Result("0x00"),
        "eth_getBlockByNumber" => NumberOf(parameters[0]!, head) is { } number ? ScriptedNode.Result(ScriptedNode.Block(number, HashA, 1_000 + number)) : ScriptedNode.Error(-32602, "unknown block tag"),
        "eth_getTransactionCount" => ScriptedNode.Result(ScriptedNode.Quantity(NumberOf(parameters[1]!, head)!.Value)),
        "eth_call" => NumberOf(parameters[1]!, head) is { } number ? ScriptedNode.Result("0x" + Convert.ToHexStringLower(RegistryAnswer.Encode(AnchoredIn(number)))) : ScriptedNode.Error(-32602, "unknown block tag"),
        _ => ScriptedNode.Error(-32601, "Method not found"),
    };

    private static ulong? NumberOf(JsonNode tag, ulong head) => tag.GetValue<string>() switch
    {
        "latest" => head,
        ['0', 'x', .. var hex] => ulong.Parse(hex, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };

    private static RegistryState AnchoredIn(ulong block) => new(EthereumAddress.From([.. new byte[19], 1]), 1, block, 0);

    private static JsonObject Receipt(Bytes32 hash) => new()
    {
        ["transactionHash"] = hash.ToString(),
        ["status"] = "0x1",
        ["blockNumber"] = "0x1",
        ["blockHash"] = HashA,
        ["gasUsed"] = "0x5208",
        ["effectiveGasPrice"] = "0x1",
        ["contractAddress"] = null,
    };

    private static SignedTransaction Signed()
    {
        using ChainAccount account = ChainAccount.Generate();
        return Eip1559.Sign(new(1, 0, EthereumAddress.Zero, default, 0, 21_000, new(1, 1)), account);
    }
}
