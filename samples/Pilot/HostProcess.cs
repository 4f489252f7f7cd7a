using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace Credentials.Pilot;

/// <summary>One of our hosts as a child that dies with the pilot, even on SIGKILL: it lives only as long as its standard input is open.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const string Guard = "exec 3<&0; (read -r _ <&3; kill -TERM $$) >/dev/null 2>&1 & exec \"$@\" 3<&- </dev/null";
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly StreamWriter _file;

    private HostProcess(Process process, string logFile)
    {
        _process = process;
        _file = new StreamWriter(logFile, append: true) { AutoFlush = true };
    }

    public bool HasExited => _process.HasExited;

    public string Tail => string.Join('\n', _log);

    public static HostProcess Start(string project, IReadOnlyDictionary<string, string> settings, string logFile)
    {
        // Beside this program's own folder: artifacts/bin/PROJECT/CONFIGURATION/PROJECT.dll.
        string configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        string dll = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", project, configuration, project + ".dll"));
        if (!File.Exists(dll))
        {
            throw new PilotException($"{dll} is missing: build the solution first (make build).");
        }

        var start = new ProcessStartInfo("/bin/sh", ["-c", Guard, project, Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet", dll])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(dll),
        };
        foreach ((string key, string value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var host = new HostProcess(Process.Start(start) ?? throw new PilotException($"{project} could not be started."), logFile);
        host._process.OutputDataReceived += host.Keep;
        host._process.ErrorDataReceived += host.Keep;
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    /// <summary>Waits until the host answers its health check, or says why it does not.</summary>
    public async Task WaitUntilHealthyAsync(string name, Uri health, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60))
        {
            if (HasExited)
            {
                throw new PilotException($"The {name} stopped while starting. Its last words:\n{Tail}");
            }

            try
            {
                using HttpResponseMessage answer = await http.GetAsync(health, cancellationToken);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Slow to start.
            }

            await Task.Delay(50, cancellationToken);
        }

        throw new PilotException($"The {name} did not answer at {health} within 60 s. Its last words:\n{Tail}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        await _file.DisposeAsync();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not { } text)
        {
            return;
        }

        lock (_file)
        {
            _file.WriteLine(text);
        }

        _log.Enqueue(text);
        while (_log.Count > 20)
        {
            _log.TryDequeue(out _);
        }
    }
}
