using System.Text.Json;
using System.Text.Json.Nodes;

namespace Credentials.Ethereum.JsonRpc;

/// <summary>A batch on the wire: ids are the calls' places, and every answer must name one.</summary>
/// <remarks>https://www.jsonrpc.org/specification#batch</remarks>
internal static class JsonRpcBatch
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>Writes the calls. One call goes alone, for the providers that have no batches.</summary>
    public static JsonNode Write(IReadOnlyList<JsonRpcCall> calls)
    {
        JsonNode[] requests = [.. calls.Select(static (call, id) => Write(call, id))];
        return requests.Length == 1 ? requests[0] : new JsonArray(requests);
    }

    /// <summary>Puts the answers into the order of the calls; null where the node refuses to be asked several things at once.</summary>
    /// <exception cref="LedgerUnavailableException">No JSON, an answer too few or too many, or one that answers nothing that was asked.</exception>
    public static IReadOnlyList<JsonRpcAnswer>? Match(string node, IReadOnlyList<JsonRpcCall> calls, ReadOnlySpan<byte> body)
    {
        JsonElement json = Parse(node, body);
        if (IdIn(json) is null && ErrorIn(json) is { } error)
        {
            return calls.Count > 1 && !NodeWords.IsThrottling(error)
                ? null
                : throw new LedgerUnavailableException($"The node at {node} refused the whole request: {error.Message} (code {error.Code}).");
        }

        JsonRpcAnswer?[] answers = new JsonRpcAnswer?[calls.Count];
        foreach (JsonElement answer in json.ValueKind == JsonValueKind.Array ? json.EnumerateArray().ToArray() : [json])
        {
            if (IdIn(answer) is not { } id || id >= calls.Count || answers[id] is not null)
            {
                throw new LedgerUnavailableException($"The node at {node} answered something that was not asked.");
            }

            answers[id] = Read(node, calls[id].Method, answer);
        }

        return answers.OfType<JsonRpcAnswer>().ToArray() is var complete && complete.Length == calls.Count
            ? complete
            : throw new LedgerUnavailableException($"The node at {node} left a call unanswered.");
    }

    private static JsonElement Parse(string node, ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonElement.Parse(body, Strict);
        }
        catch (JsonException fault)
        {
            throw new LedgerUnavailableException($"The node at {node} answered with something that is not JSON.", fault);
        }
    }

    private static JsonRpcAnswer Read(string node, string method, JsonElement answer)
    {
        if (ErrorIn(answer) is { } error)
        {
            return new(node, method, default, error);
        }

        return answer.TryGetProperty("result", out JsonElement result)
            ? new(node, method, result, null)
            : throw new LedgerUnavailableException($"The node at {node} answered {method} with neither a result nor an error.");
    }

    private static JsonRpcError? ErrorIn(JsonElement answer)
    {
        JsonElement error = NodeShapes.Member(answer, "error");
        JsonElement code = NodeShapes.Member(error, "code");
        JsonElement message = NodeShapes.Member(error, "message");
        return error.ValueKind != JsonValueKind.Object
            ? null
            : new(code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out int number) ? number : 0, message.ValueKind == JsonValueKind.String ? message.GetString()! : "no reason given");
    }

    private static int? IdIn(JsonElement answer) =>
        NodeShapes.Member(answer, "id") is { ValueKind: JsonValueKind.Number } id && id.TryGetInt32(out int number) && number >= 0 ? number : null;

    private static JsonObject Write(JsonRpcCall call, int id) => new()
    {
        ["jsonrpc"] = "2.0",
        ["id"] = id,
        ["method"] = call.Method,
        ["params"] = new JsonArray([.. call.Parameters.Select(static parameter => parameter?.DeepClone())]),
    };
}
