using Credentials.IssuerApi.Configuration;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Batches;

/// <summary>Section <c>Batches</c>: the bounds of an upload and the pace of its signing.</summary>
internal sealed class BatchOptions
{
    public const string Section = "Batches";

    /// <summary>Largest upload, in bytes.</summary>
    public const long MaxBytes = 512L * 1024 * 1024;

    [Within(1, 1_000_000, ErrorMessage = "Batches:MaxRows")]
    public int MaxRows { get; set; } = 100_000;

    [Within(1024, 1024 * 1024, ErrorMessage = "Batches:MaxLineBytes")]
    public int MaxLineBytes { get; set; } = 256 * 1024;

    /// <summary>Credentials signed and stored in one database transaction.</summary>
    [Within(1, 10_000, ErrorMessage = "Batches:ChunkSize")]
    public int ChunkSize { get; set; } = 500;

    /// <summary>How long a process that shares the database may take over a chunk. After that another process signs it: that of a process that died.</summary>
    [System.ComponentModel.DataAnnotations.Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "Batches:ClaimTime must be between 00:00:01 and 01:00:00.")]
    public TimeSpan ClaimTime { get; set; } = TimeSpan.FromMinutes(1);
}

[OptionsValidator]
internal sealed partial class BatchOptionsValidator : IValidateOptions<BatchOptions>;
