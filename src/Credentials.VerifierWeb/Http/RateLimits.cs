using System.Globalization;
using System.Threading.RateLimiting;
using Credentials.VerifierWeb.Options;
using Credentials.VerifierWeb.Pages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Credentials.VerifierWeb.Http;

/// <summary>A token bucket for each network address (<see cref="NetworkPartition"/>), drawn from by whatever makes this host verify or fetch; forms, health and descriptions are free.</summary>
internal static class RateLimits
{
    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<VerifierOptions>>((limiter, options) =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => Costs(context.Request)
                ? RateLimitPartition.GetTokenBucketLimiter(NetworkPartition.Of(context.Connection.RemoteIpAddress), _ => Bucket(options.Value.RequestsPerMinute))
                : RateLimitPartition.GetNoLimiter("free"));
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = RefuseAsync;
        });
        return services;
    }

    private static bool Costs(HttpRequest request) => HttpMethods.IsPost(request.Method) || request.Query.ContainsKey("c") || request.Path.StartsWithSegments("/identifiers", StringComparison.Ordinal);

    private static TokenBucketRateLimiterOptions Bucket(int perMinute) => new()
    {
        TokenLimit = perMinute,
        TokensPerPeriod = Math.Max(1, perMinute / 6),
        ReplenishmentPeriod = TimeSpan.FromSeconds(10),
        QueueLimit = 0,
    };

    private static async ValueTask RefuseAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        HttpContext context = rejected.HttpContext;
        TimeSpan wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan after) ? after : TimeSpan.FromSeconds(10);
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (context.Request.Path.StartsWithSegments("/v", StringComparison.Ordinal))
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(PageEndpoints.TooMany(context), cancellationToken);
            return;
        }

        await TypedResults.Problem("Too many documents from this network address; see Retry-After.", statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(context);
    }
}
