using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Credentials.Pilot;

/// <summary>The registrar's office of the sample university: everything that it does, it does over the issuer's public API.</summary>
internal sealed class University(LocalPilot pilot) : IDisposable
{
    public const string Slug = "sample-university";
    private readonly HttpClient _http = new() { BaseAddress = pilot.IssuerUrl, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Creates the institution at the first start; later it is there.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (pilot.Settings.RegistrarKey is null)
        {
            JsonNode created = await SendAsync(HttpMethod.Post, "/institutions", pilot.Settings.AdministratorKey, new JsonObject
            {
                ["slug"] = Slug,
                ["name"] = "Universidade Modelo de São Paulo",
                ["country"] = "BR",
            }, cancellationToken);
            pilot.Remember(settings => settings with
            {
                RegistrarKey = Text(created, "registrarKey"),
                Did = Text(created, "did"),
                ChainAccount = Text(created, "chainAccount"),
            });
        }

        // Asked again at each start, and done once: the accreditation has to come before the first diploma.
        using (var authorities = new Authorities(pilot))
        {
            await authorities.AccreditAsync(Slug, cancellationToken);
        }

        // Test ether costs nothing here, and a local chain may have forgotten its last seconds.
        await pilot.FundAsync(pilot.Settings.ChainAccount!, cancellationToken);
    }

    /// <summary>What the issuer's readiness page says of the chain: whether the node answers, and through which ledger client.</summary>
    public async Task<string> AskAboutChainAsync(CancellationToken cancellationToken)
    {
        JsonNode health = await SendAsync(HttpMethod.Get, "/health/ready", pilot.Settings.RegistrarKey!, null, cancellationToken);
        return Text(health["checks"]!.AsArray().Single(check => Text(check!, "name") == "chain")!, "detail");
    }

    /// <summary>Issues one of the sample diplomas and returns its id.</summary>
    public async Task<string> IssueAsync(string sample, CancellationToken cancellationToken)
    {
        string file = Path.Combine(Checkout.Root, "samples", "diplomas", sample + ".json");
        JsonObject credential = JsonNode.Parse(await File.ReadAllTextAsync(file, cancellationToken))!.AsObject();
        credential.Remove("id");
        credential.Remove("issuer"); // the issuer API says who it is
        using HttpRequestMessage request = Request(HttpMethod.Post, "/credentials/issue", pilot.Settings.RegistrarKey!, new JsonObject { ["credential"] = credential });
        using HttpResponseMessage answer = await _http.SendAsync(request, cancellationToken);
        await RequireAsync(answer, cancellationToken);
        return answer.Headers.Location!.ToString().Split('/')[^1];
    }

    /// <summary>Waits until the credential's anchor is final, telling each new state once.</summary>
    public async Task<JsonNode> WaitUntilFinalAsync(string id, Action<string> tell, CancellationToken cancellationToken)
    {
        string last = string.Empty;
        for (int tries = 0; tries < 600; tries++)
        {
            JsonNode state = await SendAsync(HttpMethod.Get, $"/credentials/{id}/state", pilot.Settings.RegistrarKey!, null, cancellationToken);
            string now = Text(state, "state");
            if (now != last)
            {
                tell(now);
                last = now;
            }

            if (now == "finalized")
            {
                return state;
            }

            await Task.Delay(100, cancellationToken);
        }

        throw new PilotException($"The anchor of credential {id} is still {last} after a minute. The issuer's log says why: {Path.Combine(Path.GetDirectoryName(pilot.SettingsFile)!, "issuer.log")}");
    }

    public async Task<byte[]> DownloadAsync(string id, string form, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, $"/credentials/{id}?form={form}", pilot.Settings.RegistrarKey!, null);
        using HttpResponseMessage answer = await _http.SendAsync(request, cancellationToken);
        await RequireAsync(answer, cancellationToken);
        return await answer.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    public async Task<byte[]> DownloadQrAsync(string id, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, $"/credentials/{id}/qr.png", pilot.Settings.RegistrarKey!, null);
        using HttpResponseMessage answer = await _http.SendAsync(request, cancellationToken);
        await RequireAsync(answer, cancellationToken);
        return await answer.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    /// <summary>Offers a diploma to the learner's wallet: once, and for a while.</summary>
    /// <returns>The link that opens the offer in the web wallet, and the transaction code that goes to the learner by another way.</returns>
    public async Task<(string WalletLink, string TransactionCode)> OfferAsync(string id, CancellationToken cancellationToken)
    {
        JsonNode offer = await SendAsync(HttpMethod.Post, $"/credentials/{id}/offers", pilot.Settings.RegistrarKey!, new JsonObject { ["txCode"] = true }, cancellationToken);
        return (Text(offer, "walletLink"), Text(offer, "txCode"));
    }

    public Task RevokeAsync(string id, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, "/credentials/status", pilot.Settings.RegistrarKey!, new JsonObject
    {
        ["credentialId"] = id,
        ["credentialStatus"] = new JsonArray(new JsonObject { ["type"] = "BitstringStatusListEntry", ["statusPurpose"] = "revocation", ["status"] = true }),
    }, cancellationToken);

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Request(HttpMethod method, string path, string key, JsonNode? body)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Content = body is null ? null : JsonContent.Create(body);
        return request;
    }

    private static async Task RequireAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Accepted))
        {
            throw new PilotException($"The issuer refused {answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    private static string Text(JsonNode node, string member) => (string?)node[member] ?? throw new PilotException($"The issuer's answer has no {member}: {node.ToJsonString()}");

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, string key, JsonNode? body, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(method, path, key, body);
        using HttpResponseMessage answer = await _http.SendAsync(request, cancellationToken);
        await RequireAsync(answer, cancellationToken);
        string text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }
}
