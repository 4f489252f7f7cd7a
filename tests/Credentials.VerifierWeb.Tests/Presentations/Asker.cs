using System.Net;
using System.Text.Json;
using Credentials.Dids;
using Credentials.Encoding;
using Credentials.OpenId.Wallet;
using Credentials.OpenId.Wallet.Presenting;

namespace Credentials.VerifierWeb.Tests.Presentations;

/// <summary>An employer who asks, and the wallet that answers, over the whole host.</summary>
internal sealed class Asker(VerifierApplication application) : IDisposable
{
    private static readonly string s_base = "https://verify.example";

    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    public HttpClient Http { get; } = application.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new(s_base), HandleCookies = false });

    public PresentationClient Wallet => new(Http, new() { Resolver = DidResolver.Online(application.World.Web), Limits = new() { Clock = application.World.Clock } });

    /// <summary>Opens a question.</summary>
    public async Task<JsonElement> AskAsync(string body)
    {
        using StringContent content = new(body, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await Http.PostAsync("/presentations", content);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>How it stands.</summary>
    public async Task<JsonElement> StateAsync(JsonElement opened, string query = "") =>
        JsonDocument.Parse(await Http.GetStringAsync($"/presentations/{opened.GetProperty("id").GetString()}{query}")).RootElement;

    /// <summary>The page, as the browser sees it that looked at it first.</summary>
    public async Task<string> PageAsync(JsonElement opened, string language = "en")
    {
        string id = opened.GetProperty("id").GetString()!;
        using HttpResponseMessage answer = await GetAsync($"/presentations/{id}/page?lang={language}", _cookies.GetValueOrDefault(id));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        if (answer.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? set))
        {
            _cookies[id] = set.Single().Split(';')[0];
        }

        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>What a browser with that cookie is answered.</summary>
    public async Task<HttpResponseMessage> GetAsync(string path, string? cookie)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await Http.SendAsync(request);
    }

    /// <summary>What a wallet would show.</summary>
    public async Task<PresentationProposal> ProposeAsync(JsonElement opened, IReadOnlyList<HeldCredential> held, string link = "deepLink")
    {
        string uri = (link == "sameDevice" ? opened.GetProperty("sameDevice").GetProperty("deepLink") : opened.GetProperty(link)).GetString()!;
        return PresentationClient.Propose((await Wallet.OpenAsync(uri, default)).Require(), held).Require();
    }

    /// <summary>Posts a form where the request wants its answer.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Json)> PostAsync(string responseUri, IEnumerable<KeyValuePair<string, string>> form)
    {
        using FormUrlEncodedContent content = new(form);
        using HttpResponseMessage answer = await Http.PostAsync(responseUri, content);
        return (answer.StatusCode, StrictJson.Parse(await answer.Content.ReadAsByteArrayAsync()).Require().RootElement);
    }

    public void Dispose() => Http.Dispose();
}
