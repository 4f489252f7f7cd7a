using Credentials.Ethereum.Cryptography;
using Credentials.Ethereum.JsonRpc;
using Credentials.Ethereum.Nethereum.Node;
using Credentials.Ethereum.Nethereum.Registry;
using Nethereum.Contracts;
using Nethereum.Hex.HexTypes;
using Nethereum.RPC.Eth;
using Nethereum.RPC.Eth.Blocks;
using Nethereum.RPC.Eth.DTOs;
using Nethereum.RPC.Eth.Transactions;

namespace Credentials.Ethereum.Nethereum;

/// <content>The chain's marks, blocks by tag, and the registry as of them.</content>
public sealed partial class NethereumLedger
{
    private const string ABlock = "a block";

    /// <inheritdoc/>
    public async Task<ChainMarks> GetMarksAsync(EthereumAddress? contract, CancellationToken cancellationToken)
    {
        NodeBatch batch = new(_node);
        Func<ChainMarks> marks = AddMarks(batch, contract);
        await batch.SendAsync(cancellationToken);
        return marks();
    }

    /// <inheritdoc/>
    public async Task<BlockHeader?> GetBlockAsync(BlockTag tag, CancellationToken cancellationToken)
    {
        NodeAnswer<BlockWithTransactionHashes> answer = await AskBlockAsync(tag, cancellationToken);
        if (!HasNoSuchBlock(answer))
        {
            return answer.Read(NodeValues.Header, ABlock);
        }

        if (_options.DepthOf(tag) is not { } depth)
        {
            return null;
        }

        BlockHeader head = (await AskBlockAsync(BlockTag.Latest, cancellationToken)).Read(NodeValues.Header, ABlock);
        return (await AskBlockAsync(BlockTag.Below(head, depth), cancellationToken)).Read(NodeValues.Header, ABlock);
    }

    /// <inheritdoc/>
    public async Task<RegistryState> LookUpAsync(EthereumAddress contract, LookupQuery query, BlockTag tag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        CallInput call = LookupFunction.Of(query).CreateCallInput(contract.ToString());
        BlockParameter block = await ResolveAsync(tag, cancellationToken);
        NodeAnswer<string> answer = await _node.AskAsync("eth_call", eth => eth.Transactions.Call.SendRequestAsync(call, block), cancellationToken);
        return answer.Read(Hex.Data, "data").Length == 0 && tag == BlockTag.Latest
            ? throw new LedgerUnavailableException($"The node at {_node.Name} has no contract at {contract}.")
            : ReadState(answer, query) ?? throw answer.Unreadable("an answer of the registry contract");
    }

    /// <inheritdoc/>
    public async Task<RegistryView> ReadRegistryAsync(EthereumAddress contract, LookupQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        CallInput call = LookupFunction.Of(query).CreateCallInput(contract.ToString());
        NodeBatch batch = new(_node);
        Func<ChainMarks> marks = AddMarks(batch, contract);
        BlockTag[] tags = [BlockTag.Latest, BlockTag.Safe, BlockTag.Finalized];
        Func<NodeAnswer<BlockWithTransactionHashes>>[] blocks = [.. tags.Select(tag => AddBlock(batch, tag))];
        Func<NodeAnswer<string>>[] states = [.. tags.Select(tag => AddCall(batch, call, tag))];
        await batch.SendAsync(cancellationToken);

        RegistrySnapshot latest = new(blocks[0]().Read(NodeValues.Header, ABlock), ReadState(states[0](), query));
        RegistrySnapshot?[] settled = new RegistrySnapshot?[2];
        for (int tag = 1; tag <= settled.Length; tag++)
        {
            settled[tag - 1] = !HasNoSuchBlock(blocks[tag]()) ? new(blocks[tag]().Read(NodeValues.Header, ABlock), ReadState(states[tag](), query))
                : _options.DepthOf(tags[tag]) is { } depth ? await ReadAtAsync(call, query, BlockTag.Below(latest.Block, depth), cancellationToken)
                : null;
        }

        return new(marks(), latest, settled[0], settled[1]);
    }

    private async Task<RegistrySnapshot> ReadAtAsync(CallInput call, LookupQuery query, BlockTag number, CancellationToken cancellationToken)
    {
        NodeBatch batch = new(_node);
        Func<NodeAnswer<BlockWithTransactionHashes>> block = AddBlock(batch, number);
        Func<NodeAnswer<string>> state = AddCall(batch, call, number);
        await batch.SendAsync(cancellationToken);
        return new(block().Read(NodeValues.Header, ABlock), ReadState(state(), query));
    }

    private async Task<BlockParameter> ResolveAsync(BlockTag tag, CancellationToken cancellationToken)
    {
        if (_options.DepthOf(tag) is null)
        {
            return NodeValues.Parameter(tag);
        }

        BlockHeader? block = await GetBlockAsync(tag, cancellationToken);
        return new BlockParameter(block!.Number);
    }

    private Task<NodeAnswer<BlockWithTransactionHashes>> AskBlockAsync(BlockTag tag, CancellationToken cancellationToken) =>
        _node.AskAsync("eth_getBlockByNumber", eth => eth.Blocks.GetBlockWithTransactionsHashesByNumber.SendRequestAsync(NodeValues.Parameter(tag)), cancellationToken);

    private Func<ChainMarks> AddMarks(NodeBatch batch, EthereumAddress? contract)
    {
        EthChainId ethChainId = new(_node.Client);
        EthGetCode ethGetCode = new(_node.Client);
        Func<NodeAnswer<HexBigInteger>> chainId = batch.Add(ethChainId, ethChainId.BuildRequest);
        Func<NodeAnswer<BlockWithTransactionHashes>> genesis = AddBlock(batch, BlockTag.Number(0));
        Func<NodeAnswer<string>>? code = contract is { } address
            ? batch.Add(ethGetCode, id => ethGetCode.BuildRequest(address.ToString(), BlockParameter.CreateLatest(), id))
            : null;
        return () => new(
            chainId().Read(NodeValues.UInt64, "a chain id"),
            genesis().Read(NodeValues.Header, "the genesis block").Hash,
            code is null ? null : Keccak256.Hash(code().Read(Hex.Data, "code")));
    }

    private Func<NodeAnswer<BlockWithTransactionHashes>> AddBlock(NodeBatch batch, BlockTag tag)
    {
        EthGetBlockWithTransactionsHashesByNumber ethGetBlock = new(_node.Client);
        return batch.Add(ethGetBlock, id => ethGetBlock.BuildRequest(NodeValues.Parameter(tag), id));
    }

    private Func<NodeAnswer<string>> AddCall(NodeBatch batch, CallInput call, BlockTag tag)
    {
        EthCall ethCall = new(_node.Client);
        return batch.Add(ethCall, id => ethCall.BuildRequest(call, NodeValues.Parameter(tag), id));
    }

    private static bool HasNoSuchBlock(NodeAnswer<BlockWithTransactionHashes> answer) =>
        answer.IsNull || (answer.Error is { } error && NodeWords.HasNoSuchBlock(error));

    // Null for what is no registry: a revert, or an answer of another shape. No code at all answers with no bytes.
    private static RegistryState? ReadState(NodeAnswer<string> answer, LookupQuery query)
    {
        if (answer.Error is { } error)
        {
            return NodeWords.IsRevert(error) ? null : throw answer.Fault();
        }

        byte[] words = answer.Read(Hex.Data, "data");
        return words.Length == 0 ? RegistryState.Nothing : LookupOutput.Decode(words, query.Path.Count);
    }
}
