namespace Credentials.IssuerApi.Batches;

/// <summary>The states of a batch. The names stand in the database and in the API.</summary>
internal static class BatchState
{
    /// <summary>Still coming in; nobody but the upload sees it, and a crash removes it.</summary>
    public const string Uploading = "uploading";

    public const string Queued = "queued";
    public const string Running = "running";
    public const string Completed = "completed";
    public const string Cancelled = "cancelled";
}

/// <summary>A batch as it is stored.</summary>
internal sealed class BatchJob
{
    public required string Id { get; init; }

    public required string InstitutionId { get; init; }

    public required string State { get; init; }

    /// <summary>Names of the forms to sign in, separated by a space.</summary>
    public required string Cryptosuites { get; init; }

    public required string CreatedBy { get; init; }

    public required long Total { get; init; }

    public required long Signed { get; init; }

    public required long Failed { get; init; }

    public required long CreatedAt { get; init; }

    public long? StartedAt { get; init; }

    public long? FinishedAt { get; init; }
}

/// <summary>A line that waits to be signed.</summary>
internal sealed record BatchRow(long Line, byte[] Body);
