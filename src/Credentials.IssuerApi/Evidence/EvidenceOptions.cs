using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Evidence;

/// <summary>How evidence bundles are made. Section <c>Evidence</c>.</summary>
internal sealed class EvidenceOptions
{
    public const string Section = "Evidence";

    /// <summary>URL of an RFC 3161 time-stamp authority; without one, bundles carry no witness, and verify offline only for those to whom their block is a checkpoint.</summary>
    [Url]
    public string? TimeStampAuthority { get; set; }

    /// <summary>How long a batch's bundles are made at the same block and under the same token. Nodes keep the state of about 128 blocks: 25 minutes on Ethereum.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromMinutes(20);
}

[OptionsValidator]
internal sealed partial class EvidenceOptionsValidator : IValidateOptions<EvidenceOptions>;
