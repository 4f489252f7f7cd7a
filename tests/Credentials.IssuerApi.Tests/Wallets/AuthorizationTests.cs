using System.Net;
using System.Text.Json;
using System.Web;
using Credentials.OpenId.Messages;
using Credentials.OpenId.OAuth;

namespace Credentials.IssuerApi.Tests.Wallets;

/// <summary>The authorization code: pushed or not, on the learner's page, with PKCE.</summary>
public sealed class AuthorizationTests(IssuerApplication app) : IClassFixture<IssuerApplication>
{
    private const string Callback = "http://localhost:7103/callback";

    private readonly string _verifier = Pkce.CreateVerifier();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Gives_a_code_to_a_registered_wallet_after_the_collection_code(bool pushed)
    {
        University university = await app.CreateUniversityAsync();
        JsonElement offer = await Holder.OfferAsync(university, new { grant = "authorization_code" });
        using Holder holder = new(app, university);
        (string clientId, string requestUri) = await OpenAsync(university, holder, offer, pushed);
        Uri back = await DecideAsync(university, clientId, requestUri, offer.GetProperty("txCode").GetString()!);
        var query = HttpUtility.ParseQueryString(back.Query);
        Assert.Equal((Callback, "s1", holder.Issuer), (back.GetLeftPart(UriPartial.Path), query["state"], query["iss"]));
        (string Name, string? Value)[] form = [("grant_type", "authorization_code"), ("code", query["code"]), ("client_id", "credentials-wallet"), ("redirect_uri", Callback), ("code_verifier", _verifier)];
        foreach ((string name, string wrong) in ((string, string)[])[("code_verifier", Pkce.CreateVerifier()), ("client_id", "credentials-cli"), ("redirect_uri", Callback + "/"), ("code", "guess")])
        {
            using HttpResponseMessage refused = await holder.PostFormAsync("token", FormParameters.Write([.. form.Where(each => each.Name != name), (name, wrong)]));
            await refused.AssertRefusedAsync("invalid_grant");
        }

        using HttpResponseMessage answer = await holder.PostFormAsync("token", FormParameters.Write(form));
        holder.Token = (await answer.ReadAsync(HttpStatusCode.OK)).GetProperty("access_token").GetString();
        using HttpResponseMessage issued = await holder.PostJsonAsync("credential", Holder.Request("diploma-sd-jwt", await holder.ProveAsync(await holder.NonceAsync())));
        await issued.ReadAsync(HttpStatusCode.OK);
        using HttpResponseMessage replayed = await holder.PostFormAsync("token", FormParameters.Write(form));
        await replayed.AssertRefusedAsync("invalid_grant");
    }

    [Fact]
    public async Task The_form_goes_to_the_address_that_the_world_knows()
    {
        await using IssuerApplication behindProxy = new();
        behindProxy.Settings["Issuer:PublicBaseUrl"] = "https://www.example.edu/credentials/issuer";
        await ((IAsyncLifetime)behindProxy).InitializeAsync();
        University university = await behindProxy.CreateUniversityAsync();
        JsonElement offer = await Holder.OfferAsync(university, new { grant = "authorization_code" });
        using HttpClient browser = behindProxy.ClientOf(null);
        string page = await browser.GetStringAsync($"/institutions/{university.Slug}/openid/authorize?{Request(offer)}");
        Assert.Contains($"action=\"/credentials/issuer/institutions/{university.Slug}/openid/authorize\"", page, StringComparison.Ordinal);
        await ((IAsyncLifetime)behindProxy).DisposeAsync();
    }

