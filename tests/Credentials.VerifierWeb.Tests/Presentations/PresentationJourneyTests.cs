using System.Net;
using System.Text.Json;
using Credentials.OpenId;
using Credentials.OpenId.Wallet.Presenting;
using Credentials.TestKit;
using Credentials.TestKit.Wallets;

namespace Credentials.VerifierWeb.Tests.Presentations;

/// <summary>An employer asks, a wallet answers, and the page says what is to be made of it.</summary>
public sealed class PresentationJourneyTests(VerifierApplication application) : IClassFixture<VerifierApplication>
{
    [Theory]
    [InlineData("""{"query":"level","level":6}""")]
    [InlineData("""{"query":"degree"}""")]
    [InlineData("""{"query":"diploma"}""")]
    [InlineData("""{"query":"degree","responseMode":"direct_post"}""")]
    [InlineData("""{"query":"degree","requestUriMethod":"get"}""")]
    [InlineData("""{"query":"degree","delivery":"value"}""")]
    [InlineData("""{"query":"degree","mode":"unsigned"}""")]
    [InlineData("""{"query":"degree","mode":"unsigned","responseMode":"direct_post.jwt"}""")]
    public async Task Asks_in_every_way_and_reads_verified(string question)
    {
        using Asker asker = new(application);
        using Learner learner = await Learner.CreateAsync(application.World);
        JsonElement opened = await asker.AskAsync(question);
        Assert.Equal("open", (await asker.StateAsync(opened)).GetProperty("state").GetString());

        (await asker.Wallet.SendAsync(await asker.ProposeAsync(opened, [learner[CredentialFormat.SdJwtVc]]), default)).Require();
        JsonElement state = await asker.StateAsync(opened);

        Assert.Equal("answered", state.GetProperty("state").GetString());
        Assert.True(state.GetProperty("verdict").GetString() == "verified", state.ToString());
        Assert.NotEmpty(state.GetProperty("presentations")[0].GetProperty("claims").EnumerateObject());
    }

    [Theory]
    [InlineData(CredentialFormat.LdpVc)]
    [InlineData(CredentialFormat.JwtVcJson)]
    [InlineData(CredentialFormat.VcJwt)]
    public async Task Takes_a_whole_diploma_in_every_format(string format)
    {
        using Asker asker = new(application);
        using Learner learner = await Learner.CreateAsync(application.World);
        JsonElement opened = await asker.AskAsync(format == CredentialFormat.VcJwt ? """{"dcql":{"credentials":[{"id":"whole","format":"vc+jwt","meta":{"type_values":[["https://www.w3.org/2018/credentials#VerifiableCredential"]]}}]}}""" : """{"query":"diploma"}""");

        (await asker.Wallet.SendAsync(await asker.ProposeAsync(opened, [learner[format]]), default)).Require();
        JsonElement state = await asker.StateAsync(opened);

        Assert.True(state.TryGetProperty("verdict", out JsonElement verdict) && verdict.GetString() == "verified", state.ToString());
        Assert.Equal(format, state.GetProperty("presentations")[0].GetProperty("format").GetString());
    }

