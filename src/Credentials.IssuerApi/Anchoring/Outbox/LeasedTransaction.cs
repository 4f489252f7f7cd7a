using System.Globalization;
using System.Numerics;
using Credentials.Anchoring;
using Credentials.Ethereum;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>A transaction that has its nonce and its signed bytes.</summary>
internal sealed record LeasedTransaction(long Id, SignedTransaction Signed)
{
    public ulong Nonce => Signed.Request.Nonce;

    public FeeSuggestion Fees => Signed.Request.Fees;
}

/// <summary>The columns from which a transaction is signed, or built again as it was signed.</summary>
internal sealed class TransactionRow
{
    public required long Id { get; init; }

    public required byte[] Destination { get; init; }

    public required byte[] Data { get; init; }

    public required long GasLimit { get; init; }

    public long? Nonce { get; init; }

    public byte[]? Hash { get; init; }

    public byte[]? Raw { get; init; }

    public string? MaxFee { get; init; }

    public string? MaxPriorityFee { get; init; }

    public TransactionRequest ToRequest(ulong chainId, ulong nonce, FeeSuggestion fees) =>
        new(chainId, nonce, EthereumAddress.From(Destination), Data, BigInteger.Zero, (ulong)GasLimit, fees);

    public LeasedTransaction ToLeased(ulong chainId, EthereumAddress account)
    {
        var fees = new FeeSuggestion(Wei.Parse(MaxFee!), Wei.Parse(MaxPriorityFee!));
        return new LeasedTransaction(Id, new SignedTransaction(Bytes32.From(Hash), Raw, account, ToRequest(chainId, (ulong)Nonce!.Value, fees)));
    }
}

/// <summary>Amounts of wei as the database keeps them: decimal text, because they outgrow 64 bits.</summary>
internal static class Wei
{
    public static BigInteger Parse(string text) => BigInteger.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    public static string ToText(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);
}
