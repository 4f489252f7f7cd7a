using System.Text.Json.Nodes;

namespace Credentials.TestKit.Ledger;

/// <summary>Answers JSON-RPC requests from a table of methods, as a node does: alone or in batches, with the ids that were asked.</summary>
public static class ScriptedNode
{
    /// <summary>The body of the answer.</summary>
    /// <param name="request">The body of the request.</param>
    /// <param name="answer">From method and parameters to an object with <c>result</c> or <c>error</c>.</param>
    public static string Answer(string request, Func<string, JsonArray, JsonObject> answer)
    {
        JsonNode parsed = JsonNode.Parse(request)!;
        JsonNode reply = parsed is JsonArray batch ? new JsonArray([.. batch.Select(call => One(call!, answer))]) : One(parsed, answer);
        return reply.ToJsonString();
    }

    /// <summary>A result.</summary>
    public static JsonObject Result(JsonNode? value) => new() { ["result"] = value };

    /// <summary>An error.</summary>
    public static JsonObject Error(int code, string message) => new() { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } };

    /// <summary>A block.</summary>
    public static JsonObject Block(ulong number, string hash, ulong time) => new() { ["number"] = Quantity(number), ["hash"] = hash, ["timestamp"] = Quantity(time) };

    /// <summary>A quantity.</summary>
    public static string Quantity(ulong value) => "0x" + value.ToString("x", System.Globalization.CultureInfo.InvariantCulture);

    private static JsonObject One(JsonNode call, Func<string, JsonArray, JsonObject> answer)
    {
        JsonObject reply = answer(call["method"]!.GetValue<string>(), call["params"]!.AsArray());
        reply["jsonrpc"] = "2.0";
        reply["id"] = call["id"]!.DeepClone();
        return reply;
    }
}
