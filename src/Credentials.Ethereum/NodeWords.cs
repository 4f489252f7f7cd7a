using Credentials.Ethereum.JsonRpc;

namespace Credentials.Ethereum;

/// <summary>What the nodes' refusals mean. There is no standard for it: the codes are all -32000, and each node has its own words.</summary>
internal static class NodeWords
{
    private const int ExecutionReverted = 3;
    private const int InvalidParameters = -32602;
    private const int MethodNotFound = -32601;
    private const int MethodNotSupported = -32004;
    private const int InternalError = -32603;
    private const int LimitExceeded = -32005;
    private const int UnknownBlock = -39001;

    // The first row that fits decides, so what is more special stands above. geth, Erigon and reth; Nethermind (one word); Besu; Anvil; OpenEthereum.
    private static readonly (string Words, SendOutcome Outcome)[] Meanings =
    [
        ("unknown", SendOutcome.Refused),
        ("already known", SendOutcome.Accepted),
        ("alreadyknown", SendOutcome.Accepted),
        ("known transaction", SendOutcome.Accepted),
        ("already imported", SendOutcome.Accepted),
        ("existing tx with same hash", SendOutcome.Accepted),
        ("nonce too low", SendOutcome.NonceTooLow),
        ("nonce is too low", SendOutcome.NonceTooLow),
        ("oldnonce", SendOutcome.NonceTooLow),
        ("below current nonce", SendOutcome.NonceTooLow),
        ("insufficient funds", SendOutcome.InsufficientFunds),
        ("insufficientfunds", SendOutcome.InsufficientFunds),
        ("upfront cost exceeds", SendOutcome.InsufficientFunds),
        ("insufficient balance", SendOutcome.InsufficientFunds),
        ("underpriced", SendOutcome.Underpriced),
        ("replacementnotallowed", SendOutcome.Underpriced),
        ("could not replace existing", SendOutcome.Underpriced),
        ("another transaction with same nonce", SendOutcome.Underpriced),
        ("less than block base fee", SendOutcome.Underpriced),
        ("below current base fee", SendOutcome.Underpriced),
        ("gas price is too low", SendOutcome.Underpriced),
        ("gas price below", SendOutcome.Underpriced),
        ("price below minimum", SendOutcome.Underpriced),
        ("below configured minimum", SendOutcome.Underpriced),
        ("fee too low", SendOutcome.Underpriced),
        ("feetoolow", SendOutcome.Underpriced),
        ("pool is full", SendOutcome.Underpriced),
    ];

    private static readonly string[] Throttling = ["rate limit", "too many requests", "limit exceeded", "timeout", "timed out"];
    private static readonly string[] NoBlock = ["not found", "unknown block", "invalid block", "hex string without 0x", "unsupported", "does not support", "not supported", "invalid argument"];

    /// <summary>What a refusal to take a transaction means; null when it says nothing about the transaction, but that the node could not be asked.</summary>
    public static SendOutcome? OutcomeOf(JsonRpcError error)
    {
        foreach ((string words, SendOutcome outcome) in Meanings)
        {
            if (error.Message.Contains(words, StringComparison.OrdinalIgnoreCase))
            {
                return outcome;
            }
        }

        bool unasked = error.Code is MethodNotFound or InternalError || IsThrottling(error);
        return unasked ? null : SendOutcome.Refused;
    }

    /// <summary>Whether a node says that it has no block of that tag or number, rather than that it could not be asked.</summary>
    public static bool HasNoSuchBlock(JsonRpcAnswer answer) => answer.IsNull || (answer.Error is { } error && HasNoSuchBlock(error));

    /// <inheritdoc cref="HasNoSuchBlock(JsonRpcAnswer)"/>
    public static bool HasNoSuchBlock(JsonRpcError error) =>
        error.Code is UnknownBlock or InvalidParameters
        || (error.Code is not (MethodNotFound or MethodNotSupported) && !IsThrottling(error) && Says(error, NoBlock));

    /// <summary>Whether a node wants to be asked less, or later.</summary>
    public static bool IsThrottling(JsonRpcError error) => error.Code == LimitExceeded || Says(error, Throttling);

    /// <summary>Whether a contract, and not the node, refused a call.</summary>
    public static bool IsRevert(JsonRpcError error) =>
        error.Code == ExecutionReverted || Says(error, ["revert", "invalid opcode", "stack underflow", "invalid jump", "out of gas", "vm execution error"]);

    private static bool Says(JsonRpcError error, string[] words) => words.Any(word => error.Message.Contains(word, StringComparison.OrdinalIgnoreCase));
}
