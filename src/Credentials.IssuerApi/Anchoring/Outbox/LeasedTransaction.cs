using Credentials.Anchoring;
using Credentials.Ethereum;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>A transaction that has its nonce and its signed bytes.</summary>
internal sealed record LeasedTransaction(long Id, SignedTransaction Signed)
{
    public ulong Nonce => Signed.Request.Nonce;

    public FeeSuggestion Fees => Signed.Request.Fees;
}

/// <summary>A row of the nonce log, not yet decoded: to recover the sender of 900 transactions at each poll would be waste.</summary>
internal sealed record LoggedNonce(long Id, ulong Nonce, Bytes32 Hash, ReadOnlyMemory<byte> Raw)
{
    public LeasedTransaction Decode() => new(Id, SignedTransaction.Decode(Raw).Require());
}
