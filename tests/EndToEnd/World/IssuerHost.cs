using System.Collections.Concurrent;
using System.Diagnostics;

namespace Credentials.EndToEnd.World;

/// <summary>A host (the issuer, unless another is named) as a process of its own, which dies with this one, and can be killed before.</summary>
internal sealed class IssuerHost : IAsyncDisposable
{
    private const string Issuer = "Credentials.IssuerApi";
    private const int LinesKept = 200;

    // The shell becomes the issuer; a reader of our end of the pipe stays behind and stops the issuer when that end is closed.
    private const string Guard = "exec 3<&0; (read -r _ <&3; kill -TERM $$) >/dev/null 2>&1 & exec \"$@\" 3<&- </dev/null 2>&1";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();

    private IssuerHost(Process process) => _process = process;

    /// <summary>The last lines that it printed.</summary>
    public string Log => string.Join('\n', _log);

    /// <summary>Processor time that it has used, on all cores.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it and waits until it answers.</summary>
    public static async Task<IssuerHost> StartAsync(Uri url, IReadOnlyDictionary<string, string> settings, string project = Issuer)
    {
        IssuerHost host = Launch(settings, project);
        try
        {
            await host.WaitUntilItAnswersAsync(new Uri(url, "/health/live"));
            return host;
        }
        catch
        {
            host.Kill();
            throw;
        }
    }

    /// <summary>Starts it and waits for nothing.</summary>
    public static IssuerHost Launch(IReadOnlyDictionary<string, string> settings, string project = Issuer)
    {
        ProcessStartInfo start = new("/bin/sh", ["-c", Guard, "host", "dotnet", AssemblyOf(project)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach ((string key, string value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        IssuerHost host = new(Process.Start(start)!);
        host._process.OutputDataReceived += (_, line) => host.Keep(line.Data);
        host._process.BeginOutputReadLine();
        return host;
    }

    /// <summary>Waits until it is dead by itself.</summary>
    public async Task DiesAsync(TimeSpan patience)
    {
        using CancellationTokenSource end = new(patience);
        try
        {
            await _process.WaitForExitAsync(end.Token);
        }
        catch (OperationCanceledException fault)
        {
            throw new TimeoutException($"The issuer still lives after {patience.TotalSeconds:0} s. It printed:\n{Log}", fault);
        }
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGTERM, and patience.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using CancellationTokenSource patience = new(StopTimeout);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task WaitUntilItAnswersAsync(Uri health)
    {
        using HttpClient http = new() { Timeout = TimeSpan.FromSeconds(2) };
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < StartTimeout && !_process.HasExited)
        {
            try
            {
                using HttpResponseMessage answer = await http.GetAsync(health);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet.
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException($"The host does not answer at {health}. It printed:\n{Log}");
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        _log.Enqueue(line);
        while (_log.Count > LinesKept)
        {
            _log.TryDequeue(out _);
        }
    }

    // Beside our own folder: artifacts/bin/PROJECT/CONFIGURATION.
    internal static string AssemblyOf(string project)
    {
        string configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", project, configuration, project + ".dll"));
    }
}
