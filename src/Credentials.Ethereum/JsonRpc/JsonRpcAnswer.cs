using System.Text.Json;

namespace Credentials.Ethereum.JsonRpc;

/// <summary>The node's answer to one call: a result, which may be null, or an error.</summary>
internal sealed class JsonRpcAnswer(string node, string method, JsonElement result, JsonRpcError? error)
{
    private const int Excerpt = 80;

    /// <summary>The node's error; null when there is a result.</summary>
    public JsonRpcError? Error => error;

    /// <summary>True when the result is <c>null</c>: the node knows no such thing.</summary>
    public bool IsNull => error is null && result.ValueKind == JsonValueKind.Null;

    /// <summary>Reads the result.</summary>
    /// <param name="read">Gives null where the result has another shape.</param>
    /// <param name="what">What was expected, with its article.</param>
    /// <exception cref="LedgerUnavailableException">An error, or another shape.</exception>
    public T Read<T>(Func<JsonElement, T?> read, string what)
        where T : struct => error is null ? read(result) ?? throw Unreadable(what) : throw Fault();

    /// <inheritdoc cref="Read{T}(Func{JsonElement, T?}, string)"/>
    public T Read<T>(Func<JsonElement, T?> read, string what)
        where T : class => error is null ? read(result) ?? throw Unreadable(what) : throw Fault();

    /// <summary>The node's error as a sentence.</summary>
    public LedgerUnavailableException Fault() => new($"The node at {node} refused {method}: {error?.Message} (code {error?.Code}).");

    /// <summary>A sentence that says what was expected instead.</summary>
    public LedgerUnavailableException Unreadable(string what)
    {
        string text = result.ValueKind == JsonValueKind.Undefined ? "nothing" : result.GetRawText();
        return new($"The node at {node} answered {method} with {(text.Length > Excerpt ? text[..Excerpt] + "…" : text)}, which is not {what}.");
    }
}