    [Fact]
    public async Task Shows_the_level_and_nothing_else()
    {
        using Asker asker = new(application);
        using Learner learner = await Learner.CreateAsync(application.World);
        JsonElement opened = await asker.AskAsync("""{"query":"level","level":6}""");
        (await asker.Wallet.SendAsync(await asker.ProposeAsync(opened, learner.Held), default)).Require();

        JsonElement claims = (await asker.StateAsync(opened)).GetProperty("presentations")[0].GetProperty("claims");
        string page = await asker.PageAsync(opened);

        Assert.Equal(["eqf_level", "evidence"], claims.EnumerateObject().Select(claim => claim.Name).Order(StringComparer.Ordinal));
        Assert.Contains("Bachelor's degree level (6)", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotContain("Enfermagem", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Guimar", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_degree_below_the_level_is_not_shown()
    {
        using Asker asker = new(application);
        using Learner learner = await Learner.CreateAsync(application.World);
        JsonElement opened = await asker.AskAsync("""{"query":"level","level":7}""");

        Parsed<OpenId.Presentation.CheckedRequest> request = await asker.Wallet.OpenAsync(opened.GetProperty("deepLink").GetString()!, default);

        Assert.False(PresentationClient.Propose(request.Require(), learner.Held).Ok);
    }

    [Fact]
    public async Task Says_when_the_holder_declines()
    {
        using Asker asker = new(application);
        JsonElement opened = await asker.AskAsync("""{"query":"degree"}""");
        await asker.Wallet.DeclineAsync((await asker.Wallet.OpenAsync(opened.GetProperty("deepLink").GetString()!, default)).Require(), "access_denied", default);

        JsonElement state = await asker.StateAsync(opened);

        Assert.Equal("refused", state.GetProperty("state").GetString());
        Assert.Equal("access_denied", state.GetProperty("problem").GetProperty("code").GetString());
        Assert.Contains(WebUtility.HtmlEncode(Visitor.Words("en").Ask.Reasons["access_denied"]), await asker.PageAsync(opened), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_rejected_of_a_revoked_diploma_and_says_which()
    {
        using Asker asker = new(application);
        using Learner learner = await Learner.CreateAsync(application.World);
        JsonElement opened = await asker.AskAsync("""{"query":"degree"}""");
        await application.World.RevokeAsync(new SampleCredential(learner.Master.Bare.Text, learner.Handle, learner.Master.Bare.StatusListIndex));
        application.World.Ledger.Mine(3);
        (await asker.Wallet.SendAsync(await asker.ProposeAsync(opened, [learner[CredentialFormat.SdJwtVc]]), default)).Require();

        JsonElement state = await asker.StateAsync(opened);

        Assert.Equal(("answered", "rejected"), (state.GetProperty("state").GetString(), state.GetProperty("verdict").GetString()));
        Assert.Equal("diploma", state.GetProperty("presentations")[0].GetProperty("credentialQuery").GetString());
        Assert.EndsWith("CREDENTIAL_REVOKED", state.GetProperty("presentations")[0].GetProperty("result").GetProperty("problemDetails")[0].GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Contains(Visitor.Words("en").Rejected.Word, await asker.PageAsync(opened), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cannot_tell_while_the_chain_does_not_answer()
    {
        await using VerifierApplication own = new();
        await own.InitializeAsync();
        using Asker asker = new(own);
        using Learner learner = await Learner.CreateAsync(own.World);
        JsonElement opened = await asker.AskAsync("""{"query":"degree"}""");
        own.World.Ledger.Unplugged = true;
        (await asker.Wallet.SendAsync(await asker.ProposeAsync(opened, [learner[CredentialFormat.SdJwtVc]]), default)).Require();

        Assert.Equal("indeterminate", (await asker.StateAsync(opened)).GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task An_open_question_expires_and_is_forgotten()
    {
        await using VerifierApplication own = new();
        await own.InitializeAsync();
        using Asker asker = new(own);
        JsonElement opened = await asker.AskAsync("""{"query":"degree"}""");
        own.World.Clock.Set(own.World.Clock.GetUtcNow().AddMinutes(5));

        Assert.Equal("expired", (await asker.StateAsync(opened)).GetProperty("state").GetString());
        using (HttpResponseMessage request = await asker.Http.GetAsync(opened.GetProperty("requestUri").GetString()))
        {
            Assert.Equal(HttpStatusCode.NotFound, request.StatusCode);
        }

        own.World.Clock.Set(own.World.Clock.GetUtcNow().AddMinutes(5));
        using HttpResponseMessage state = await asker.Http.GetAsync($"/presentations/{opened.GetProperty("id").GetString()}");
        Assert.Equal(HttpStatusCode.NotFound, state.StatusCode);
    }

    [Fact]
    public async Task Keeps_no_more_questions_than_it_was_told()
    {
        await using VerifierApplication own = new();
        own.Settings["Verifier:MaxPresentations"] = "1";
        await own.InitializeAsync();
        using Asker asker = new(own);
        await asker.AskAsync("""{"query":"degree"}""");

        using StringContent body = new("""{"query":"degree"}""", System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage second = await asker.Http.PostAsync("/presentations", body);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);

        own.World.Clock.Set(own.World.Clock.GetUtcNow().AddMinutes(10));
        await asker.AskAsync("""{"query":"degree"}""");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"query":"level","level":9}""")]
    [InlineData("""{"query":"everything"}""")]
    [InlineData("""{"query":"degree","mode":"secret"}""")]
    [InlineData("""{"query":"degree","clientIdPrefix":"x509_hash"}""")]
    [InlineData("""{"query":"degree","responseMode":"fragment"}""")]
    [InlineData("""{"query":["degree"]}""")]
    [InlineData("""{"dcql":{"credentials":[]}}""")]
    [InlineData("""{"dcql":{"credentials":[{"id":"a","format":"dc+sd-jwt","meta":{},"claims":[{"path":["a"]},{"path":["a"]}]}]}}""")]
    public async Task Refuses_a_question_that_breaks_the_rules(string body)
    {
        using Asker asker = new(application);
        using StringContent content = new(body, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await asker.Http.PostAsync("/presentations", content);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public async Task Lets_wallets_of_any_origin_call_and_lends_them_no_cookie()
    {
        using Asker asker = new(application);
        JsonElement opened = await asker.AskAsync("""{"query":"degree"}""");
        using HttpRequestMessage request = new(HttpMethod.Get, opened.GetProperty("requestUri").GetString());
        request.Headers.Add("Origin", "https://wallet.example");
        using HttpResponseMessage answer = await asker.Http.SendAsync(request);
        using HttpRequestMessage state = new(HttpMethod.Get, $"/presentations/{opened.GetProperty("id").GetString()}");
        state.Headers.Add("Origin", "https://wallet.example");
        using HttpResponseMessage asked = await asker.Http.SendAsync(state);

        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.Equal("application/oauth-authz-req+jwt", answer.Content.Headers.ContentType!.ToString());
        Assert.False(asked.Headers.Contains("Access-Control-Allow-Origin"));
    }
}
