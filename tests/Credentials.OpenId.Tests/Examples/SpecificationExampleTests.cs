using Credentials.TestKit;

namespace Credentials.OpenId.Examples;

/// <summary>No example of the two specifications is left out: each is read by the code that reads such messages, refused for a reason, or stands in the list of what is left out.</summary>
public sealed class SpecificationExampleTests
{
    private static readonly Dictionary<string, ExampleRow> Rows = new[] { ("OpenID4VCI", IssuanceExamples.Rows), ("OpenID4VP", PresentationExamples.Rows) }
        .SelectMany(table => table.Item2.Select(row => (Name: row.Key.StartsWith("examples/", StringComparison.Ordinal) ? $"{table.Item1}/{row.Key}" : $"{table.Item1} {row.Key}", row.Value)))
        .ToDictionary(row => row.Name, row => row.Value, StringComparer.Ordinal);

    [VectorFact("openid")]
    public void Every_example_is_in_the_table_and_the_table_names_nothing_else() =>
        Assert.Equal(SpecificationExample.All.Select(example => example.Name).Order(StringComparer.Ordinal), Rows.Keys.Order(StringComparer.Ordinal));

    [VectorFact("openid")]
    public async Task Every_example_is_read_or_refused_as_the_table_says()
    {
        List<string> wrong = [];
        foreach ((string name, ExampleRow row) in Rows.Where(row => row.Value.Read is not null))
        {
            Problem? problem = await row.Read!(SpecificationExample.Named(name));
            if (problem is null != row.Why is null)
            {
                wrong.Add($"{name}: {problem?.ToString() ?? "was read, though it " + row.Why}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void What_is_refused_or_left_out_has_a_reason() =>
        Assert.All(Rows.Where(row => row.Value.Read is null || row.Value.Why is not null), row => Assert.True(row.Value.Why?.Length > 10, row.Key));
}
