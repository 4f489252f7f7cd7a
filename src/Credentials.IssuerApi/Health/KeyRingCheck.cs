using System.Security.Cryptography;
using Credentials.IssuerApi.Keys;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Credentials.IssuerApi.Health;

/// <summary>Whether the key ring closes and opens.</summary>
internal sealed class KeyRingCheck(SecretProtector protector) : IHealthCheck
{
    private const string Purpose = "Credentials.HealthCheck.v1";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        byte[] probe = RandomNumberGenerator.GetBytes(16);
        byte[] closed = protector.Protect(Purpose, [.. probe]);
        return Task.FromResult(protector.Unprotect(Purpose, closed).AsSpan().SequenceEqual(probe)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The key ring does not open what it closed."));
    }
}
