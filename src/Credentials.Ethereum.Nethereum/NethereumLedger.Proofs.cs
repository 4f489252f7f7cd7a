using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Ethereum.JsonRpc;
using Credentials.Ethereum.Nethereum.Node;
using Credentials.Ethereum.Proofs;
using Nethereum.JsonRpc.Client;
using Nethereum.RPC.Eth.DTOs;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Credentials.Ethereum.Nethereum;

/// <content>Headers and state proofs. Nethereum fetches; our own code believes: its block leaves out fields of newer forks, and its verifier of storage proofs takes a missing node for absence.</content>
public sealed partial class NethereumLedger
{
    /// <inheritdoc/>
    public string Node => _node.Name;

    /// <inheritdoc/>
    public async Task<Parsed<EncodedHeader>?> GetHeaderAsync(BlockTag tag, CancellationToken cancellationToken)
    {
        NodeAnswer<JObject> answer = await AskWholeBlockAsync(tag, cancellationToken);
        if (answer.IsNull || (answer.Error is { } error && NodeWords.HasNoSuchBlock(error)))
        {
            return _options.DepthOf(tag) is not null && await GetBlockAsync(tag, cancellationToken) is { } fallback
                ? await GetHeaderAsync(BlockTag.Number(fallback.Number), cancellationToken)
                : null;
        }

        using JsonDocument block = answer.Read(static whole => JsonDocument.Parse(whole.ToString(Formatting.None)), ABlock);
        return BlockJson.Read(block.RootElement, _node.Name);
    }

    /// <inheritdoc/>
    public async Task<StateProof> GetProofAsync(EthereumAddress contract, IReadOnlyList<Bytes32> slots, BlockTag tag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(slots);
        string[] keys = [.. slots.Select(static slot => slot.ToString())];
        BlockParameter block = await ResolveAsync(tag, cancellationToken);
        NodeAnswer<AccountProof> answer = await _node.AskAsync("eth_getProof", eth => eth.GetProof.SendRequestAsync(contract.ToString(), keys, block), cancellationToken);
        return answer.Read(proof => Read(proof, slots), "a state proof");
    }

    private Task<NodeAnswer<JObject>> AskWholeBlockAsync(BlockTag tag, CancellationToken cancellationToken) =>
        _node.AskAsync("eth_getBlockByNumber", _ => _node.Client.SendRequestAsync<JObject>(new RpcRequest(0, "eth_getBlockByNumber", tag.Value, false)), cancellationToken);

    private static StateProof? Read(AccountProof proof, IReadOnlyList<Bytes32> slots)
    {
        if (Nodes(proof.AccountProofs) is not { } account || proof.StorageProof is not { } storage || storage.Count != slots.Count)
        {
            return null;
        }

        IReadOnlyList<ReadOnlyMemory<byte>>?[] proofs = [.. storage.Select(static slot => Nodes(slot?.Proof))];
        return proofs.Contains(null) ? null : new(account, [.. proofs.Select((nodes, index) => new Evidence.StorageProof(slots[index], nodes!))]);
    }

    private static ReadOnlyMemory<byte>[]? Nodes(List<string>? nodes)
    {
        byte[]?[]? read = nodes?.Select(static node => Hex.Data(node)).ToArray();
        return read is null || read.Contains(null) ? null : [.. read.Select(static node => (ReadOnlyMemory<byte>)node)];
    }
}
