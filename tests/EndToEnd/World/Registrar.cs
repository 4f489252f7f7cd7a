using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.TestKit;

namespace Credentials.EndToEnd.World;

/// <summary>The registrar's office over HTTP. Repeats what got no answer, with the same Idempotency-Key, as a careful client does.</summary>
internal sealed class Registrar : IDisposable
{
    private readonly HttpClient _http;

    public Registrar(Uri issuer, string key, string did)
    {
        Did = did;
        _http = new HttpClient { BaseAddress = issuer, Timeout = TimeSpan.FromMinutes(2) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>The institution's DID.</summary>
    public string Did { get; }

    /// <summary>Issues one diploma.</summary>
    /// <returns>Our id of it: it is acknowledged.</returns>
    public async Task<string> IssueAsync()
    {
        string key = Guid.NewGuid().ToString();
        JsonObject body = new() { ["credential"] = Unsigned() };
        using HttpResponseMessage answer = await RepeatAsync(() => Request(HttpMethod.Post, "/credentials/issue", JsonContent.Create(body), key));
        return (await ReadAsync(answer, HttpStatusCode.Created)).GetProperty("id").GetString()!;
    }

    /// <summary>Uploads diplomas as NDJSON.</summary>
    /// <returns>The batch's path: it is acknowledged.</returns>
    public async Task<Uri> UploadAsync(int count)
    {
        string key = Guid.NewGuid().ToString();
        string line = Unsigned().ToJsonString();
        StringBuilder lines = new();
        for (int i = 0; i < count; i++)
        {
            lines.Append(line).Append('\n');
        }

        byte[] body = System.Text.Encoding.UTF8.GetBytes(lines.ToString());
        using HttpResponseMessage answer = await RepeatAsync(() => Request(HttpMethod.Post, "/batches", Ndjson(body), key));
        await ReadAsync(answer, HttpStatusCode.Accepted);
        return answer.Headers.Location!;
    }

    /// <summary>The ids of all credentials of an uploaded batch, once it is completed.</summary>
    public async Task<IReadOnlyList<string>> CredentialsOfAsync(Uri batch)
    {
        await WaitAsync(batch, progress => progress.GetProperty("state").GetString() == "completed", TimeSpan.FromMinutes(3));
        List<string> ids = [];
        Uri? page = new($"{batch}/credentials?limit=1000", UriKind.Relative);
        while (page is not null)
        {
            JsonElement items = await GetAsync(page);
            ids.AddRange(items.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            page = items.TryGetProperty("next", out JsonElement next) && next.GetString() is { } path ? new Uri(path, UriKind.Relative) : null;
        }

        return ids;
    }

    /// <summary>Waits until nothing is queued and every batch is final.</summary>
    public Task WaitUntilAllIsFinalAsync(TimeSpan patience) => WaitAsync(
        new Uri("/anchors?limit=500", UriKind.Relative),
        report => report.GetProperty("queued").GetInt64() == 0 && report.GetProperty("anchors").EnumerateArray().All(anchor => anchor.GetProperty("state").GetString() == "finalized"),
        patience);

    /// <summary>Asks until the answer is as wanted.</summary>
    public async Task<JsonElement> WaitAsync(Uri path, Func<JsonElement, bool> wanted, TimeSpan patience)
    {
        using CancellationTokenSource end = new(patience);
        JsonElement last = default;
        while (!end.IsCancellationRequested)
        {
            last = await GetAsync(path);
            if (wanted(last))
            {
                return last;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"{path} is not as wanted after {patience.TotalSeconds:0} s: {last}");
    }

    public Task<JsonElement> GetAsync(string path) => GetAsync(new Uri(path, UriKind.Relative));

    public async Task<JsonElement> GetAsync(Uri path) => JsonDocument.Parse(await GetBytesAsync(path)).RootElement;

    public async Task<byte[]> GetBytesAsync(Uri path)
    {
        using HttpResponseMessage answer = await RepeatAsync(() => Request(HttpMethod.Get, path.OriginalString, null, null));
        byte[] body = await answer.Content.ReadAsByteArrayAsync();
        Assert.True(answer.IsSuccessStatusCode, $"GET {path}: {(int)answer.StatusCode} {System.Text.Encoding.UTF8.GetString(body)}");
        return body;
    }

    /// <summary>The secured credential in one of its forms.</summary>
    public Task<byte[]> GetCredentialAsync(string id, string form) => GetBytesAsync(new Uri($"/credentials/{id}?form={form}", UriKind.Relative));

    /// <summary>The receipt file of a root.</summary>
    public async Task<AnchorBatch> GetBatchAsync(string root) => AnchorBatch.FromJson(await GetAsync($"/anchors/{root}")).Require();

    /// <summary>Offers every credential of an uploaded batch to its learner's wallet.</summary>
    /// <returns>The offers with their links.</returns>
    public async Task<IReadOnlyList<JsonElement>> OfferAllAsync(Uri batch)
    {
        using HttpResponseMessage answer = await RepeatAsync(() => Request(HttpMethod.Post, $"{batch}/offers", JsonContent.Create(new JsonObject { ["txCode"] = false }), null));
        string lines = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, lines);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    public async Task RevokeAsync(string id)
    {
        JsonObject body = new()
        {
            ["credentialId"] = id,
            ["credentialStatus"] = new JsonArray(new JsonObject { ["type"] = "BitstringStatusListEntry", ["statusPurpose"] = "revocation", ["status"] = true }),
        };
        using HttpResponseMessage answer = await RepeatAsync(() => Request(HttpMethod.Post, "/credentials/status", JsonContent.Create(body), null));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Offers a credential to its learner's wallet.</summary>
    public async Task<Offer> OfferAsync(string id, bool byBrowser = false, bool txCode = false, int? expiresIn = null)
    {
        JsonObject body = new() { ["grant"] = byBrowser ? "authorization_code" : "pre-authorized_code" };
        if (!byBrowser)
        {
            body["txCode"] = txCode;
        }

        if (expiresIn is { } seconds)
        {
            body["expiresIn"] = seconds;
        }

        using HttpResponseMessage answer = await RepeatAsync(() => Request(HttpMethod.Post, $"/credentials/{id}/offers", JsonContent.Create(body), null));
        JsonElement made = await ReadAsync(answer, HttpStatusCode.Created);
        return new(made.GetProperty("deepLink").GetString()!, made.GetProperty("walletLink").GetString()!, made.TryGetProperty("txCode", out JsonElement code) ? code.GetString() : null);
    }

    public void Dispose() => _http.Dispose();

    // A sample as this institution hands it in: valid from the moment of signing.
    private JsonNode Unsigned()
    {
        JsonNode diploma = JsonNode.Parse(Samples.Diploma("morocco"))!;
        diploma["issuer"]!["id"] = Did;
        diploma.AsObject().Remove("validFrom");
        return diploma;
    }

    private async Task<HttpResponseMessage> RepeatAsync(Func<HttpRequestMessage> request)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
        while (true)
        {
            try
            {
                using HttpRequestMessage message = request();
                return await _http.SendAsync(message, patience.Token);
            }
            catch (HttpRequestException)
            {
                // The issuer is being killed or started.
                await Task.Delay(50, patience.Token);
            }
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content, string? key)
    {
        HttpRequestMessage request = new(method, path) { Content = content };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return request;
    }

    private static ByteArrayContent Ndjson(byte[] body) => new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}

/// <summary>An offer as the learner gets it.</summary>
/// <param name="DeepLink">The link of the QR code.</param>
/// <param name="WalletLink">The link of the web wallet.</param>
/// <param name="TxCode">The transaction code, or the collection code, that comes by another way.</param>
internal sealed record Offer(string DeepLink, string WalletLink, string? TxCode);
