namespace Credentials.TestKit;

/// <summary>The unsigned diplomas of <c>samples/diplomas</c>.</summary>
public static class Samples
{
    /// <summary>The names that <see cref="Diploma"/> takes.</summary>
    public static IReadOnlyList<string> Names { get; } = ["morocco", "china", "brazil"];

    /// <summary>A time at which every sample is valid; the default of <see cref="SampleIssuer.Time"/>.</summary>
    public static DateTimeOffset Time { get; } = new(2026, 9, 15, 10, 0, 0, TimeSpan.Zero);

    /// <summary>The names as a theory's data.</summary>
    public static IEnumerable<object[]> Each => Names.Select(name => new object[] { name });

    /// <summary>The folder of the diplomas.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "samples", "diplomas");

    /// <summary>The UTF-8 text of one diploma, unsigned and without an id.</summary>
    public static byte[] Diploma(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".json"));

    /// <summary>The lines of the bulk file: unsigned credentials without id and issuer.</summary>
    public static IReadOnlyList<byte[]> Bulk() =>
        [.. File.ReadLines(Path.Combine(Folder, "bulk.ndjson")).Where(line => line.Length > 0).Select(Utf8.Bytes)];
}
