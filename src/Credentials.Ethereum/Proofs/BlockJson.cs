using System.Text.Json;
using Credentials.Ethereum.JsonRpc;
using Credentials.Ethereum.Transactions;

namespace Credentials.Ethereum.Proofs;

/// <summary>Rebuilds a header's RLP from what <c>eth_getBlockByNumber</c> answers, and holds it against the hash that the node tells.</summary>
internal static class BlockJson
{
    // What else nodes say of a block; none of it is in the header.
    private static readonly HashSet<string> BesideTheHeader = new(["hash", "size", "totalDifficulty", "transactions", "uncles", "withdrawals"], StringComparer.Ordinal);

    /// <summary>The header; <see cref="ProblemCode.HeaderUnsupported"/> where fields that are not known here stand between it and its hash; <see cref="ProblemCode.LedgerProofError"/> where nothing excuses the node.</summary>
    /// <param name="block">The node's answer; not null.</param>
    /// <param name="node">The node, for people.</param>
    public static Parsed<EncodedHeader> Read(JsonElement block, string node)
    {
        if (Hex.Hash(NodeShapes.Member(block, "hash")) is not { } told)
        {
            return Lie(node, "answered with a block that has no hash");
        }

        byte[][] fields = [.. HeaderField.All.TakeWhile(field => IsThere(block, field)).Select(field => field.Encode(NodeShapes.Member(block, field.Name)) ?? [])];
        if (Array.FindIndex(fields, static field => field.Length == 0) is >= 0 and int malformed)
        {
            return Lie(node, $"answered with a block whose {HeaderField.All[malformed].Name} is malformed");
        }

        string? unknown = block.EnumerateObject().Select(static member => member.Name).FirstOrDefault(name => !BesideTheHeader.Contains(name) && HeaderField.All.Take(fields.Length).All(field => field.Name != name));
        Parsed<EncodedHeader> header = EncodedHeader.Read(Rlp.List(fields));
        return header.Ok && header.Value.Hash.Equals(told) ? header
            : unknown is not null ? new Problem(ProblemCode.HeaderUnsupported, $"The block {told} of the node at {node} has fields that are not known here, such as {unknown}: a newer version may hash it.")
            : !header.Ok ? new Problem(header.Problem.Code, $"The node at {node}: {header.Problem.Detail}")
            : Lie(node, $"tells the hash {told} of a block whose fields hash to {header.Value.Hash}");
    }

    private static bool IsThere(JsonElement block, HeaderField field) => NodeShapes.Member(block, field.Name).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    private static Problem Lie(string node, string what) => new(ProblemCode.LedgerProofError, $"The node at {node} {what}.");
}
