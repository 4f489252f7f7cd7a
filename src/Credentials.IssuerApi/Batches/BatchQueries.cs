using System.Text.Json;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Batches;

/// <summary>A batch's settled lines, page by page.</summary>
internal sealed class BatchQueries(IDatabase database)
{
    public const int LargestPage = 10_000;
    public const int UsualPage = 1000;

    private const string SelectErrors = "SELECT line AS Line, problem AS Problem FROM batch_rows WHERE job_id = @Id AND line > @After AND problem IS NOT NULL ORDER BY line LIMIT @Most";

    private const string SelectCredentials = """
        SELECT r.line AS Line, c.id AS Id, c.credential_id AS CredentialId
        FROM batch_rows r JOIN credentials c ON c.id = r.credential_id
        WHERE r.job_id = @Id AND r.line > @After ORDER BY r.line LIMIT @Most
        """;

    public async Task<BatchErrors> ErrorsAsync(string id, long after, int most, CancellationToken cancellationToken)
    {
        IEnumerable<ErrorRow> rows = await database.ReadAsync(connection => connection.QueryAsync<ErrorRow>(SelectErrors, new { Id = id, After = after, Most = most }), cancellationToken);
        BatchError[] items = [.. rows.Select(row => new BatchError(row.Line, JsonSerializer.Deserialize(row.Problem, IssuerJson.Default.ProblemItemArray)!))];
        return new(items, items.Length == most ? NextOf(id, "errors", items[^1].Line, most) : null);
    }

    public async Task<BatchCredentials> CredentialsAsync(string id, long after, int most, CancellationToken cancellationToken)
    {
        BatchCredential[] items = [.. await database.ReadAsync(connection => connection.QueryAsync<BatchCredential>(SelectCredentials, new { Id = id, After = after, Most = most }), cancellationToken)];
        return new(items, items.Length == most ? NextOf(id, "credentials", items[^1].Line, most) : null);
    }

    private static string NextOf(string id, string list, long line, int most) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/batches/{id}/{list}?after={line}&limit={most}");

    private sealed record ErrorRow(long Line, string Problem);
}
