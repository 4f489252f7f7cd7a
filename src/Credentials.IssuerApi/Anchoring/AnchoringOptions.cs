using System.ComponentModel.DataAnnotations;
using System.Numerics;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Anchoring;

/// <summary>How credentials are put into batches, and how their transactions are pursued. Section <c>Anchoring</c>.</summary>
internal sealed class AnchoringOptions
{
    public const string Section = "Anchoring";

    /// <summary>Wei in one gwei.</summary>
    public const long WeiPerGwei = 1_000_000_000;

    /// <summary>Most credentials under one root.</summary>
    [Range(1, 1 << 20)]
    public int MaxBatchSize { get; set; } = 16384;

    /// <summary>A batch is sealed when its oldest credential has waited this long.</summary>
    public TimeSpan MaxBatchAge { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long credentials may wait for the rest of an upload that is still being signed, so that all of it comes under one root.</summary>
    public TimeSpan MaxUploadWait { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often the database and the chain are looked at.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause after faults that follow on each other.</summary>
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Blocks on top that make a block final, on a chain without the tags <c>safe</c> and <c>finalized</c>.</summary>
    [Range(1, 100)]
    public int FallbackDepth { get; set; } = 12;

    /// <summary>Polls without a mined transaction after which fees are looked at again.</summary>
    [Range(1, 10000)]
    public int ReplaceAfterPolls { get; set; } = 30;

    /// <summary>Most transactions that wait in the node at a time.</summary>
    [Range(1, 999)]
    public int MaxUnmined { get; set; } = 900;

    /// <summary>The most that is ever offered for gas, in gwei, tip included; above it anchoring waits and says so. Null for no ceiling.</summary>
    [Range(0.000000001, 1e9)]
    public decimal? MaxFeePerGasGwei { get; set; }

    /// <summary>The same in wei.</summary>
    public BigInteger? CeilingInWei() => MaxFeePerGasGwei is { } gwei ? new BigInteger(gwei * WeiPerGwei) : null;
}

[OptionsValidator]
internal sealed partial class AnchoringOptionsValidator : IValidateOptions<AnchoringOptions>;
