namespace Credentials.IssuerApi.Http;

internal static class LogServices
{
    // Off altogether: even at warnings it opens a scope with the request's path around every other log line.
    private const string RequestScope = "Microsoft.AspNetCore.Hosting.Diagnostics";
    private const string Framework = "Microsoft.AspNetCore";

    /// <summary>
    /// The framework's own request and routing logs print paths, and a path may hold a public token. They are kept at warnings
    /// whatever the configuration says, so that a level set to Debug to find a fault does not write tokens to a file.
    /// </summary>
    public static WebApplicationBuilder AddIssuerLogging(this WebApplicationBuilder builder)
    {
        builder.Services.PostConfigure<LoggerFilterOptions>(options =>
        {
            string?[] providers = [null, .. options.Rules.Select(rule => rule.ProviderName).OfType<string>().Distinct(StringComparer.Ordinal)];
            foreach (LoggerFilterRule rule in options.Rules.Where(SaysMore).ToArray())
            {
                options.Rules.Remove(rule);
            }

            foreach (string? provider in providers)
            {
                options.Rules.Add(new LoggerFilterRule(provider, Framework, LogLevel.Warning, filter: null));
                options.Rules.Add(new LoggerFilterRule(provider, RequestScope, LogLevel.None, filter: null));
            }
        });
        return builder;
    }

    private static bool SaysMore(LoggerFilterRule rule) =>
        rule.CategoryName?.StartsWith(Framework, StringComparison.OrdinalIgnoreCase) == true
        && (rule.LogLevel is null or < LogLevel.Warning || rule.CategoryName.StartsWith(RequestScope, StringComparison.OrdinalIgnoreCase));
}
