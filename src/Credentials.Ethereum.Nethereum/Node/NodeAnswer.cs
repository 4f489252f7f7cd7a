using Credentials.Ethereum.JsonRpc;

namespace Credentials.Ethereum.Nethereum.Node;

/// <summary>The node's answer to one call, as Nethereum read it: a result, which may be null, or an error.</summary>
internal sealed class NodeAnswer<T>(string node, string method, T? result, JsonRpcError? error)
    where T : class
{
    /// <summary>The node's error; null when there is a result.</summary>
    public JsonRpcError? Error => error;

    /// <summary>True when the node knows no such thing.</summary>
    public bool IsNull => error is null && result is null;

    /// <summary>Reads the result strictly: Nethereum forgives what an honest node does not say.</summary>
    /// <param name="read">Gives null where the result has another shape.</param>
    /// <param name="what">What was expected, with its article.</param>
    /// <exception cref="LedgerUnavailableException">An error, or another shape.</exception>
    public TRead Read<TRead>(Func<T, TRead?> read, string what)
        where TRead : struct => error is not null ? throw Fault() : (result is null ? null : read(result)) ?? throw Unreadable(what);

    /// <inheritdoc cref="Read{TRead}(Func{T, TRead?}, string)"/>
    public TRead Read<TRead>(Func<T, TRead?> read, string what)
        where TRead : class => error is not null ? throw Fault() : (result is null ? null : read(result)) ?? throw Unreadable(what);

    /// <summary>The node's error as a sentence.</summary>
    public LedgerUnavailableException Fault() => new($"The node at {node} refused {method}: {error?.Message} (code {error?.Code}).");

    /// <summary>A sentence that says what was expected instead.</summary>
    public LedgerUnavailableException Unreadable(string what) => new($"The node at {node} answered {method} with {result as string ?? (result is null ? "nothing" : "something")}, which is not {what}.");
}
