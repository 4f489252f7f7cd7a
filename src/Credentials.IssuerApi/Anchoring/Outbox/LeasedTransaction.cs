using Credentials.Anchoring;
using Credentials.Ethereum;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>A nonce that was given to an intent, and no signature yet.</summary>
internal sealed record UnsignedTransaction(long Id, ulong Nonce, EthereumAddress Destination, ReadOnlyMemory<byte> Data, ulong GasLimit, bool IsCancelled);

/// <summary>A transaction that has its nonce and its signed bytes.</summary>
internal sealed record LeasedTransaction(long Id, SignedTransaction Signed)
{
    public ulong Nonce => Signed.Request.Nonce;

    public FeeSuggestion Fees => Signed.Request.Fees;
}

/// <summary>A row of the nonce log, not yet decoded: to recover the sender of 900 transactions at each poll would be waste.</summary>
/// <param name="Id">In <c>transactions</c>.</param>
/// <param name="Nonce">The nonce.</param>
/// <param name="Hash">Of the bytes; null while it is not signed.</param>
/// <param name="Raw">The bytes.</param>
/// <param name="CancelRequested">Whether it is to be replaced by an empty transaction, and is not yet.</param>
internal sealed record LoggedNonce(long Id, ulong Nonce, Bytes32? Hash, ReadOnlyMemory<byte> Raw, bool CancelRequested)
{
    public LeasedTransaction Decode() => new(Id, SignedTransaction.Decode(Raw).Require());
}
