using System.Globalization;
using System.Numerics;
using Credentials.Ethereum;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>What is offered for gas now: what the chain asks for, and the most that the operator lets us pay.</summary>
/// <param name="Today">What should get a transaction into one of the next blocks.</param>
/// <param name="Ceiling">Wei per gas; null for none.</param>
internal sealed record FeeBid(FeeSuggestion Today, BigInteger? Ceiling)
{
    // A node that still wants more than this many times the usual fee is not short of money, but confused.
    private const int MostOverUsual = 4;

    /// <summary>Why nothing new is sent now; null when the chain asks for no more than the ceiling.</summary>
    public Stall? TooDear => Ceiling < Today.MaxFeePerGas
        ? new Stall(StallKind.FeeCeiling, string.Create(CultureInfo.InvariantCulture, $"The chain asks for up to {Gwei(Today.MaxFeePerGas)} gwei per gas, and Anchoring:MaxFeePerGasGwei allows {Gwei(Ceiling.Value)}: nothing new is signed until it asks for less. Wait, or raise the ceiling."))
        : null;

    /// <summary>The fees with which bytes that wait in a node can be exchanged; null when the ceiling forbids them.</summary>
    public FeeSuggestion? Raise(TransactionRequest before)
    {
        FeeSuggestion raised = RaiseToCancel(before.Fees);
        return before.Data.IsEmpty || raised.MaxFeePerGas <= (Ceiling ?? raised.MaxFeePerGas) ? raised : null;
    }

    /// <summary>The fees with which an empty transaction takes the place of those bytes. No ceiling holds here: it costs the least that a transaction can, and without it
    /// the nonce would stay with what somebody wants back.</summary>
    public FeeSuggestion RaiseToCancel(FeeSuggestion before) => new(
        BigInteger.Max(Today.MaxFeePerGas, Raised(before.MaxFeePerGas)),
        BigInteger.Max(Today.MaxPriorityFeePerGas, Raised(before.MaxPriorityFeePerGas)));

    /// <summary>Whether the fees of today are so much higher that a node would take the exchange.</summary>
    public bool IsTooCheap(FeeSuggestion before) => Today.MaxFeePerGas >= Raised(before.MaxFeePerGas);

    /// <summary>Whether bytes that no node holds promise much more than today's fees: the account must be able to pay the promise before a node takes them.</summary>
    public bool IsTooHigh(FeeSuggestion before) => before.MaxFeePerGas >= Raised(Today.MaxFeePerGas);

    /// <summary>Whether it makes sense to bid more against a node that finds it too little.</summary>
    public bool MayBidMore(FeeSuggestion before) => before.MaxFeePerGas < Today.MaxFeePerGas * MostOverUsual;

    // Nodes exchange a waiting transaction for one that pays at least a tenth more, in both fees.
    private static BigInteger Raised(BigInteger fee) => (fee * 9 / 8) + 1;

    private static string Gwei(BigInteger wei) => ((decimal)wei / AnchoringOptions.WeiPerGwei).ToString("0.#########", CultureInfo.InvariantCulture);
}
