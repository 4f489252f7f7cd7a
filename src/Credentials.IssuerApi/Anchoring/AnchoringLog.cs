using Credentials.Anchoring;
using Credentials.Ethereum;

namespace Credentials.IssuerApi.Anchoring;

/// <summary>Every sentence that anchoring writes to the log: ids and counts, never subject data.</summary>
internal static partial class AnchoringLog
{
    [LoggerMessage(EventId = 3001, Level = LogLevel.Error, Message = "The anchoring worker '{Worker}' failed and will try again")]
    public static partial void StepFailed(this ILogger logger, Exception exception, string worker);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Error, Message = "Anchoring stalls ({Worker}, {Kind}): {Problem} It is tried again; nothing is lost")]
    public static partial void Stalled(this ILogger logger, string worker, StallKind kind, string problem);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Information, Message = "Anchoring goes on ({Worker})")]
    public static partial void Resumed(this ILogger logger, string worker);

    [LoggerMessage(EventId = 3004, Level = LogLevel.Warning, Message = "Made the chain account {Account}, which pays for all anchors: send it funds")]
    public static partial void AccountMade(this ILogger logger, EthereumAddress account);

    [LoggerMessage(EventId = 3005, Level = LogLevel.Warning, Message = "{Actor} ordered anchoring to {Order}")]
    public static partial void Ordered(this ILogger logger, string actor, string order);

    [LoggerMessage(EventId = 3010, Level = LogLevel.Information, Message = "Sealed batch {Batch} of {Institution}: {Count} credentials under {Root}")]
    public static partial void Sealed(this ILogger logger, long batch, string institution, long count, MerkleRoot root);

    [LoggerMessage(EventId = 3020, Level = LogLevel.Information, Message = "Leased nonces {First} to {Last} of {Account}")]
    public static partial void Leased(this ILogger logger, ulong first, ulong last, EthereumAddress account);

    [LoggerMessage(EventId = 3021, Level = LogLevel.Warning, Message = "The nonce log of {Account} ends before {Next}, the chain is at {Count}: somebody else uses this key, or the database comes from a backup")]
    public static partial void NonceLogBehind(this ILogger logger, EthereumAddress account, ulong next, ulong count);

    [LoggerMessage(EventId = 3022, Level = LogLevel.Debug, Message = "The node took transaction {Transaction}, nonce {Nonce}, {Hash}")]
    public static partial void Sent(this ILogger logger, long transaction, ulong nonce, Bytes32 hash);

    [LoggerMessage(EventId = 3023, Level = LogLevel.Warning, Message = "Sends {Count} transactions once more, from nonce {First}: the node may have lost them")]
    public static partial void Resending(this ILogger logger, int count, ulong first);

    [LoggerMessage(EventId = 3024, Level = LogLevel.Warning, Message = "Raised the fees of transaction {Transaction}, nonce {Nonce}, to {MaxFee} wei per gas: now {Hash}")]
    public static partial void Replaced(this ILogger logger, long transaction, ulong nonce, System.Numerics.BigInteger maxFee, Bytes32 hash);

    [LoggerMessage(EventId = 3030, Level = LogLevel.Information, Message = "Transaction {Transaction} ({Purpose}, {Institution}): {Before} -> {After}")]
    public static partial void Moved(this ILogger logger, long transaction, string purpose, string institution, string before, string after);

    [LoggerMessage(EventId = 3031, Level = LogLevel.Warning, Message = "The chain went back: transaction {Transaction} ({Purpose}, {Institution}) was {Before} and is {After} now")]
    public static partial void MovedBack(this ILogger logger, long transaction, string purpose, string institution, string before, string after);

    [LoggerMessage(EventId = 3032, Level = LogLevel.Error, Message = "Transaction {Transaction} ({Purpose}, {Institution}), nonce {Nonce}, is used up without its effect (attempt {Attempt}): {Problem}")]
    public static partial void Failed(this ILogger logger, long transaction, string purpose, string institution, long nonce, long attempt, string problem);

    [LoggerMessage(EventId = 3034, Level = LogLevel.Warning, Message = "Transaction {Transaction} ({Purpose}, {Institution}), nonce {Nonce}, is cancelled: it never came about")]
    public static partial void Cancelled(this ILogger logger, long transaction, string purpose, string institution, long nonce);

    [LoggerMessage(EventId = 3033, Level = LogLevel.Warning, Message = "The chain no longer has block {Number} that was final: every recorded transaction is compared with the contract")]
    public static partial void ChainWentBack(this ILogger logger, ulong number);
}
