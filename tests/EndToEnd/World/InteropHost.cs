using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Credentials.EndToEnd.World;

/// <summary><c>make interop</c>: the pilot with its issuer, verifier and front, as processes that die with this one.</summary>
internal sealed class InteropHost : IAsyncDisposable
{
    private const string Guard = "exec 3<&0; (read -r _ <&3; kill -TERM $$) >/dev/null 2>&1 & exec \"$@\" 3<&- </dev/null 2>&1";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private InteropHost(Process process, HttpClient http) => (_process, Http) = (process, http);

    /// <summary>Asks the front.</summary>
    public HttpClient Http { get; }

    /// <summary>The manifest that it serves.</summary>
    public JsonObject Manifest { get; private set; } = [];

    public static async Task<InteropHost> StartAsync()
    {
        int port = FreePort();
        string configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        string pilot = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Pilot", configuration, "Pilot.dll"));
        ProcessStartInfo start = new("/bin/sh", ["-c", Guard, "interop", "dotnet", pilot, "interop"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["INTEROP_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        InteropHost host = new(new Process { StartInfo = start }, new HttpClient { BaseAddress = new Uri($"http://localhost:{port}") });
        host._process.OutputDataReceived += host.Keep;
        host._process.Start();
        host._process.BeginOutputReadLine();
        await Task.WhenAny(host._ready.Task, host._process.WaitForExitAsync(), Task.Delay(s_patience));
        Assert.True(host._ready.Task.IsCompleted, $"make interop did not get ready:\n{string.Join('\n', host._log)}");
        host.Manifest = (await host.Http.GetFromJsonAsync<JsonObject>("/.well-known/vc-interop.json"))!;
        return host;
    }

    /// <summary>Posts to a path of the manifest and gives the answer.</summary>
    public async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(string path, JsonObject body)
    {
        using HttpResponseMessage answer = await Http.PostAsync(new Uri(path, UriKind.Relative), JsonContent.Create(body));
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.StandardInput.Close();
        using CancellationTokenSource patience = new(s_patience);
        await _process.WaitForExitAsync(patience.Token);
        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        _log.Enqueue(line.Data ?? "");
        if (line.Data?.StartsWith("Ready", StringComparison.Ordinal) == true)
        {
            _ready.TrySetResult();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
