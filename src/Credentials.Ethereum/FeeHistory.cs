using System.Numerics;
using System.Text.Json;
using Credentials.Ethereum.JsonRpc;

namespace Credentials.Ethereum;

/// <summary>What the last blocks cost: the base fee of the next block, and the median tips that were paid.</summary>
/// <remarks>https://eips.ethereum.org/EIPS/eip-1559</remarks>
internal sealed record FeeHistory(BigInteger NextBaseFee, IReadOnlyList<BigInteger> Tips)
{
    /// <summary>Reads the answer of <c>eth_feeHistory</c> with one percentile.</summary>
    public static FeeHistory? Read(JsonElement answer)
    {
        JsonElement baseFees = NodeShapes.Member(answer, "baseFeePerGas");
        JsonElement rewards = NodeShapes.Member(answer, "reward");
        if (baseFees.ValueKind != JsonValueKind.Array || baseFees.GetArrayLength() == 0 || Hex.Quantity(baseFees[baseFees.GetArrayLength() - 1]) is not { } next)
        {
            return null;
        }

        // A node that has no rewards yet leaves them out.
        BigInteger?[] tips = rewards.ValueKind == JsonValueKind.Array
            ? [.. rewards.EnumerateArray().Select(static block => block.ValueKind == JsonValueKind.Array && block.GetArrayLength() == 1 ? Hex.Quantity(block[0]) : null)]
            : [];
        return tips.All(static tip => tip is not null) ? new(next, [.. tips.Select(static tip => tip!.Value)]) : null;
    }

    /// <summary>The median of the median tips, and a ceiling that outlasts six full blocks: twice the base fee.</summary>
    public FeeSuggestion Suggest(BigInteger minimumTip)
    {
        BigInteger tip = BigInteger.Max(minimumTip, Tips.Count == 0 ? BigInteger.Zero : Tips.Order().ElementAt(Tips.Count / 2));
        return new((2 * NextBaseFee) + tip, tip);
    }

    /// <summary>For a node that has no fee history.</summary>
    public static FeeSuggestion SuggestFrom(BigInteger gasPrice, BigInteger minimumTip) => new((2 * gasPrice) + minimumTip, minimumTip);
}
