using Credentials.Ethereum.JsonRpc;
using Credentials.Ethereum.Registry;

namespace Credentials.Ethereum;

/// <content>Blocks by tag, and the registry as of them.</content>
public sealed partial class EthereumLedger
{
    private const string ABlock = "a block";

    /// <inheritdoc/>
    public async Task<BlockHeader?> GetBlockAsync(BlockTag tag, CancellationToken cancellationToken)
    {
        JsonRpcAnswer answer = await _node.CallAsync(BlockCall(tag), cancellationToken);
        if (!NodeWords.HasNoSuchBlock(answer))
        {
            return answer.Read(NodeShapes.Block, ABlock);
        }

        if (_options.DepthOf(tag) is not { } depth)
        {
            return null;
        }

        BlockHeader head = (await _node.CallAsync(BlockCall(BlockTag.Latest), cancellationToken)).Read(NodeShapes.Block, ABlock);
        return (await _node.CallAsync(BlockCall(BlockTag.Below(head, depth)), cancellationToken)).Read(NodeShapes.Block, ABlock);
    }

    /// <inheritdoc/>
    public async Task<RegistryState> LookUpAsync(EthereumAddress contract, LookupQuery query, BlockTag tag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        byte[] data = CredentialRegistryContract.LookUp(query);
        string block = await ResolveAsync(tag, cancellationToken);
        JsonRpcAnswer answer = await _node.CallAsync(LookUpCall(contract, data, block), cancellationToken);
        byte[] words = answer.Read(Hex.Data, "data");
        return words.Length == 0 && tag == BlockTag.Latest
            ? throw new LedgerUnavailableException($"The node at {_node.Node} has no contract at {contract}.")
            : ReadState(answer, query) ?? throw answer.Unreadable("an answer of the registry contract");
    }

    /// <inheritdoc/>
    public async Task<RegistryView> ReadRegistryAsync(EthereumAddress contract, LookupQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        byte[] data = CredentialRegistryContract.LookUp(query);
        JsonRpcCall[] marks = MarkCalls(contract);
        BlockTag[] tags = [BlockTag.Latest, BlockTag.Safe, BlockTag.Finalized];
        IReadOnlyList<JsonRpcAnswer> answers = await _node.BatchAsync(
            [.. marks, .. tags.Select(BlockCall), .. tags.Select(tag => LookUpCall(contract, data, tag.Value))], cancellationToken);
        JsonRpcAnswer BlockOf(int tag) => answers[marks.Length + tag];
        JsonRpcAnswer StateOf(int tag) => answers[marks.Length + tags.Length + tag];

        RegistrySnapshot latest = new(BlockOf(0).Read(NodeShapes.Block, ABlock), ReadState(StateOf(0), query));
        RegistrySnapshot?[] settled = new RegistrySnapshot?[2];
        for (int tag = 1; tag <= settled.Length; tag++)
        {
            settled[tag - 1] = !NodeWords.HasNoSuchBlock(BlockOf(tag)) ? new(BlockOf(tag).Read(NodeShapes.Block, ABlock), ReadState(StateOf(tag), query))
                : _options.DepthOf(tags[tag]) is { } depth ? await ReadAtAsync(contract, data, query, BlockTag.Below(latest.Block, depth), cancellationToken)
                : null;
        }

        return new(ReadMarks(answers, contract), latest, settled[0], settled[1]);
    }

    private async Task<RegistrySnapshot> ReadAtAsync(EthereumAddress contract, byte[] data, LookupQuery query, BlockTag number, CancellationToken cancellationToken)
    {
        IReadOnlyList<JsonRpcAnswer> answers = await _node.BatchAsync([BlockCall(number), LookUpCall(contract, data, number.Value)], cancellationToken);
        return new(answers[0].Read(NodeShapes.Block, ABlock), ReadState(answers[1], query));
    }

    private async Task<string> ResolveAsync(BlockTag tag, CancellationToken cancellationToken)
    {
        if (_options.DepthOf(tag) is null)
        {
            return tag.Value;
        }

        BlockHeader? block = await GetBlockAsync(tag, cancellationToken);
        return BlockTag.Number(block!.Number).Value;
    }

    private static JsonRpcCall LookUpCall(EthereumAddress contract, byte[] data, string block) => new("eth_call", Hex.Call(contract, data), block);

    // Null for what is no registry: a revert, or an answer of another shape. No code at all answers with no bytes.
    private static RegistryState? ReadState(JsonRpcAnswer answer, LookupQuery query)
    {
        if (answer.Error is { } error)
        {
            return NodeWords.IsRevert(error) ? null : throw answer.Fault();
        }

        byte[] words = answer.Read(Hex.Data, "data");
        return words.Length == 0 ? RegistryState.Nothing : RegistryStateAbi.Decode(words, query.Path.Count);
    }
}