    [Theory]
    [InlineData("https://evil.example/callback")]
    [InlineData("http://localhost:7103/callback/../evil")]
    [InlineData("http://localhost:7103/callback?x=1")]
    [InlineData("http://localhost:7103.evil.example/callback")]
    [InlineData("http://LOCALHOST:7103/callback")]
    public async Task Attack_a_redirect_to_an_unregistered_address_is_refused_and_nothing_is_sent_there(string redirect)
    {
        University university = await app.CreateUniversityAsync();
        JsonElement offer = await Holder.OfferAsync(university, new { grant = "authorization_code" });
        using Holder holder = new(app, university);
        string request = Request(offer, redirect: redirect);
        using HttpResponseMessage pushed = await holder.PostFormAsync("par", request, prove: false);
        await pushed.AssertRefusedAsync("invalid_request");
        using HttpClient browser = app.ClientOf(null);
        using HttpResponseMessage page = await browser.GetAsync($"/institutions/{university.Slug}/openid/authorize?{request}");
        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.Null(page.Headers.Location);
        Assert.DoesNotContain("<form", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lets_a_program_have_any_port_of_its_machine_and_no_other_path()
    {
        University university = await app.CreateUniversityAsync();
        JsonElement offer = await Holder.OfferAsync(university, new { grant = "authorization_code" });
        using Holder holder = new(app, university);
        using HttpResponseMessage good = await holder.PostFormAsync("par", Request(offer, client: "credentials-cli", redirect: "http://127.0.0.1:51234/callback"), prove: false);
        await good.ReadAsync(HttpStatusCode.Created);
        foreach (string wrong in (string[])["http://127.0.0.1:51234/other", "https://127.0.0.1:51234/callback", "http://10.0.0.1:51234/callback", "http://user@127.0.0.1:51234/callback"])
        {
            using HttpResponseMessage bad = await holder.PostFormAsync("par", Request(offer, client: "credentials-cli", redirect: wrong), prove: false);
            await bad.AssertRefusedAsync("invalid_request");
        }

        using HttpResponseMessage unknown = await holder.PostFormAsync("par", Request(offer, client: "somebody"), prove: false);
        await unknown.AssertRefusedAsync("invalid_client", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Refuses_requests_without_PKCE_offer_or_known_scope()
    {
        University university = await app.CreateUniversityAsync();
        JsonElement offer = await Holder.OfferAsync(university, new { grant = "authorization_code", configurations = new[] { "diploma-sd-jwt" } });
        using Holder holder = new(app, university);
        string good = Request(offer);
        (string Request, string Error)[] refusals =
        [
            (good.Replace("S256", "plain", StringComparison.Ordinal), "invalid_request"),
            (good.Replace("code_challenge=", "challenge=", StringComparison.Ordinal), "invalid_request"),
            (good.Replace("response_type=code", "response_type=token", StringComparison.Ordinal), "unsupported_response_type"),
            (good.Replace("issuer_state=", "state2=", StringComparison.Ordinal), "invalid_request"),
            (good + "&scope=diploma-ldp-vc", "invalid_scope"),
            (good + "&request_uri=urn:x", "invalid_request"),
            (good + "&request=eyJ", "request_not_supported"),
            (good + "&" + FormParameters.Write(("authorization_details", """[{"type":"openid_credential","credential_configuration_id":"diploma-ldp-vc"}]""")), "invalid_authorization_details"),
        ];
        foreach ((string request, string error) in refusals)
        {
            using HttpResponseMessage answer = await holder.PostFormAsync("par", request, prove: false);
            await answer.AssertRefusedAsync(error);
        }

        // Brought by a browser, the same refusal goes to the registered address.
        using HttpClient browser = app.ClientOf(null);
        using HttpResponseMessage redirected = await browser.GetAsync($"/institutions/{university.Slug}/openid/authorize?{good.Replace("S256", "plain", StringComparison.Ordinal)}");
        Assert.Equal(HttpStatusCode.SeeOther, redirected.StatusCode);
        Assert.StartsWith(Callback + "?error=invalid_request", redirected.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attack_guessing_the_collection_code_locks_the_offer()
    {
        University university = await app.CreateUniversityAsync();
        JsonElement offer = await Holder.OfferAsync(university, new { grant = "authorization_code" });
        using Holder holder = new(app, university);
        (string clientId, string requestUri) = await OpenAsync(university, holder, offer, pushed: true);
        using HttpClient browser = app.ClientOf(null);
        for (int i = 0; i < 4; i++)
        {
            using HttpResponseMessage again = await PostAsync(browser, university, clientId, requestUri, "00000000x");
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
            Assert.Contains("role=\"alert\"", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using HttpResponseMessage last = await PostAsync(browser, university, clientId, requestUri, "1");
        Assert.Contains("error=access_denied", last.Headers.Location?.OriginalString, StringComparison.Ordinal);
        using HttpResponseMessage right = await PostAsync(browser, university, clientId, requestUri, offer.GetProperty("txCode").GetString()!);
        Assert.Contains("error=access_denied", right.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lets_the_learner_say_no_and_answers_a_request_once()
    {
        University university = await app.CreateUniversityAsync();
        JsonElement offer = await Holder.OfferAsync(university, new { grant = "authorization_code" });
        using Holder holder = new(app, university);
        (string clientId, string requestUri) = await OpenAsync(university, holder, offer, pushed: true);
        using HttpClient browser = app.ClientOf(null);
        using HttpResponseMessage no = await PostAsync(browser, university, clientId, requestUri, "", "deny");
        Assert.Contains("error=access_denied", no.Headers.Location?.OriginalString, StringComparison.Ordinal);
        using HttpResponseMessage afterNo = await PostAsync(browser, university, clientId, requestUri, offer.GetProperty("txCode").GetString()!);
        Assert.Equal(HttpStatusCode.BadRequest, afterNo.StatusCode);
        (clientId, requestUri) = await OpenAsync(university, holder, offer, pushed: true);
        await DecideAsync(university, clientId, requestUri, offer.GetProperty("txCode").GetString()!);
        using HttpResponseMessage twice = await PostAsync(browser, university, clientId, requestUri, offer.GetProperty("txCode").GetString()!);
        Assert.Equal(HttpStatusCode.BadRequest, twice.StatusCode);
        using HttpResponseMessage otherClient = await browser.GetAsync($"/institutions/{university.Slug}/openid/authorize?client_id=credentials-cli&request_uri={Uri.EscapeDataString(requestUri)}");
        Assert.Equal(HttpStatusCode.BadRequest, otherClient.StatusCode);
    }

    [Theory]
    [InlineData("es-MX,es;q=0.8", "es", "ltr")]
    [InlineData("ar", "ar", "rtl")]
    [InlineData("zh-CN", "zh-Hans", "ltr")]
    [InlineData("xx", "en", "ltr")]
    public async Task Speaks_the_learners_language_without_scripts(string accept, string language, string direction)
    {
        University university = await app.CreateUniversityAsync();
        JsonElement offer = await Holder.OfferAsync(university, new { grant = "authorization_code" });
        using HttpClient browser = app.ClientOf(null);
        browser.DefaultRequestHeaders.Add("Accept-Language", accept);
        using HttpResponseMessage page = await browser.GetAsync($"/institutions/{university.Slug}/openid/authorize?{Request(offer)}");
        string html = await page.Content.ReadAsStringAsync();
        Assert.Contains($"<html lang=\"{language}\" dir=\"{direction}\">", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        string policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self' http://localhost:7103", policy, StringComparison.Ordinal);
    }

    private string Request(JsonElement offer, string client = "credentials-wallet", string redirect = Callback) =>
        new AuthorizationRequest(client, redirect, Pkce.ChallengeOf(_verifier)) { State = "s1", IssuerState = Holder.IssuerStateOf(offer) }.Write();

    private async Task<(string ClientId, string RequestUri)> OpenAsync(University university, Holder holder, JsonElement offer, bool pushed)
    {
        using HttpClient browser = app.ClientOf(null);
        if (pushed)
        {
            using HttpResponseMessage par = await holder.PostFormAsync("par", Request(offer));
            string requestUri = (await par.ReadAsync(HttpStatusCode.Created)).GetProperty("request_uri").GetString()!;
            using HttpResponseMessage shown = await browser.GetAsync($"/institutions/{university.Slug}/openid/authorize?client_id=credentials-wallet&request_uri={Uri.EscapeDataString(requestUri)}");
            Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
            return ("credentials-wallet", requestUri);
        }

        string html = await browser.GetStringAsync($"/institutions/{university.Slug}/openid/authorize?{Request(offer)}");
        int at = html.IndexOf("name=\"request_uri\" value=\"", StringComparison.Ordinal) + "name=\"request_uri\" value=\"".Length;
        return ("credentials-wallet", WebUtility.HtmlDecode(html[at..html.IndexOf('"', at)]));
    }

    private async Task<Uri> DecideAsync(University university, string clientId, string requestUri, string code)
    {
        using HttpClient browser = app.ClientOf(null);
        using HttpResponseMessage answer = await PostAsync(browser, university, clientId, requestUri, code);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!;
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient browser, University university, string clientId, string requestUri, string code, string decision = "allow") => browser.PostAsync(
        $"/institutions/{university.Slug}/openid/authorize",
        new StringContent(FormParameters.Write(("client_id", clientId), ("request_uri", requestUri), ("collection_code", code), ("decision", decision)), new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded")));
}
