namespace Credentials.IssuerApi.Storage;

/// <summary>Times as the database keeps them: integer Unix milliseconds, UTC.</summary>
internal static class UnixTime
{
    public static long Now(this TimeProvider clock) => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public static DateTimeOffset From(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
