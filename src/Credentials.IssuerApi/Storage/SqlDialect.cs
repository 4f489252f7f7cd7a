namespace Credentials.IssuerApi.Storage;

/// <summary>What of SQL the two engines say differently, as text to be put into a statement.</summary>
/// <remarks>
/// Prefer words that both know: <c>IS [NOT] DISTINCT FROM</c>, <c>ON CONFLICT</c>, <c>RETURNING</c>, <c>UPDATE … FROM</c>, aliases for subqueries,
/// <c>CAST(NULL AS bigint)</c>; one statement executed for a list of rows in place of <c>IN @Ids</c>. Integers are <c>bigint</c> on both, and there are no booleans.
/// </remarks>
/// <param name="Name">The engine's name for people.</param>
/// <param name="SkipLocked">At the end of a SELECT in a write: claims the rows, passing over those that another transaction has claimed. Empty where there is one writer.</param>
internal sealed record SqlDialect(string Name, string SkipLocked)
{
    public static SqlDialect Sqlite { get; } = new("SQLite", "");

    public static SqlDialect Postgres { get; } = new("PostgreSQL", " FOR UPDATE SKIP LOCKED");
}
