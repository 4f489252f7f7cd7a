using System.Net;
using System.Text.Json;
using Credentials.OpenId.Messages;

namespace Credentials.IssuerApi.Tests.Wallets;

/// <summary>The token endpoint: codes, transaction codes, DPoP.</summary>
public sealed class TokenTests(IssuerApplication app) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task Gives_a_token_for_a_code_bound_to_the_wallets_key()
    {
        University university = await app.CreateUniversityAsync();
        using Holder holder = new(app, university);
        JsonElement token = await holder.RedeemAsync(Holder.CodeOf(await Holder.OfferAsync(university)));
        Assert.Equal("DPoP", token.GetProperty("token_type").GetString());
        Assert.Equal(600, token.GetProperty("expires_in").GetInt32());
        Assert.False(token.TryGetProperty("authorization_details", out _));
    }

    [Fact]
    public async Task Names_identifiers_when_asked_by_authorization_details_and_wants_them_back()
    {
        University university = await app.CreateUniversityAsync();
        using Holder holder = new(app, university);
        JsonElement token = await holder.RedeemAsync(Holder.CodeOf(await Holder.OfferAsync(university)), ("authorization_details", """[{"type":"openid_credential","credential_configuration_id":"diploma-jwt-vc"}]"""));
        JsonElement detail = Assert.Single(token.GetProperty("authorization_details").EnumerateArray());
        string identifier = detail.GetProperty("credential_identifiers")[0].GetString()!;
        string proof = await holder.ProveAsync(await holder.NonceAsync());
        using HttpResponseMessage byConfiguration = await holder.PostJsonAsync("credential", Holder.Request("diploma-jwt-vc", proof));
        await byConfiguration.AssertRefusedAsync("invalid_credential_request");
        var request = Holder.Request("x", proof);
        request.Remove("credential_configuration_id");
        request["credential_identifier"] = "diploma-sd-jwt:" + identifier.Split(':')[1];
        using HttpResponseMessage notGranted = await holder.PostJsonAsync("credential", request);
        await notGranted.AssertRefusedAsync("unknown_credential_identifier");
        request["credential_identifier"] = identifier;
        using HttpResponseMessage issued = await holder.PostJsonAsync("credential", request);
        await issued.ReadAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Refuses_forms_that_are_none_and_grants_that_are_not_known()
    {
        University university = await app.CreateUniversityAsync();
        using Holder holder = new(app, university);
        string code = Holder.CodeOf(await Holder.OfferAsync(university));
        (string Form, string Error)[] refusals =
        [
            ("", "invalid_request"),
            ("grant_type=password&username=a", "unsupported_grant_type"),
            (FormParameters.Write(("grant_type", Holder.PreAuthorized)), "invalid_request"),
            (FormParameters.Write(("grant_type", Holder.PreAuthorized), ("pre-authorized_code", "guess")), "invalid_grant"),
            (FormParameters.Write(("grant_type", Holder.PreAuthorized), ("pre-authorized_code", code), ("pre-authorized_code", code)), "invalid_request"),
            (FormParameters.Write(("grant_type", Holder.PreAuthorized), ("pre-authorized_code", code), ("tx_code", "123456")), "invalid_request"),
            (FormParameters.Write(("grant_type", "authorization_code"), ("code", code)), "invalid_grant"),
            (FormParameters.Write(("grant_type", Holder.PreAuthorized), ("pre-authorized_code", code), ("authorization_details", "{}")), "invalid_authorization_details"),
            (FormParameters.Write(("grant_type", Holder.PreAuthorized), ("pre-authorized_code", code), ("authorization_details", """[{"type":"openid_credential","credential_configuration_id":"passport"}]""")), "invalid_authorization_details"),
        ];
        foreach ((string form, string error) in refusals)
        {
            using HttpResponseMessage answer = await holder.PostFormAsync("token", form);
            await answer.AssertRefusedAsync(error);
        }

        using HttpResponseMessage json = await holder.PostAsync("token", new StringContent("{}", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), prove: true, withToken: false);
        await json.ReadProblemAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
        University other = await app.CreateUniversityAsync();
        using Holder elsewhere = new(app, other);
        using HttpResponseMessage mixUp = await elsewhere.PostTokenAsync(code);
        await mixUp.AssertRefusedAsync("invalid_grant");
        await holder.RedeemAsync(code);
    }

    [Fact]
    public async Task Attack_a_replayed_code_is_refused()
    {
        University university = await app.CreateUniversityAsync();
        string code = Holder.CodeOf(await Holder.OfferAsync(university));
        using Holder holder = new(app, university);
        using Holder thief = new(app, university);
        using Holder bearer = new(app, university, dpop: false);
        await holder.RedeemAsync(code);
        using HttpResponseMessage otherKey = await thief.PostTokenAsync(code);
        await otherKey.AssertRefusedAsync("invalid_grant");
        using HttpResponseMessage noKey = await bearer.PostTokenAsync(code);
        await noKey.AssertRefusedAsync("invalid_grant");
    }

    [Fact]
    public async Task Attack_a_bearers_code_is_taken_once_whoever_sends_it()
    {
        University university = await app.CreateUniversityAsync();
        string code = Holder.CodeOf(await Holder.OfferAsync(university));
        using Holder holder = new(app, university, dpop: false);
        JsonElement token = await holder.RedeemAsync(code);
        Assert.Equal("Bearer", token.GetProperty("token_type").GetString());
        using HttpResponseMessage again = await holder.PostTokenAsync(code);
        await again.AssertRefusedAsync("invalid_grant");
        using HttpResponseMessage issued = await holder.PostJsonAsync("credential", Holder.Request("diploma-sd-jwt", await holder.ProveAsync(await holder.NonceAsync())));
        await issued.ReadAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Gives_the_same_wallet_a_new_token_while_nothing_is_issued_and_ends_the_old_one()
    {
        University university = await app.CreateUniversityAsync();
        string code = Holder.CodeOf(await Holder.OfferAsync(university));
        using Holder holder = new(app, university);
        await holder.RedeemAsync(code);
        string old = holder.Token!;
        await holder.RedeemAsync(code);
        string newer = holder.Token!;
        holder.Token = old;
        using HttpResponseMessage ended = await holder.PostJsonAsync("credential", Holder.Request("diploma-sd-jwt"));
        await ended.AssertRefusedAsync("invalid_token", HttpStatusCode.Unauthorized);
        holder.Token = newer;
        using HttpResponseMessage issued = await holder.PostJsonAsync("credential", Holder.Request("diploma-sd-jwt", await holder.ProveAsync(await holder.NonceAsync())));
        await issued.ReadAsync(HttpStatusCode.OK);
        using HttpResponseMessage late = await holder.PostTokenAsync(code);
        await late.AssertRefusedAsync("invalid_grant");
    }

    [Fact]
    public async Task Attack_an_intercepted_offer_opens_nothing_without_its_transaction_code_and_guessing_ends_it()
    {
        University university = await app.CreateUniversityAsync();
        JsonElement offer = await Holder.OfferAsync(university, new { txCode = true });
        string code = Holder.CodeOf(offer);
        string right = offer.GetProperty("txCode").GetString()!;
        using Holder holder = new(app, university);
        using HttpResponseMessage without = await holder.PostTokenAsync(code);
        await without.AssertRefusedAsync("invalid_request");
        for (int i = 0; i < 5; i++)
        {
            string wrong = ((int.Parse(right, System.Globalization.CultureInfo.InvariantCulture) + i + 1) % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
            using HttpResponseMessage guess = await holder.PostTokenAsync(code, ("tx_code", wrong));
            await guess.AssertRefusedAsync("invalid_grant");
        }

        using HttpResponseMessage late = await holder.PostTokenAsync(code, ("tx_code", right));
        await late.AssertRefusedAsync("invalid_grant");
    }

    [Fact]
    public async Task Attack_guesses_of_one_moment_are_counted_one_by_one()
    {
        University university = await app.CreateUniversityAsync();
        JsonElement offer = await Holder.OfferAsync(university, new { txCode = true });
        string right = offer.GetProperty("txCode").GetString()!;
        using Holder holder = new(app, university);
        HttpResponseMessage[] guesses = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => holder.PostTokenAsync(Holder.CodeOf(offer), ("tx_code", right + "0"))));
        foreach (HttpResponseMessage guess in guesses)
        {
            await guess.AssertRefusedAsync("invalid_grant");
        }

        using HttpResponseMessage late = await holder.PostTokenAsync(Holder.CodeOf(offer), ("tx_code", right));
        await late.AssertRefusedAsync("invalid_grant");
    }

    [Fact]
    public async Task Takes_the_transaction_code_by_its_older_name()
    {
        University university = await app.CreateUniversityAsync();
        JsonElement offer = await Holder.OfferAsync(university, new { txCode = true });
        using Holder holder = new(app, university);
        using HttpResponseMessage contradiction = await holder.PostTokenAsync(Holder.CodeOf(offer), ("tx_code", offer.GetProperty("txCode").GetString()), ("user_pin", "1"));
        await contradiction.AssertRefusedAsync("invalid_request");
        await holder.RedeemAsync(Holder.CodeOf(offer), ("user_pin", offer.GetProperty("txCode").GetString()));
    }

    [Fact]
    public async Task Refuses_DPoP_proofs_that_are_not_for_this_request()
    {
        University university = await app.CreateUniversityAsync();
        string code = Holder.CodeOf(await Holder.OfferAsync(university));
        using Holder holder = new(app, university);
        string form = FormParameters.Write(("grant_type", Holder.PreAuthorized), ("pre-authorized_code", code));
        string[] proofs =
        [
            "garbage",
            await holder.DpopAsync("nonce", null),
            await holder.DpopAsync("token", null, method: "GET"),
            await holder.DpopAsync("token", null, at: holder.Now.AddMinutes(-5)),
            await holder.DpopAsync("token", null, at: holder.Now.AddMinutes(5)),
            await holder.ProveAsync(null),
        ];
        foreach (string proof in proofs)
        {
            using HttpResponseMessage answer = await holder.PostAsync("token", Form(form), prove: true, withToken: false, proof);
            await answer.AssertRefusedAsync("invalid_dpop_proof");
        }

        using HttpResponseMessage nonce = await holder.PostAsync("token", Form(form), prove: true, withToken: false, await holder.DpopAsync("token", null, nonce: "made-up"));
        await nonce.AssertRefusedAsync("use_dpop_nonce");
        string given = Assert.Single(nonce.Headers.GetValues("DPoP-Nonce"));
        string good = await holder.DpopAsync("token", null, nonce: given);
        using HttpResponseMessage taken = await holder.PostAsync("token", Form(form), prove: true, withToken: false, good);
        await taken.ReadAsync(HttpStatusCode.OK);
        using HttpResponseMessage replayed = await holder.PostAsync("token", Form(form), prove: true, withToken: false, good);
        await replayed.AssertRefusedAsync("invalid_dpop_proof");
    }

    [Fact]
    public async Task Attack_a_stolen_bound_token_is_refused_as_a_bearer_token_and_with_another_key()
    {
        University university = await app.CreateUniversityAsync();
        using Holder holder = new(app, university);
        await holder.RedeemAsync(Holder.CodeOf(await Holder.OfferAsync(university)));
        using Holder thief = new(app, university) { Token = holder.Token };
        var request = Holder.Request("diploma-sd-jwt", await thief.ProveAsync(await thief.NonceAsync()));
        using HttpResponseMessage otherKey = await thief.PostJsonAsync("credential", request);
        await otherKey.AssertRefusedAsync("invalid_dpop_proof", HttpStatusCode.Unauthorized);
        Assert.Contains("DPoP", otherKey.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        using HttpResponseMessage downgrade = await thief.PostJsonAsync("credential", request, prove: false);
        await downgrade.AssertRefusedAsync("invalid_token", HttpStatusCode.Unauthorized);
        using HttpResponseMessage ofOtherToken = await holder.PostAsync("credential", System.Net.Http.Json.JsonContent.Create(request), prove: true, withToken: true, await holder.DpopAsync("credential", "another-token"));
        await ofOtherToken.AssertRefusedAsync("invalid_dpop_proof", HttpStatusCode.Unauthorized);
        thief.Token = null;
        using HttpResponseMessage none = await thief.PostJsonAsync("credential", request, prove: false);
        Assert.Equal(HttpStatusCode.Unauthorized, none.StatusCode);
    }

    [Fact]
    public async Task Opens_its_endpoints_to_wallets_in_browsers()
    {
        University university = await app.CreateUniversityAsync();
        using HttpClient browser = app.ClientOf(null);
        foreach (string endpoint in (string[])["token", "nonce", "credential", "deferred", "notification", "par"])
        {
            using HttpRequestMessage preflight = new(HttpMethod.Options, $"/institutions/{university.Slug}/openid/{endpoint}");
            preflight.Headers.Add("Origin", "https://wallet.example");
            preflight.Headers.Add("Access-Control-Request-Method", "POST");
            preflight.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,dpop");
            using HttpResponseMessage answer = await browser.SendAsync(preflight);
            Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
            Assert.DoesNotContain("Access-Control-Allow-Credentials", answer.Headers.Select(header => header.Key));
        }
    }

    private static StringContent Form(string form) => new(form, new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded"));
}
