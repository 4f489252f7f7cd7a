using System.Net;
using System.Text.Json;
using Credentials.Jose;
using Credentials.Jose.Encryption;
using Credentials.OpenId;
using Credentials.OpenId.Presentation;
using Credentials.OpenId.Presentation.Dcql;
using Credentials.OpenId.Wallet.Presenting;
using Credentials.TestKit;
using Credentials.TestKit.Wallets;

namespace Credentials.VerifierWeb.Tests.Presentations;

/// <summary>What the verifier must not take, whoever sends it.</summary>
public sealed class PresentationAttackTests(VerifierApplication application) : IClassFixture<VerifierApplication>
{
    private const string Plain = """{"query":"degree","responseMode":"direct_post"}""";

    [Fact]
    public async Task Takes_one_answer_and_gives_a_retry_the_same_reply()
    {
        using Asker asker = new(application);
        using Learner learner = await Learner.CreateAsync(application.World);
        AuthorizationRequest request = await RequestAsync(asker, await asker.AskAsync(Plain));
        IReadOnlyList<KeyValuePair<string, string>> form = await FormAsync(learner, request);

        (HttpStatusCode first, JsonElement reply) = await asker.PostAsync(request.ResponseUri!, form);
        (HttpStatusCode again, JsonElement same) = await asker.PostAsync(request.ResponseUri!, form);
        (HttpStatusCode other, _) = await asker.PostAsync(request.ResponseUri!, await FormAsync(learner, request, at: TimeSpan.FromSeconds(1)));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.BadRequest), (first, again, other));
        Assert.Equal(reply.ToString(), same.ToString());
    }

    [Fact]
    public async Task Refuses_a_replayed_presentation()
    {
        using Asker asker = new(application);
        using Learner learner = await Learner.CreateAsync(application.World);
        AuthorizationRequest first = await RequestAsync(asker, await asker.AskAsync(Plain));
        JsonElement opened = await asker.AskAsync(Plain);
        AuthorizationRequest second = await RequestAsync(asker, opened);

        // What was shown once is shown again, under the state of another question.
        IEnumerable<KeyValuePair<string, string>> replayed = (await FormAsync(learner, first)).Where(field => field.Key != "state").Append(new("state", second.State!));
        (HttpStatusCode status, _) = await asker.PostAsync(second.ResponseUri!, replayed);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        await AssertRefusedAsync(asker, opened, ProblemCode.InvalidChallenge);
    }

    [Fact]
    public async Task Refuses_a_response_sent_to_another_session_and_leaves_that_open()
    {
        using Asker asker = new(application);
        using Learner learner = await Learner.CreateAsync(application.World);
        AuthorizationRequest first = await RequestAsync(asker, await asker.AskAsync(Plain));
        JsonElement opened = await asker.AskAsync(Plain);
        AuthorizationRequest second = await RequestAsync(asker, opened);

        (HttpStatusCode status, JsonElement reply) = await asker.PostAsync(second.ResponseUri!, await FormAsync(learner, first));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("state", reply.GetProperty("error_description").GetString(), StringComparison.Ordinal);
        Assert.Equal("open", (await asker.StateAsync(opened)).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("another-nonce", null, 0, ProblemCode.InvalidChallenge)]
    [InlineData(null, "x509_san_dns:verify.evil.example", 0, ProblemCode.InvalidDomain)]
    [InlineData(null, null, -6, ProblemCode.ProofVerificationError)]
    [InlineData(null, null, 3, ProblemCode.ProofVerificationError)]
    public async Task Refuses_a_key_binding_of_another_nonce_audience_or_time(string? nonce, string? audience, int minutes, string code)
    {
        using Asker asker = new(application);
        using Learner learner = await Learner.CreateAsync(application.World);
        JsonElement opened = await asker.AskAsync(Plain);
        AuthorizationRequest request = await RequestAsync(asker, opened);

        await asker.PostAsync(request.ResponseUri!, await FormAsync(learner, request, nonce, audience, TimeSpan.FromMinutes(minutes)));

        await AssertRefusedAsync(asker, opened, code);
    }

    [Theory]
    [InlineData(CredentialFormat.LdpVc)]
    [InlineData(CredentialFormat.JwtVcJson)]
    [InlineData(CredentialFormat.VcJwt)]
    public async Task Refuses_a_presentation_for_another_nonce_in_every_format(string format)
    {
        using Asker asker = new(application);
        using Learner learner = await Learner.CreateAsync(application.World);
        string whole = format == CredentialFormat.VcJwt ? """{"dcql":{"credentials":[{"id":"whole","format":"vc+jwt","meta":{"type_values":[["https://www.w3.org/2018/credentials#VerifiableCredential"]]}}]},"responseMode":"direct_post"}""" : """{"query":"diploma","responseMode":"direct_post"}""";
        JsonElement first = await asker.AskAsync(whole);
        JsonElement second = await asker.AskAsync(whole);
        PresentationProposal mine = await asker.ProposeAsync(first, [learner[format]]);
        AuthorizationRequest target = await RequestAsync(asker, second);

        // The wallet is told the other question's state and address, and its own nonce: what a thief in the middle would do.
        AuthorizationRequest mixed = mine.Request.Request with { ResponseUri = target.ResponseUri, State = target.State };
        await asker.Wallet.SendAsync(mine with { Request = mine.Request with { Request = mixed } }, default);

        await AssertRefusedAsync(asker, second, ProblemCode.InvalidChallenge);
    }

    [Theory]
    [InlineData("grade", AnswerProblem.SurplusClaim)]
    [InlineData("name", AnswerProblem.SurplusClaim)]
    [InlineData("-degree_name", AnswerProblem.MissingClaim)]
    [InlineData("-evidence", AnswerProblem.MissingClaim)]
    public async Task Refuses_surplus_and_missing_claims_by_name(string change, string code)
    {
        using Asker asker = new(application);
        using Learner learner = await Learner.CreateAsync(application.World);
        JsonElement opened = await asker.AskAsync(Plain);
        AuthorizationRequest request = await RequestAsync(asker, opened);

        (HttpStatusCode status, _) = await asker.PostAsync(request.ResponseUri!, await FormAsync(learner, request, change: change));
        JsonElement state = await asker.StateAsync(opened);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        await AssertRefusedAsync(asker, opened, code);
        Assert.EndsWith("/" + change.TrimStart('-'), state.GetProperty("problem").GetProperty("pointer").GetString(), StringComparison.Ordinal);
        Assert.False(state.TryGetProperty("presentations", out _));
    }

    [Fact]
    public async Task Refuses_an_answer_encrypted_to_a_foreign_key_and_stays_open()
    {
        using Asker asker = new(application);
        using Learner learner = await Learner.CreateAsync(application.World);
        JsonElement opened = await asker.AskAsync("""{"query":"degree"}""");
        AuthorizationRequest request = await RequestAsync(asker, opened);
        using var foreign = KeyAgreementKey.Generate();
        ResponseKey named = request.ClientMetadata!.ResponseKeys[0];
        byte[] answer = AuthorizationResponse.Read((await FormAsync(learner, request)).ToDictionary(StringComparer.Ordinal)).Require().ToUtf8();

        foreach (string jwe in (string[])[CompactJwe.Encrypt(answer, foreign.PublicKey, new() { KeyId = named.KeyId }), CompactJwe.Encrypt(answer, named.Key, new() { KeyId = "other" }), "a.b.c.d.e"])
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await asker.PostAsync(request.ResponseUri!, [new("response", jwe), new("state", request.State!)])).Status);
        }

        // Nor is one taken that is not encrypted at all.
        Assert.Equal(HttpStatusCode.BadRequest, (await asker.PostAsync(request.ResponseUri!, await FormAsync(learner, request))).Status);
        Assert.Equal("open", (await asker.StateAsync(opened)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Refuses_a_key_binding_by_another_key_than_the_holders()
    {
        using Asker asker = new(application);
        using Learner learner = await Learner.CreateAsync(application.World);
        using Learner thief = await Learner.CreateAsync(application.World);
        JsonElement opened = await asker.AskAsync(Plain);
        AuthorizationRequest request = await RequestAsync(asker, opened);

        // The thief's binding behind the learner's disclosures.
        string own = await PresentAsync(thief, request);
        string stolen = await PresentAsync(learner, request);
        string forged = stolen[..(stolen.LastIndexOf('~') + 1)] + own[(own.LastIndexOf('~') + 1)..];
        await asker.PostAsync(request.ResponseUri!, Form(forged, request));

        JsonElement state = await asker.StateAsync(opened);
        Assert.Equal("refused", state.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Refuses_something_for_which_nobody_asked()
    {
        using Asker asker = new(application);
        using Learner learner = await Learner.CreateAsync(application.World);
        JsonElement opened = await asker.AskAsync(Plain);
        AuthorizationRequest request = await RequestAsync(asker, opened);
        string token = JsonSerializer.Serialize(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["passport"] = [await PresentAsync(learner, request)] });

        await asker.PostAsync(request.ResponseUri!, [new("vp_token", token), new("state", request.State!)]);

        await AssertRefusedAsync(asker, opened, AnswerProblem.SurplusCredential);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"diploma":"text"}""")]
    [InlineData("""{"diploma":[]}""")]
    [InlineData("""{"diploma":[7]}""")]
    [InlineData("""{"diploma":[""]}""")]
    [InlineData("""{"diploma":["x"],"diploma":["y"]}""")]
    [InlineData("""{"diploma":["not a credential"]}""")]
    public async Task Answers_garbage_with_an_error(string token)
    {
        using Asker asker = new(application);
        AuthorizationRequest request = await RequestAsync(asker, await asker.AskAsync(Plain));

        (HttpStatusCode status, JsonElement reply) = await asker.PostAsync(request.ResponseUri!, [new("vp_token", token), new("state", request.State!)]);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (status, reply.GetProperty("error").GetString()));
    }

    private static async Task AssertRefusedAsync(Asker asker, JsonElement opened, string code)
    {
        JsonElement state = await asker.StateAsync(opened);
        Assert.True(state.GetProperty("state").GetString() == "refused", state.ToString());
        Assert.Equal(code, state.GetProperty("problem").GetProperty("code").GetString());
    }

    private static async Task<AuthorizationRequest> RequestAsync(Asker asker, JsonElement opened) => (await asker.Wallet.OpenAsync(opened.GetProperty("deepLink").GetString()!, default)).Require().Request;

    private async Task<IReadOnlyList<KeyValuePair<string, string>>> FormAsync(Learner learner, AuthorizationRequest request, string? nonce = null, string? audience = null, TimeSpan at = default, string? change = null) =>
        Form(await PresentAsync(learner, request, nonce, audience, at, change), request);

    private static KeyValuePair<string, string>[] Form(string presentation, AuthorizationRequest request) =>
        [new("vp_token", JsonSerializer.Serialize(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["diploma"] = [presentation] })), new("state", request.State!)];

    private async Task<string> PresentAsync(Learner learner, AuthorizationRequest request, string? nonce = null, string? audience = null, TimeSpan at = default, string? change = null)
    {
        SdJwt held = SdJwt.Open(Utf8.Bytes(learner[CredentialFormat.SdJwtVc].Credential)).Require();
        DcqlMatch match = DcqlSelection.Match(request.Query.Credentials[0], DcqlCredential.Of("held", held))!;
        IEnumerable<string> shown = change is null ? match.Disclosures : change[0] == '-' ? match.Disclosures.Where(pointer => pointer != "/" + change[1..]) : match.Disclosures.Append("/" + change);
        byte[] presented = held.Present([.. shown]).Require();
        return Utf8.Text((await SdJwt.BindAsync(presented, learner.Key.Signer, audience ?? request.Client!.Text, nonce ?? request.Nonce, application.World.Clock.GetUtcNow() + at, default)).Require());
    }
}
