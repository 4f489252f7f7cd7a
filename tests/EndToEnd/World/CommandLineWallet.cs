using System.Diagnostics;
using System.Text.Json;

namespace Credentials.EndToEnd.World;

/// <summary><c>credentials wallet</c> as a process, with a folder of its own.</summary>
internal sealed class CommandLineWallet : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>One whose trust file opens the addresses of this machine: here are the hosts of the tests.</summary>
    public CommandLineWallet()
    {
        string place = Directory.CreateDirectory(Path.Combine(Folder, ".config", "credentials")).FullName;
        File.WriteAllText(Path.Combine(place, "trust.json"), """{"allowPrivateAddresses":true}""");
    }

    /// <summary>Where it keeps things.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("wallet-").FullName;

    /// <summary>Accepts an offer, which must succeed.</summary>
    /// <returns>The credentials.</returns>
    public async Task<IReadOnlyList<JsonElement>> AcceptAsync(Offer offer, params string[] words)
    {
        string[] code = offer.TxCode is { } text && !words.Contains("--tx-code") ? ["--tx-code", text] : [];
        Ran ran = await RunAsync(["accept", offer.DeepLink, "--json", .. code, .. words]);
        Assert.True(ran.Code == 0, $"{ran.Code} {ran.Out} {ran.Error}");
        return [.. ran.Json.GetProperty("accepted").EnumerateArray()];
    }

    /// <summary>Shows what is asked, which must succeed.</summary>
    public async Task<JsonElement> ShowAsync(Question question, params string[] words)
    {
        Ran ran = await RunAsync(["present", question.DeepLink, "--yes", "--json", .. words]);
        Assert.True(ran.Code == 0, $"{ran.Code} {ran.Out} {ran.Error}");
        return ran.Json;
    }

    /// <summary>Runs one command of the wallet.</summary>
    public async Task<Ran> RunAsync(params string[] words)
    {
        using Process process = Start(words);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        return await EndAsync(process, output, error);
    }

    /// <summary>Accepts an offer that wants to see the learner: reads the page's address from the terminal, and visits it.</summary>
    public async Task<Ran> AcceptByBrowserAsync(Offer offer, params string[] words)
    {
        using Process process = Start(["accept", offer.DeepLink, "--json", .. words]);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        System.Text.StringBuilder said = new();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            said.AppendLine(line);
            if (Uri.TryCreate(line.Trim(), UriKind.Absolute, out Uri? page) && page.Scheme == Uri.UriSchemeHttp)
            {
                await LearnersBrowser.VisitAsync(page, offer.TxCode!);
                break;
            }
        }

        Task<string> rest = process.StandardError.ReadToEndAsync();
        Ran ran = await EndAsync(process, output, rest);
        return ran with { Error = said + ran.Error };
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static async Task<Ran> EndAsync(Process process, Task<string> output, Task<string> error)
    {
        using CancellationTokenSource patience = new(s_patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        return new(process.ExitCode, await output, await error);
    }

    private Process Start(string[] words)
    {
        ProcessStartInfo start = new("dotnet", [IssuerHost.AssemblyOf("Credentials.Cli"), "wallet", .. words, "--wallet", Folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["HOME"] = Folder;
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}

/// <summary>How a command ended.</summary>
internal sealed record Ran(int Code, string Out, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>The code of the problem that it printed.</summary>
    public string? Problem => Json.TryGetProperty("problem", out JsonElement problem) ? problem.GetProperty("code").GetString() : null;
}
