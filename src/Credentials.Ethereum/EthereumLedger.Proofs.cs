using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.Ethereum.JsonRpc;
using Credentials.Ethereum.Proofs;

namespace Credentials.Ethereum;

/// <content>Headers and state proofs.</content>
public sealed partial class EthereumLedger
{
    /// <inheritdoc/>
    public string Node => _node.Node;

    /// <inheritdoc/>
    public async Task<Parsed<EncodedHeader>?> GetHeaderAsync(BlockTag tag, CancellationToken cancellationToken)
    {
        JsonRpcAnswer answer = await _node.CallAsync(BlockCall(tag), cancellationToken);
        if (NodeWords.HasNoSuchBlock(answer))
        {
            return _options.DepthOf(tag) is not null && await GetBlockAsync(tag, cancellationToken) is { } fallback
                ? await GetHeaderAsync(BlockTag.Number(fallback.Number), cancellationToken)
                : null;
        }

        return BlockJson.Read(answer.Read<JsonElement>(static block => block.ValueKind == JsonValueKind.Object ? block : null, ABlock), _node.Node);
    }

    /// <inheritdoc/>
    public async Task<StateProof> GetProofAsync(EthereumAddress contract, IReadOnlyList<Bytes32> slots, BlockTag tag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(slots);
        JsonArray keys = [.. slots.Select(static slot => JsonValue.Create(slot.ToString()))];
        string block = await ResolveAsync(tag, cancellationToken);
        JsonRpcAnswer answer = await _node.CallAsync(new("eth_getProof", contract.ToString(), keys, block), cancellationToken);
        return answer.Read(proof => StateProof.Read(proof, slots), "a state proof");
    }
}
