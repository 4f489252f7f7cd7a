using System.Diagnostics;

namespace Credentials.IssuerApi.Http;

/// <summary>One line a request, with the route's pattern and never its path: a path may hold a public token, which opens a diploma.</summary>
internal sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            if (logger.IsEnabled(LogLevel.Information))
            {
                string route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.TrimEnd('/') ?? "(no route)";
                double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                Answered(logger, context.Request.Method, route, context.Response.StatusCode, milliseconds);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Route} {StatusCode} in {Milliseconds:0.0} ms")]
    private static partial void Answered(ILogger logger, string method, string route, int statusCode, double milliseconds);
}
