using System.Data.Common;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Anchoring;

/// <summary>What operators ordered. Kept in the database: it outlives a restart, and every process obeys it from its next step on. To order the same twice is to order it once.</summary>
internal sealed class AnchoringOrders(IDatabase database, AuditLog audit, AnchoringTelemetry telemetry, TimeProvider clock, ILogger<AnchoringOrders> logger)
{
    private const string SelectPause = "SELECT paused_at AS At, paused_by AS Actor FROM anchoring_pauses";
    private const string InsertPause = "INSERT INTO anchoring_pauses (id, paused_at, paused_by) VALUES (1, @Now, @Actor) ON CONFLICT (id) DO NOTHING";
    private const string DeletePause = "DELETE FROM anchoring_pauses";
    private const string SelectFlushes = "SELECT institution_id FROM anchoring_flushes WHERE @Institution IS NULL OR institution_id = @Institution ORDER BY institution_id";

    // What is queued up to now; a later order reaches further.
    private const string InsertFlushes = """
        INSERT INTO anchoring_flushes (institution_id, requested_at, requested_by)
        SELECT id, @Now, @Actor FROM institutions
        WHERE (@Institution IS NULL OR id = @Institution) AND EXISTS (SELECT 1 FROM credentials c WHERE c.institution_id = institutions.id AND c.anchor_batch_id IS NULL)
        ON CONFLICT (institution_id) DO UPDATE SET requested_at = excluded.requested_at, requested_by = excluded.requested_by
        """;

    /// <summary>The pause that holds; null when none does.</summary>
    public async Task<AnchoringPause?> PauseAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<PauseRow>(SelectPause), cancellationToken) is { } row ? new(UnixTime.From(row.At), row.Actor) : null;

    /// <summary>Institutions whose queue is to be sealed now.</summary>
    public async Task<IReadOnlyList<string>> FlushesAsync(string? institution, CancellationToken cancellationToken) =>
        [.. await database.ReadAsync(connection => connection.QueryAsync<string>(SelectFlushes, new { Institution = institution }), cancellationToken)];

    /// <summary>Nothing new is sealed, signed or sent from now on; what was sent is followed.</summary>
    public Task PauseAsync(Caller caller, CancellationToken cancellationToken) => OrderAsync(caller, AuditAction.PauseAnchoring, InsertPause, null, cancellationToken);

    /// <summary>Ends the pause.</summary>
    public Task ResumeAsync(Caller caller, CancellationToken cancellationToken) => OrderAsync(caller, AuditAction.ResumeAnchoring, DeletePause, null, cancellationToken);

    /// <summary>What is queued now is sealed at the next step, however young and few; of the caller's institution, or of all.</summary>
    public Task FlushAsync(Caller caller, CancellationToken cancellationToken) => OrderAsync(caller, AuditAction.FlushAnchoring, InsertFlushes, caller.InstitutionId, cancellationToken);

    private async Task OrderAsync(Caller caller, string order, string statement, string? institution, CancellationToken cancellationToken)
    {
        bool changed = await database.WriteAsync(transaction => OrderAsync(transaction, caller, order, statement, institution), cancellationToken);
        if (changed)
        {
            telemetry.Orders.Add(1, new KeyValuePair<string, object?>("order", order));
            logger.Ordered(caller.KeyId, order);
        }
    }

    private async Task<bool> OrderAsync(DbTransaction transaction, Caller caller, string order, string statement, string? institution)
    {
        var row = new { Institution = institution, Actor = caller.KeyId, Now = clock.Now() };
        if (await transaction.Connection!.ExecuteAsync(statement, row, transaction) == 0)
        {
            return false;
        }

        await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, institution, order, "anchoring"));
        return true;
    }

    private sealed record PauseRow(long At, string Actor);
}

/// <summary>A pause that somebody ordered.</summary>
internal sealed record AnchoringPause(DateTimeOffset Since, string Actor)
{
    public Stall ToStall() => new(StallKind.Paused, $"{Actor} paused anchoring at {Since:u}. POST /anchoring/resume ends it.");
}
