using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Credentials.IssuerApi;

/// <summary>What this program tells of itself: ids and counts, never subject data.</summary>
internal static class Telemetry
{
    public const string Name = "Credentials.IssuerApi";

    public static readonly ActivitySource Activities = new(Name);
    private static readonly Meter s_meter = new(Name);

    public static readonly Counter<long> CredentialsIssued = s_meter.CreateCounter<long>("credentials.issued", "{credential}", "Credentials signed and stored.");
    public static readonly Counter<long> BatchRowsFailed = s_meter.CreateCounter<long>("credentials.batch.rows_failed", "{row}", "Lines of batches that could not be issued.");
    public static readonly Counter<long> StatusChanges = s_meter.CreateCounter<long>("credentials.status_changes", "{change}", "Revocations, suspensions and their ends.");
    public static readonly Histogram<double> SigningSeconds = s_meter.CreateHistogram<double>("credentials.signing.duration", "s", "Time to make and sign one credential.");
}
