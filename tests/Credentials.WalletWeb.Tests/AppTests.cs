using System.Diagnostics;
using System.Text.RegularExpressions;
using Credentials.TestKit;

namespace Credentials.WalletWeb.Tests;

/// <summary>The protocols of the web app under Node's own test runner, one fact a file; what failed is in the message.</summary>
public sealed class AppTests(AppBundle bundle) : IClassFixture<AppBundle>
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(AppBundle.Folder, "*.test.ts").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Obeys(string file)
    {
        (int exit, string output) = await AppBundle.NodeAsync("--test", "--test-reporter=tap", Path.Combine(bundle.Output, file.Replace(".ts", ".mjs", StringComparison.Ordinal)));

        Assert.True(exit == 0, output);
        Assert.InRange(Count(output, "pass"), 9, 1000);
        Assert.Equal(0, Count(output, "fail"));
    }

    private static int Count(string output, string what) =>
        int.Parse(Regex.Match(output, $"^# {what} (?<count>[0-9]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["count"].Value, System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The tests, checked by tsc and bundled once.</summary>
public sealed class AppBundle : IAsyncLifetime
{
    /// <summary>Where they lie.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Credentials.WalletWeb.Tests", "App");

    public string Output { get; } = Path.Combine(Repository.Root, "artifacts", "obj", "wallet-tests");

    public async Task InitializeAsync()
    {
        (int exit, string output) = await NodeAsync(Path.Combine(Folder, "build.mjs"), Output);
        Assert.True(exit == 0, output);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Runs Node and gives back its exit code and what it printed.</summary>
    public static async Task<(int Exit, string Output)> NodeAsync(params string[] arguments)
    {
        using Process node = Process.Start(new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
        Task<string> output = node.StandardOutput.ReadToEndAsync(patience.Token);
        Task<string> errors = node.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await node.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            node.Kill(entireProcessTree: true);
            throw;
        }

        return (node.ExitCode, await output + await errors);
    }
}
