using System.Net;
using Credentials.Jose;
using Credentials.Jose.Encryption;
using Credentials.Keys;
using Credentials.OpenId.Presentation;
using Credentials.OpenId.Presentation.Dcql;
using Credentials.OpenId.Wallet.Presenting;

namespace Credentials.OpenId.Wallet;

/// <summary>What a wallet answers, and to whom it answers nothing.</summary>
public sealed class PresentationClientTests : IAsyncLifetime, IDisposable
{
    private readonly ScriptedHost _web = new();
    private readonly VerifierStub _verifier;
    private readonly PresentationClient _client;
    private Learner _learner = null!;

    public PresentationClientTests()
    {
        _verifier = new(_web);
        _client = new(_web.Client, new() { Limits = new() { MaxBody = 64 * 1024, Timeout = TimeSpan.FromSeconds(5) } });
    }

    public async Task InitializeAsync()
    {
        _learner = await Learner.CreateAsync();
        await _verifier.ServeAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _learner.Dispose();
        _verifier.Dispose();
        _web.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Shows_what_was_asked_and_nothing_else(bool byPost)
    {
        CheckedRequest request = (await OpenAsync(byPost ? _verifier.PostLink : _verifier.Link)).Require();
        PresentationProposal proposal = PresentationClient.Propose(request, [_learner.Diploma]).Require();
        Assert.True(request.IsSigned);
        Assert.Equal(["/eqf_level", "/evidence"], Assert.Single(proposal.Shown).Disclosed.Select(one => one.Key).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(_web.Requests, one => one.Url.AbsoluteUri == VerifierStub.ResponseUri);

        (await _client.SendAsync(proposal, CancellationToken.None)).Require();
        AuthorizationResponse answer = _verifier.Received;
        Assert.Equal("state-1", answer.State);
        SdJwt shown = SdJwt.Open(Assert.Single(answer.VpToken!.Presentations["diploma"])).Require();
        Assert.Equal(["/eqf_level", "/evidence"], shown.DisclosedPointers.Order(StringComparer.Ordinal));
        Assert.Null(shown.KeyBinding!.Verify(_learner.Key, new(_verifier.Client.Text, "n-0S6_WzA2Mj", TimeProvider.System.GetUtcNow())));
    }

    [Fact]
    public async Task Encrypts_the_answer_to_the_key_of_the_request()
    {
        _verifier.Request = _verifier.Request with { ResponseMode = ResponseMode.DirectPostJwt, ClientMetadata = _verifier.Encrypting };
        await _verifier.ServeAsync();
        await ShowAsync(_verifier.Link);
        Assert.NotNull(_verifier.Decrypted.VpToken);
        Assert.Equal("state-1", _verifier.Decrypted.State);
        Assert.Null(_web.Requests[^1].Form("vp_token"));
        using var stranger = KeyAgreementKey.Generate();
        Assert.False(CompactJwe.Read(_web.Requests[^1].Form("response")!).Require().Decrypt(stranger).Ok);
    }

    [Fact]
    public async Task Tells_the_verifier_when_the_learner_declines_and_no_more()
    {
        CheckedRequest request = (await OpenAsync(_verifier.Link)).Require();
        (await _client.DeclineAsync(request, PresentationError.AccessDenied, CancellationToken.None)).Require();
        Assert.Equal(("access_denied", "state-1", null), (_verifier.Received.Error, _verifier.Received.State, _verifier.Received.VpToken));
    }

    [Fact]
    public async Task Says_so_when_it_has_nothing_that_was_asked()
    {
        _verifier.Request = _verifier.Request with { Query = Query("""[{"id":"x","format":"dc+sd-jwt","meta":{"vct_values":["urn:credentials:diploma:v1"]},"claims":[{"path":["eqf_level"],"values":[8]}]}]""") };
        await _verifier.ServeAsync();
        Assert.Equal(WalletProblem.NothingToShow, PresentationClient.Propose((await OpenAsync(_verifier.Link)).Require(), [_learner.Diploma]).Problem?.Code);
    }

    [Fact]
    public async Task Gives_the_address_where_the_browser_goes_on()
    {
        _web.On("POST", VerifierStub.ResponseUri, "application/json", """{"redirect_uri":"https://verifier.example/done?response_code=1"}""");
        Assert.Equal("https://verifier.example/done?response_code=1", (await ShowAsync(_verifier.Link)).Require().RedirectUri?.ToString());
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://elsewhere.example/")]
    [InlineData("relative")]
    public async Task Sends_the_browser_to_no_other_address(string address)
    {
        _web.On("POST", VerifierStub.ResponseUri, "application/json", $$"""{"redirect_uri":"{{address}}"}""");
        Assert.Equal(WalletProblem.UnexpectedAnswer, (await ShowAsync(_verifier.Link)).Problem?.Code);
    }

    [Fact]
    public async Task Refuses_a_request_object_signed_by_another_key()
    {
        using var thief = SigningKey.Generate(KeyType.P256);
        _web.On("GET", VerifierStub.RequestUri, RequestObject.MediaType, await _verifier.SignAsync(_verifier.Request, thief));
        await RefusesAsync(_verifier.Link, PresentationError.InvalidRequest, "not signed by the verifier");
    }

    [Fact]
    public async Task Refuses_a_request_object_that_names_another_verifier_than_the_link()
    {
        using VerifierStub other = new(new ScriptedHost());
        _web.On("GET", VerifierStub.RequestUri, RequestObject.MediaType, await other.SignAsync(other.Request));
        await RefusesAsync(_verifier.Link, PresentationError.InvalidRequest, "another verifier");
    }

    [Fact]
    public async Task Refuses_an_unsigned_request_under_a_name_that_is_proven_by_signatures()
    {
        string link = new RequestLink(_verifier.Client) { Parameters = _verifier.Request }.ToUri(AuthorizationRequest.DeepLink);
        await RefusesAsync(link, PresentationError.InvalidRequest, "must sign");
    }

    [Fact]
    public async Task Refuses_a_request_object_without_signature()
    {
        string claims = Base64(System.Text.Encoding.UTF8.GetString(_verifier.Request.ToUtf8()));
        _web.On("GET", VerifierStub.RequestUri, RequestObject.MediaType, $"{Base64("""{"alg":"none","typ":"oauth-authz-req+jwt"}""")}.{claims}.");
        await RefusesAsync(_verifier.Link, PresentationError.InvalidRequest, "");
    }

    [Fact]
    public async Task Refuses_a_replayed_request_object_without_the_wallets_own_nonce()
    {
        _web.On("POST", VerifierStub.RequestUri, RequestObject.MediaType, await _verifier.SignAsync(_verifier.Request with { WalletNonce = "of-another-wallet" }));
        await RefusesAsync(_verifier.PostLink, PresentationError.InvalidRequest, "nonce");
        _web.On("POST", VerifierStub.RequestUri, RequestObject.MediaType, await _verifier.SignAsync(_verifier.Request));
        await RefusesAsync(_verifier.PostLink, PresentationError.InvalidRequest, "nonce");
    }

    [Fact]
    public async Task Refuses_to_answer_elsewhere_than_an_unsigned_request_is_named_for()
    {
        AuthorizationRequest lying = _verifier.Request with { Client = ClientIdentifier.Of("redirect_uri:https://honest.example/response"), ResponseUri = "https://thief.example/response" };
        await RefusesAsync(new RequestLink(lying.Client!) { Parameters = lying }.ToUri(AuthorizationRequest.DeepLink), PresentationError.InvalidRequest, "response_uri");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/html")]
    [InlineData("application/jwt")]
    public async Task Refuses_a_request_that_comes_as_something_else(string mediaType)
    {
        _web.On("GET", VerifierStub.RequestUri, mediaType, await _verifier.SignAsync(_verifier.Request));
        await RefusesAsync(_verifier.Link, WalletProblem.UnexpectedAnswer, RequestObject.MediaType);
    }

    [Fact]
    public async Task Follows_no_redirect_to_a_request()
    {
        _web.On("GET", VerifierStub.RequestUri, _ => ScriptedHost.Redirect("https://verifier.example/elsewhere"));
        await RefusesAsync(_verifier.Link, WalletProblem.UnexpectedAnswer, "does not follow");
    }

    [Fact]
    public async Task Notices_that_its_client_followed_a_redirect()
    {
        string signed = await _verifier.SignAsync(_verifier.Request);
        _web.On("GET", VerifierStub.RequestUri, _ =>
        {
            HttpResponseMessage answer = ScriptedHost.Answer(RequestObject.MediaType, signed);
            answer.RequestMessage = new(HttpMethod.Get, "https://elsewhere.example/request");
            return answer;
        });
        await RefusesAsync(_verifier.Link, WalletProblem.UnexpectedAnswer, "does not follow");
    }

    [Fact]
    public async Task Reads_no_more_of_a_request_than_it_said()
    {
        _web.On("GET", VerifierStub.RequestUri, RequestObject.MediaType, new string('a', 65 * 1024));
        await RefusesAsync(_verifier.Link, WalletProblem.UnexpectedAnswer, "more than");
    }

    [Fact]
    public async Task Reads_no_more_of_a_confirmation_than_it_said()
    {
        _web.On("POST", VerifierStub.ResponseUri, "application/json", $$"""{"x":"{{new string('a', 65 * 1024)}}"}""");
        Assert.Equal(WalletProblem.UnexpectedAnswer, (await ShowAsync(_verifier.Link)).Problem?.Code);
    }

    [Theory]
    [InlineData(HttpStatusCode.Gone)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task Ends_when_the_verifier_has_no_request(HttpStatusCode status)
    {
        _web.On("GET", VerifierStub.RequestUri, "text/plain", "no", status);
        await RefusesAsync(_verifier.Link, WalletProblem.UnexpectedAnswer, "HTTP");
    }

    [Fact]
    public async Task Passes_on_why_the_verifier_refused()
    {
        _web.On("POST", VerifierStub.ResponseUri, "application/json", """{"error":"invalid_request","error_description":"too late"}""", HttpStatusCode.BadRequest);
        Assert.Equal(("invalid_request", "The verifier refused: too late"), (await ShowAsync(_verifier.Link)) is { Problem: { } problem } ? (problem.Code, problem.Detail) : default);
    }

    [Theory]
    [InlineData("http://verifier.example/request")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user@verifier.example/request")]
    public async Task Fetches_no_request_from_other_places_than_https(string place)
    {
        await RefusesAsync($"openid4vp://?client_id={Uri.EscapeDataString(_verifier.Client.Text)}&request_uri={Uri.EscapeDataString(place)}", PresentationError.InvalidRequest, "https");
        Assert.Empty(_web.Requests);
    }

    private Task<Parsed<CheckedRequest>> OpenAsync(string link) => _client.OpenAsync(link, CancellationToken.None);

    private async Task<Parsed<PresentationReceipt>> ShowAsync(string link) =>
        await _client.SendAsync(PresentationClient.Propose((await OpenAsync(link)).Require(), [_learner.Diploma]).Require(), CancellationToken.None);

    private async Task RefusesAsync(string link, string code, string word)
    {
        Parsed<CheckedRequest> opened = await OpenAsync(link);
        Assert.Equal(code, opened.Problem?.Code);
        Assert.Contains(word, opened.Problem!.Detail, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(_web.Requests, one => one.Url.AbsoluteUri == VerifierStub.ResponseUri);
    }

    private static DcqlQuery Query(string credentials) => DcqlQuery.Parse(System.Text.Encoding.UTF8.GetBytes($$"""{"credentials":{{credentials}}}""")).Require();

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
