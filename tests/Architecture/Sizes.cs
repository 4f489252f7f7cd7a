namespace Credentials.Architecture;

/// <summary>The sizes at which a file stops being one thing.</summary>
public sealed class Sizes
{
    [Theory]
    [InlineData("src", "*.cs", 400)]
    [InlineData("tests", "*.cs", 400)]
    [InlineData("samples", "*.cs", 400)]
    [InlineData("contracts/src", "*.sol", 200)]
    public void No_file_is_past_the_end_of_the_road(string folder, string pattern, int lines)
    {
        string[] files = [.. Repository.Files(folder, pattern)];
        Assert.NotEmpty(files);
        Assert.All(files, path => Assert.InRange(File.ReadLines(path).Count(), 1, lines));
    }

    [Fact]
    public void A_Program_reads_as_a_table_of_contents() =>
        Assert.All(Repository.Files("src", "Program.cs"), path => Assert.InRange(File.ReadLines(path).Count(), 1, 100));

    [Fact]
    public void Nothing_is_left_as_a_stub() => Assert.All(Repository.Files("src", "*.cs").Concat(Repository.Files("samples", "*.cs")), path =>
    {
        string text = File.ReadAllText(path);
        Assert.DoesNotContain("NotImplementedException", text, StringComparison.Ordinal);
        Assert.DoesNotContain("TO" + "DO", text, StringComparison.Ordinal);
    });
}
