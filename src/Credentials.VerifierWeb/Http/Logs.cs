namespace Credentials.VerifierWeb.Http;

/// <summary>What the framework may log. Its request lines carry the query, and a query here carries the link to somebody's diploma.</summary>
internal static class Logs
{
    public static ILoggingBuilder KeepQueriesOut(this ILoggingBuilder logging) => logging
        .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning)
        .AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Warning);
}
