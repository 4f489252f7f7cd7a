using System.Globalization;
using System.Threading.RateLimiting;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Configuration;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Http;

/// <summary>Section <c>RateLimits</c>: token buckets, one an API key; for those without a key one a client address, and one more for its wallets.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    [Within(1, 1_000_000, ErrorMessage = "RateLimits:KeyPerSecond")]
    public int KeyPerSecond { get; set; } = 1000;

    [Within(1, 1_000_000, ErrorMessage = "RateLimits:KeyBurst")]
    public int KeyBurst { get; set; } = 5000;

    [Within(1, 1_000_000, ErrorMessage = "RateLimits:AddressPerSecond")]
    public int AddressPerSecond { get; set; } = 100;

    [Within(1, 1_000_000, ErrorMessage = "RateLimits:AddressBurst")]
    public int AddressBurst { get; set; } = 1000;
}

[OptionsValidator]
internal sealed partial class RateLimitOptionsValidator : IValidateOptions<RateLimitOptions>;

internal static class RateLimits
{
    public static void AddIssuerRateLimits(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<RateLimitOptions, RateLimitOptionsValidator>().BindConfiguration(RateLimitOptions.Section);
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(PartitionOf);
            limiter.OnRejected = async (rejected, _) =>
            {
                HttpContext context = rejected.HttpContext;
                TimeSpan wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan after) ? after : TimeSpan.FromSeconds(1);
                context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                await ApiProblem.Of(StatusCodes.Status429TooManyRequests, ApiProblem.RateLimited, "Too many requests at once. Wait as Retry-After says; many credentials go faster through POST /batches.").ExecuteAsync(context);
            };
        });
    }

    private static RateLimitPartition<string> PartitionOf(HttpContext context)
    {
        RateLimitOptions options = context.RequestServices.GetRequiredService<IOptions<RateLimitOptions>>().Value;
        return Caller.Of(context.User) is { } caller
            ? RateLimitPartition.GetTokenBucketLimiter("key " + caller.KeyId, _ => Bucket(options.KeyPerSecond, options.KeyBurst))
            : RateLimitPartition.GetTokenBucketLimiter((IsForWallets(context) ? "wallets at " : "address ") + context.Connection.RemoteIpAddress, _ => Bucket(options.AddressPerSecond, options.AddressBurst));
    }

    // A bucket of their own, of the same size: whoever guesses API keys from a campus does not keep its learners from their diplomas.
    private static bool IsForWallets(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<WalletEndpoint>() is not null;

    private static TokenBucketRateLimiterOptions Bucket(int perSecond, int burst) => new()
    {
        TokenLimit = burst,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    };
}
