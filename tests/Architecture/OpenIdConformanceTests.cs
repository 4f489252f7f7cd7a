using Credentials.TestKit;

namespace Credentials.Architecture;

/// <summary>The table of every MUST names only what is there, and leaves out nothing that the specifications demand.</summary>
public sealed class OpenIdConformanceTests
{
    private const int FewestWordsOfAReason = 3;

    [Fact]
    public void Every_cell_says_something() => Assert.All(Conformance.Rows, row =>
        Assert.All(new[] { row.Id, row.Role, row.Demand, row.Kept, row.Test }, cell => Assert.True(cell.Length >= 3, row.Line)));

    [Fact]
    public void No_id_is_there_twice() =>
        Assert.Equal(Conformance.Rows.Count, Conformance.Rows.Select(row => row.Id).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void A_role_is_one_of_the_specifications() => Assert.All(Conformance.Rows, row =>
        Assert.Contains(row.Role, new[] { "issuer", "authorization server", "verifier", "wallet", "both", "all" }));

    [Fact]
    public void Every_test_named_is_in_the_sources() => Assert.All(Conformance.Rows.SelectMany(row => row.Tests.Select(test => (row.Id, Test: test))), named =>
        Assert.True(Conformance.CSharpTests.Contains(named.Test) || Conformance.IsScriptTest(named.Test), $"{named.Id}: {named.Test}"));

    [Fact]
    public void A_row_names_a_test_or_says_why_there_is_none() => Assert.All(Conformance.Rows, row =>
        Assert.True(row.HasNone ? row.Test.Split(' ').Length > FewestWordsOfAReason : row.Tests.Any(), row.Line));

    [Fact]
    public void What_does_not_apply_says_why() => Assert.All(Conformance.Rows.Where(row => row.Kept.StartsWith("not applicable", StringComparison.Ordinal)), row =>
        Assert.True(row.Kept.StartsWith("not applicable: ", StringComparison.Ordinal) && row.Kept.Split(' ').Length > FewestWordsOfAReason, row.Line));

    [Fact]
    public void The_code_named_is_in_the_sources()
    {
        HashSet<string> files = [.. Repository.Files("src", "*.*").Where(path => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".ts", StringComparison.Ordinal))
            .Select(path => Path.GetFileName(path)!)];
        Assert.All(Conformance.Rows.SelectMany(row => Conformance.Quoted(row.Kept).Where(code => code.EndsWith(".cs", StringComparison.Ordinal) || code.EndsWith(".ts", StringComparison.Ordinal)).Select(code => (row.Id, Code: code))), named =>
            Assert.True(files.Contains(named.Code), $"{named.Id}: {named.Code}"));
    }

    [Fact]
    public void Most_demands_have_a_test() =>
        Assert.InRange(Conformance.Rows.Count(row => !row.HasNone), Conformance.Rows.Count * 2 / 3, Conformance.Rows.Count);

    [VectorTheory("openid")]
    [InlineData("VCI", "OpenID4VCI", "openid-4-verifiable-credential-issuance-1_0.md", "1.2")]
    [InlineData("VP", "OpenID4VP", "openid-4-verifiable-presentations-1_0.md", "1.3")]
    public void Every_section_that_demands_something_has_a_row(string prefix, string folder, string file, string notation)
    {
        string[] demanding = [.. Conformance.DemandingSections(File.ReadLines(Vectors.Path("openid", folder, file))).Distinct(StringComparer.Ordinal).Where(section => section != notation)];
        Assert.True(demanding.Length > 50, "The specification was not read.");
        Assert.All(demanding, section => Assert.Contains(Conformance.Rows, row => row.Id.StartsWith($"{prefix}-{section}-", StringComparison.Ordinal)));
    }
}
