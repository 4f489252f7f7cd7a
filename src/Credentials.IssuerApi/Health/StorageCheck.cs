using Credentials.IssuerApi.Storage;
using Dapper;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Credentials.IssuerApi.Health;

/// <summary>Whether the database answers.</summary>
internal sealed class StorageCheck(IDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            _ = await database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT count(*) FROM schema_migrations"), cancellationToken);
            return HealthCheckResult.Healthy(database.Dialect.Name);
        }
        catch (StorageUnavailableException fault)
        {
            return HealthCheckResult.Unhealthy(fault.Message);
        }
    }
}
