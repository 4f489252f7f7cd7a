namespace Credentials.IssuerApi.Anchoring;

/// <summary>Why anchoring does not go on.</summary>
internal enum StallKind
{
    /// <summary>The node cannot be asked.</summary>
    Unreachable = 1,

    /// <summary>The node serves another chain or contract, or the database belongs to another registry.</summary>
    WrongChain = 2,

    /// <summary>The account cannot pay.</summary>
    InsufficientFunds = 3,

    /// <summary>The node refuses a transaction.</summary>
    Refused = 4,

    /// <summary>The chain lacks transactions of our account that are not in our nonce log.</summary>
    NonceGap = 5,

    /// <summary>A fault in this program, its database or its keys.</summary>
    Fault = 6,

    /// <summary>An operator ordered a pause.</summary>
    Paused = 7,

    /// <summary>The chain asks for more than the operator lets us pay.</summary>
    FeeCeiling = 8,

    /// <summary>The holder of the account's key cannot be asked.</summary>
    Signer = 9,

    /// <summary>The database cannot be reached, or its disk is full.</summary>
    Storage = 10,
}

/// <summary>What stands in the way of anchoring, for the operator. Nothing is lost by it: it is tried again.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Message">What is wrong and who can mend it how.</param>
internal sealed record Stall(StallKind Kind, string Message);
