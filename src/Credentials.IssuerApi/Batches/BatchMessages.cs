using Credentials.IssuerApi.Http;

namespace Credentials.IssuerApi.Batches;

/// <summary>How far a batch has come.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">queued, running, completed or cancelled.</param>
/// <param name="Total">Lines with something in them.</param>
/// <param name="Signed">Credentials issued.</param>
/// <param name="Failed">Lines refused; see the errors.</param>
/// <param name="Remaining">Lines that wait; of a cancelled batch, lines that were not signed.</param>
/// <param name="RatePerSecond">Lines settled a second since the upload was accepted; absent before the first ones.</param>
/// <param name="CreatedAt">When the upload was accepted.</param>
/// <param name="StartedAt">When the first lines were settled.</param>
/// <param name="FinishedAt">When it was completed or cancelled.</param>
/// <param name="EstimatedEnd">When it should be done at this rate; absent when done or not begun.</param>
/// <param name="Links">Where to go on.</param>
internal sealed record BatchProgress(
    string Id,
    string State,
    long Total,
    long Signed,
    long Failed,
    long Remaining,
    double? RatePerSecond,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    DateTimeOffset? EstimatedEnd,
    BatchLinks Links)
{
    public static BatchProgress Of(BatchJob job, DateTimeOffset now)
    {
        long settled = job.Signed + job.Failed;
        DateTimeOffset? finished = job.FinishedAt is { } end ? DateTimeOffset.FromUnixTimeMilliseconds(end) : null;
        DateTimeOffset created = DateTimeOffset.FromUnixTimeMilliseconds(job.CreatedAt);
        double seconds = ((finished ?? now) - created).TotalSeconds;
        double? rate = settled > 0 && seconds > 0 ? settled / seconds : null;
        long remaining = job.Total - settled;
        return new(
            job.Id,
            job.State,
            job.Total,
            job.Signed,
            job.Failed,
            remaining,
            rate is { } value ? Math.Round(value, 1) : null,
            created,
            job.StartedAt is { } started ? DateTimeOffset.FromUnixTimeMilliseconds(started) : null,
            finished,
            finished is null && rate is { } perSecond ? now.AddSeconds(remaining / perSecond) : null,
            BatchLinks.Of(job.Id));
    }
}

/// <summary>Where to go on from a batch.</summary>
internal sealed record BatchLinks(string Self, string Errors, string Credentials)
{
    public static BatchLinks Of(string id) => new($"/batches/{id}", $"/batches/{id}/errors", $"/batches/{id}/credentials");
}

/// <summary>A page of a batch's refused lines, in the order of the file.</summary>
/// <param name="Items">The lines.</param>
/// <param name="Next">The next page; absent on the last one.</param>
internal sealed record BatchErrors(IReadOnlyList<BatchError> Items, string? Next);

/// <summary>A line that was refused.</summary>
/// <param name="Line">Its number in the file, from 1.</param>
/// <param name="Errors">What is wrong with it; pointers are into the line's own JSON.</param>
internal sealed record BatchError(long Line, IReadOnlyList<ProblemItem> Errors);

/// <summary>A page of a batch's credentials, in the order of the file.</summary>
internal sealed record BatchCredentials(IReadOnlyList<BatchCredential> Items, string? Next);

/// <summary>A line that was signed.</summary>
/// <param name="Line">Its number in the file, from 1.</param>
/// <param name="Id">Our own id of the credential.</param>
/// <param name="CredentialId">The document's own id.</param>
internal sealed record BatchCredential(long Line, string Id, string CredentialId);
