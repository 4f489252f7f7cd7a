using System.Diagnostics;
using System.Text;
using Credentials.IssuerApi.Tests.Storage;

namespace Credentials.IssuerApi.Tests.Startup;

/// <summary>The issuer as a process of its own, for what only a process shows: exit codes, sentences on standard error, locks.</summary>
internal sealed class IssuerChild : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private IssuerChild(Process process) => _process = process;

    /// <summary>A configuration that starts, over a folder; the node does not answer.</summary>
    public static Dictionary<string, string> Settings(string dataFolder) => new(StringComparer.Ordinal)
    {
        ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        ["Issuer__DataFolder"] = dataFolder,
        ["Storage__Postgres"] = TestStorage.PostgresOf(dataFolder),
        ["Issuer__AdministratorKey"] = IssuerApplication.AdministratorKey,
        ["Issuer__KeyRing__Passphrase"] = IssuerApplication.Passphrase,
        ["Chain__RpcUrl"] = "http://127.0.0.1:1",
        ["Chain__ChainId"] = "31337",
        ["Chain__GenesisHash"] = "0x" + new string('1', 64),
        ["Chain__Contract"] = "0x" + new string('2', 40),
    };

    public static IssuerChild Start(IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        string configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        string dll = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Credentials.IssuerApi", configuration, "Credentials.IssuerApi.dll"));
        var start = new ProcessStartInfo("dotnet", [dll, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string key, string value) in settings)
        {
            start.Environment[key] = value;
        }

        var child = new IssuerChild(new Process { StartInfo = start });
        child._process.OutputDataReceived += child.Keep;
        child._process.ErrorDataReceived += child.Keep;
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Starts it, waits for its end, and gives its exit code and all that it said.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        using IssuerChild child = Start(settings, arguments);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await child._process.WaitForExitAsync(patience.Token);
        return (child._process.ExitCode, child.Output);
    }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Waits until it serves, and gives its address.</summary>
    public Task<Uri> ListeningAsync() => _listening.Task.WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>Asks it to stop, as a service manager does.</summary>
    public async Task<int> StopAsync()
    {
        using (Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }

        if (line.Data?.Split("Now listening on: ") is [_, var address])
        {
            _listening.TrySetResult(new Uri(address));
        }
    }
}
