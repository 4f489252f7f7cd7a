namespace Credentials.WalletWeb.Http;

/// <summary>What the framework may log. Its request lines carry the query, and a query here can carry the code of an offer.</summary>
internal static class Logs
{
    private const string Framework = "Microsoft.AspNetCore";
    private const string Requests = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <summary>Holds the framework at warnings whatever the configuration says, for every log provider by name too: a level set to Trace to find a fault writes no code to a file.</summary>
    public static ILoggingBuilder KeepQueriesOut(this ILoggingBuilder logging)
    {
        logging.Services.PostConfigure<LoggerFilterOptions>(options =>
        {
            string?[] providers = [null, .. options.Rules.Select(rule => rule.ProviderName).OfType<string>().Distinct(StringComparer.Ordinal)];
            foreach (LoggerFilterRule rule in options.Rules.Where(rule => rule.CategoryName?.StartsWith(Framework, StringComparison.OrdinalIgnoreCase) == true).ToArray())
            {
                options.Rules.Remove(rule);
            }

            foreach (string? provider in providers)
            {
                options.Rules.Add(new(provider, Framework, LogLevel.Warning, filter: null));
                options.Rules.Add(new(provider, Requests, LogLevel.None, filter: null));
            }
        });
        return logging;
    }
}
