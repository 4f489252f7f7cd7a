using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Batches;

/// <summary>Section <c>Batches</c>: the bounds of an upload and the pace of its signing.</summary>
internal sealed class BatchOptions
{
    public const string Section = "Batches";

    /// <summary>Largest upload, in bytes.</summary>
    public const long MaxBytes = 512L * 1024 * 1024;

    [Range(1, 1_000_000, ErrorMessage = "Batches:MaxRows must be between 1 and 1000000 lines.")]
    public int MaxRows { get; set; } = 100_000;

    [Range(1024, 1024 * 1024, ErrorMessage = "Batches:MaxLineBytes must be between 1024 and 1048576 bytes.")]
    public int MaxLineBytes { get; set; } = 256 * 1024;

    /// <summary>Credentials signed and stored in one database transaction.</summary>
    [Range(1, 10_000, ErrorMessage = "Batches:ChunkSize must be between 1 and 10000 credentials.")]
    public int ChunkSize { get; set; } = 500;
}

[OptionsValidator]
internal sealed partial class BatchOptionsValidator : IValidateOptions<BatchOptions>;
