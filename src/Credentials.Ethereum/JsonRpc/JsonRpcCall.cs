using System.Text.Json.Nodes;

namespace Credentials.Ethereum.JsonRpc;

/// <summary>One call, before it has an id.</summary>
internal sealed record JsonRpcCall(string Method, params JsonNode?[] Parameters);

/// <summary>What the node said instead of a result.</summary>
/// <param name="Code">JSON-RPC's or the node's own code.</param>
/// <param name="Message">The node's words.</param>
internal sealed record JsonRpcError(int Code, string Message);
