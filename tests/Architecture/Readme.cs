namespace Credentials.Architecture;

/// <summary>What the README shows is what compiles.</summary>
public sealed class Readme
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    [Fact]
    public void Its_program_is_the_sample_that_the_gate_runs()
    {
        string sample = File.ReadAllText(Path.Combine(Repository.Root, "samples", "verify.cs"));
        string program = sample[sample.IndexOf("using ", StringComparison.Ordinal)..].Trim();
        Assert.Contains(program, Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_pictures_and_files_are_there()
    {
        string[] targets = [.. System.Text.RegularExpressions.Regex.Matches(Text, @"\]\((?!https?:|#)(?<it>[^)#]+)", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["it"].Value)];
        Assert.NotEmpty(targets);
        Assert.All(targets, target => Assert.True(Path.Exists(Path.Combine(Repository.Root, target)), target));
    }

    [Fact]
    public void Its_commands_are_in_the_Makefile()
    {
        string makefile = File.ReadAllText(Path.Combine(Repository.Root, "Makefile"));
        string[] commands = [.. System.Text.RegularExpressions.Regex.Matches(Text, @"make (?<it>[a-z]+)", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["it"].Value).Distinct(StringComparer.Ordinal)];
        Assert.Contains("run", commands);
        Assert.Contains("test", commands);
        Assert.All(commands, command => Assert.Contains($"\n{command}:", makefile, StringComparison.Ordinal));
    }
}
