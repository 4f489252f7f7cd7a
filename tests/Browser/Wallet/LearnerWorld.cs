using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Credentials.TestKit.Ledger;
using Microsoft.Playwright;

namespace Credentials.Browser.Wallet;

/// <summary>What a learner meets, as real processes: the pilot with its chain, university, employer's verifier and wallet, each on a port of its own, and a browser before them.</summary>
public sealed class LearnerWorld : IAsyncLifetime, IDisposable
{
    // The shell becomes the pilot; a reader of our end of the pipe stays behind and stops it when that end is closed.
    private const string Guard = "exec 3<&0; (read -r _ <&3; kill -TERM $$) >/dev/null 2>&1 & exec \"$@\" 3<&- </dev/null 2>&1";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("learner-").FullName;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpClient _http = new();
    private readonly Dictionary<string, Uri> _urls = new(StringComparer.Ordinal);
    private Process? _pilot;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private JsonObject _settings = [];

    /// <summary>Where the wallet is.</summary>
    public Uri Wallet => _urls["WALLET"];

    public async Task InitializeAsync()
    {
        if ((Chromium.SkipReason ?? AnvilFixture.SkipReason) is not null)
        {
            return;
        }

        await StartPilotAsync();
        _settings = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "pilot.json")))!.AsObject();
        _playwright = await Playwright.CreateAsync();
        _browser = await LaunchAsync();
    }

    /// <summary>A browser of its own, for arguments of its own.</summary>
    public Task<IBrowser> LaunchAsync(params string[] arguments) => _playwright!.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Chromium.Path,
        Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", .. arguments],
    });

    /// <summary>A learner with an empty phone.</summary>
    public async Task<Visit> OpenAsync(string language = "en", IBrowser? browser = null)
    {
        IBrowserContext context = await (browser ?? _browser!).NewContextAsync(new()
        {
            BaseURL = Wallet.AbsoluteUri,
            ViewportSize = new() { Width = 390, Height = 844 },
            DeviceScaleFactor = 2,
            Locale = language,
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout(60_000);
        return new(context, await context.NewPageAsync());
    }

    /// <summary>The registrar offers the diploma: the link, and the code that goes another way.</summary>
    /// <param name="grant">How the wallet gets it.</param>
    /// <param name="txCode">Whether a code goes another way.</param>
    /// <param name="credential">Which; the pilot's own unless another is named.</param>
    public async Task<(string Link, string? Code)> OfferAsync(string grant = "pre-authorized_code", bool txCode = true, string? credential = null)
    {
        JsonNode offer = await MakeOfferAsync(grant, txCode, credential);
        return (offer["walletLink"]!.GetValue<string>(), offer["txCode"]?.GetValue<string>());
    }

    /// <summary>An offer's QR code, as the issuer draws it.</summary>
    public async Task<string> OfferQrAsync() => await _http.GetStringAsync(new Uri((await MakeOfferAsync("pre-authorized_code", txCode: true))["qr"]!.GetValue<string>()));

    /// <summary>The registrar issues a sample of <c>samples/diplomas</c>, and its anchor is final.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> IssueAsync(string sample)
    {
        JsonObject diploma = JsonNode.Parse(TestKit.Samples.Diploma(sample))!.AsObject();
        diploma.Remove("issuer");
        string id = (await RegisterAsync(HttpMethod.Post, "/credentials/issue", new JsonObject { ["credential"] = diploma }))["id"]!.GetValue<string>();
        long start = Stopwatch.GetTimestamp();
        while ((await RegisterAsync(HttpMethod.Get, $"/credentials/{id}/state", null))["state"]!.GetValue<string>() != "finalized")
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < s_patience, "The anchor is not final.");
            await Task.Delay(200);
        }

        return id;
    }

    private Task<JsonNode> MakeOfferAsync(string grant, bool txCode, string? credential = null) =>
        RegisterAsync(HttpMethod.Post, $"/credentials/{credential ?? _settings["credentialId"]!.GetValue<string>()}/offers", new JsonObject { ["grant"] = grant, ["txCode"] = txCode });

    private async Task<JsonNode> RegisterAsync(HttpMethod method, string path, JsonObject? body)
    {
        using HttpRequestMessage request = new(method, new Uri(_urls["ISSUER"], path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _settings["registrarKey"]!.GetValue<string>());
        request.Content = body is null ? null : JsonContent.Create(body);
        using HttpResponseMessage answer = await _http.SendAsync(request);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    /// <summary>The employer asks: the link, and where the answer is to be seen.</summary>
    public async Task<(string Link, Uri Status)> AskAsync(JsonObject question)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(_urls["VERIFIER"], "/presentations")) { Content = JsonContent.Create(question) };
        request.Headers.Accept.Add(new("application/json"));
        using HttpResponseMessage answer = await _http.SendAsync(request);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        JsonNode asked = JsonNode.Parse(text)!;
        return (asked["walletLink"]!.GetValue<string>(), new Uri(asked["statusUrl"]!.GetValue<string>()));
    }

    /// <summary>What the employer sees once the question is no longer open.</summary>
    public async Task<JsonNode> AnswerAsync(Uri status)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            JsonNode state = JsonNode.Parse(await _http.GetStringAsync(status))!;
            if (state["state"]!.GetValue<string>() != "open" || Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(30))
            {
                return state;
            }

            await Task.Delay(200);
        }
    }

    /// <summary>Opens an offer without a code and takes it.</summary>
    public async Task TakeAsync(IPage page)
    {
        await page.GotoAsync((await OfferAsync(txCode: false)).Link);
        await page.Locator("main .actions .primary").ClickAsync();
        await page.Locator("main div.card").WaitForAsync();
    }

    public async Task DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        if (_pilot is not null)
        {
            _pilot.StandardInput.Close();
            using CancellationTokenSource patience = new(s_patience);
            await _pilot.WaitForExitAsync(patience.Token);
        }

        Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    public void Dispose()
    {
        _playwright?.Dispose();
        _pilot?.Dispose();
        _http.Dispose();
    }

    private async Task StartPilotAsync()
    {
        string configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        string dll = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Pilot", configuration, "Pilot.dll"));
        ProcessStartInfo start = new("/bin/sh", ["-c", Guard, "pilot", "dotnet", dll, "run"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["PILOT_FOLDER"] = _folder;
        foreach (string host in (string[])["CHAIN", "ISSUER", "VERIFIER", "WALLET"])
        {
            int port = FreePort();
            _urls[host] = new Uri($"http://localhost:{port}");
            start.Environment[$"PILOT_{host}_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        }

        _pilot = new() { StartInfo = start };
        _pilot.OutputDataReceived += (_, line) => Keep(line.Data ?? "");
        _pilot.Start();
        _pilot.BeginOutputReadLine();
        await Task.WhenAny(_ready.Task, _pilot.WaitForExitAsync(), Task.Delay(s_patience));
        Assert.True(_ready.Task.IsCompleted, $"The pilot did not get ready:\n{string.Join('\n', _log)}");
    }

    private void Keep(string line)
    {
        _log.Enqueue(line);
        if (line.StartsWith("Ready", StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>One world for all classes that are about learners.</summary>
[CollectionDefinition(Name)]
public sealed class Learners : ICollectionFixture<LearnerWorld>
{
    public const string Name = "learners";
}
