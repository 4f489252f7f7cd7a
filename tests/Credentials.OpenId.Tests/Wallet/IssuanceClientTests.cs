using System.Net;
using Credentials.Jose;
using Credentials.Jose.Encryption;
using Credentials.Keys;
using Credentials.OpenId.Issuance;
using Credentials.OpenId.Issuance.Metadata;
using Credentials.OpenId.OAuth;
using Credentials.OpenId.Wallet.Issuing;

namespace Credentials.OpenId.Wallet;

/// <summary>How a wallet takes an offer, and from whom it takes nothing.</summary>
public sealed class IssuanceClientTests : IDisposable
{
    private readonly ScriptedHost _web = new();
    private readonly IssuerStub _issuer;
    private readonly IssuanceClient _client;
    private readonly SigningKey _key = SigningKey.Generate(KeyType.P256);

    public IssuanceClientTests()
    {
        _issuer = new(_web);
        _client = new(_web.Client, new() { ClientId = "wallet-1", Limits = new() { MaxBody = 64 * 1024, RepetitionDelay = TimeSpan.Zero, LongestInterval = TimeSpan.FromSeconds(2), DeferredTries = 2 } });
    }

    public void Dispose()
    {
        _issuer.Dispose();
        _key.Dispose();
        _web.Dispose();
    }

    [Theory]
    [InlineData(HolderBinding.Jwk)]
    [InlineData(HolderBinding.DidKey)]
    public async Task Takes_an_offer_and_tells_the_issuer(HolderBinding binding)
    {
        IssuedCredentials issued = (await AcceptAsync(binding: binding)).Require();
        Assert.Equal(_key.PublicKey, SdJwt.Open(IssuerStub.Utf8(Assert.Single(issued.Credentials).Credential)).Require().Confirmation!.Key);
        Jwt proof = Jwt.Read(Assert.Single(_issuer.Requests[0].Proofs)).Require();
        Assert.Equal(("nonce-1", IssuerStub.Id), (proof.Payload.GetProperty("nonce").GetString(), proof.Payload.GetProperty("aud").GetString()));
        Assert.False(proof.Payload.TryGetProperty("iss", out _), "a token that was got anonymously");

        Assert.DoesNotContain(_web.Requests, one => one.Url.AbsoluteUri == IssuerStub.NotificationUrl);
        Assert.Null(await IssuanceClient.NotifyAsync(issued, NotificationRequest.Accepted, CancellationToken.None));
        Assert.Equal(new NotificationRequest("notice-1", "credential_accepted"), NotificationRequest.Read(IssuerStub.Utf8(_web.Requests[^1].Body)).Require());
    }

    [Fact]
    public async Task Binds_its_token_to_a_key_and_shows_the_key_each_time()
    {
        (await AcceptAsync()).Require();
        ScriptedHost.Asked token = _web.Requests.Single(one => one.Url.AbsoluteUri == IssuerStub.TokenUrl);
        ScriptedHost.Asked credential = _web.Requests.Single(one => one.Url.AbsoluteUri == IssuerStub.CredentialUrl);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        DpopProof first = DpopProof.Verify(token.Headers["DPoP"], new("POST", token.Url, now)).Require();
        DpopProof second = DpopProof.Verify(credential.Headers["DPoP"], new("POST", credential.Url, now) { AccessToken = "token-1" }).Require();
        Assert.Equal(first.Thumbprint, second.Thumbprint);
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal("DPoP token-1", credential.Headers["Authorization"]);
    }

    [Fact]
    public async Task Proves_again_with_the_nonce_that_the_server_wants()
    {
        int asked = 0;
        _web.On("POST", IssuerStub.TokenUrl, _ =>
        {
            HttpResponseMessage answer = asked++ == 0
                ? ScriptedHost.Json("""{"error":"use_dpop_nonce"}""", HttpStatusCode.BadRequest)
                : ScriptedHost.Json("""{"access_token":"token-1","token_type":"DPoP"}""");
            answer.Headers.Add("DPoP-Nonce", "server-nonce");
            return answer;
        });
        (await AcceptAsync()).Require();
        ScriptedHost.Asked second = _web.Requests.Where(one => one.Url.AbsoluteUri == IssuerStub.TokenUrl).ElementAt(1);
        Assert.Equal("server-nonce", DpopProof.Verify(second.Headers["DPoP"], new("POST", second.Url, TimeProvider.System.GetUtcNow())).Require().Nonce);
    }

    [Fact]
    public async Task Does_not_ask_forever_for_a_server_that_always_wants_a_nonce()
    {
        _web.On("POST", IssuerStub.TokenUrl, _ =>
        {
            HttpResponseMessage answer = ScriptedHost.Json("""{"error":"use_dpop_nonce"}""", HttpStatusCode.BadRequest);
            answer.Headers.Add("DPoP-Nonce", "the same again");
            return answer;
        });
        Assert.Equal(OAuthError.UseDpopNonce, (await AcceptAsync()).Problem?.Code);
        Assert.Equal(2, _web.Requests.Count(one => one.Url.AbsoluteUri == IssuerStub.TokenUrl));
    }

    [Theory]
    [InlineData(IssuerStub.TokenUrl)]
    [InlineData(IssuerStub.CredentialUrl)]
    public async Task Proves_again_once_for_a_server_that_has_a_new_nonce_every_time(string url)
    {
        int asked = 0;
        _web.On("POST", url, _ =>
        {
            // A wallet that went on would never come back; so that the test does, the server tires of it.
            HttpResponseMessage answer = ScriptedHost.Json(asked > 20 ? """{"error":"tired"}""" : """{"error":"use_dpop_nonce"}""", HttpStatusCode.BadRequest);
            answer.Headers.Add("DPoP-Nonce", $"nonce {++asked}");
            return answer;
        });
        Assert.Equal(OAuthError.UseDpopNonce, (await AcceptAsync()).Problem?.Code);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Refuses_a_credential_of_another_type_than_was_offered_and_says_so()
    {
        _web.On("POST", IssuerStub.CredentialUrl, body => ScriptedHost.Json(IssuerStub.Text(new CredentialResponse
        {
            Credentials = [_issuer.Issue(IssuerStub.KeyOf(CredentialRequest.Read(IssuerStub.Utf8(body)).Require().Proofs[0]), "urn:library:card")],
            NotificationId = "n",
        }.Write())));
        Parsed<IssuedCredentials> issued = await AcceptAsync();
        Assert.Equal(WalletProblem.WrongCredential, issued.Problem?.Code);
        Assert.Contains("urn:library:card", issued.Problem!.Detail, StringComparison.Ordinal);
        Assert.Contains("credential_failure", _web.Requests[^1].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""["VerifiableCredential","Diploma"]""", true)]
    [InlineData("""["VerifiableCredential","LibraryCard"]""", false)]
    [InlineData("\"Diploma\"", false)]
    [InlineData("7", false)]
    public async Task Takes_a_W3C_credential_of_the_offered_types_alone(string types, bool isTaken)
    {
        _issuer.Metadata = _issuer.Metadata with
        {
            Configurations = new Dictionary<string, CredentialConfiguration>(StringComparer.Ordinal)
            {
                ["diploma-sd-jwt"] = new(CredentialFormat.LdpVc) { Types = ["VerifiableCredential", "Diploma"], BindingMethods = ["did:key"] },
            },
        };
        _issuer.Publish();
        string credential = $$$"""{"@context":["https://www.w3.org/ns/credentials/v2"],"type":{{{types}}},"issuer":{"id":"did:web:issuer.example"},"credentialSubject":{"id":"{{{new HolderKey(_key).Did}}}"}}""";
        _web.On("POST", IssuerStub.CredentialUrl, "application/json", $$$"""{"credentials":[{"credential":{{{credential}}}}]}""");
        Parsed<IssuedCredentials> issued = await AcceptAsync(binding: HolderBinding.DidKey);
        Assert.Equal(isTaken ? null : WalletProblem.WrongCredential, issued.Problem?.Code);
        Assert.Equal(isTaken ? "did:web:issuer.example" : null, issued.Value?.Credentials[0].IssuerName);
    }

    [Fact]
    public async Task Takes_several_copies_each_bound_to_its_own_key()
    {
        using var second = SigningKey.Generate(KeyType.P256);
        OpenedOffer offer = (await _client.OpenAsync(_issuer.Link, CancellationToken.None)).Require();
        IssuedCredentials issued = (await _client.AcceptAsync(offer, new("diploma-sd-jwt", [new(_key, HolderBinding.Jwk), new(second, HolderBinding.Jwk)]), CancellationToken.None)).Require();
        Assert.Equal([_key.PublicKey, second.PublicKey], issued.Credentials.Select(one => SdJwt.Open(IssuerStub.Utf8(one.Credential)).Require().Confirmation!.Key!));
        Assert.Single(_issuer.Requests[0].Proofs.Select(proof => Jwt.Read(proof).Require().Payload.GetProperty("nonce").GetString()).Distinct());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Encrypts_both_ways(bool required)
    {
        using KeyAgreementKey key = _issuer.Encrypt(required);
        (await AcceptAsync()).Require();
        Assert.Equal("application/jwt", _web.Requests.Single(one => one.Url.AbsoluteUri == IssuerStub.CredentialUrl) is { } asked && CompactJwe.Read(asked.Body).Ok ? "application/jwt" : "in the clear");
    }

    [Fact]
    public async Task Refuses_an_answer_in_the_clear_where_it_asked_for_an_encrypted_one()
    {
        using KeyAgreementKey key = _issuer.Encrypt(required: false);
        _web.On("POST", IssuerStub.CredentialUrl, body => ScriptedHost.Json(IssuerStub.Text(_issuer.Answer(CredentialRequest.Read(CompactJwe.Read(body).Require().Decrypt(key).Require()).Require()))));
        Assert.Equal(WalletProblem.UnexpectedAnswer, (await AcceptAsync()).Problem?.Code);
    }

    [Fact]
    public async Task Refuses_an_answer_that_was_encrypted_to_another_key()
    {
        using KeyAgreementKey key = _issuer.Encrypt(required: true);
        using var foreign = KeyAgreementKey.Generate();
        _web.On("POST", IssuerStub.CredentialUrl, "application/jwt", CompactJwe.Encrypt("{}"u8, foreign.PublicKey));
        Assert.False((await AcceptAsync()).Ok);
    }

    [Fact]
    public async Task Waits_for_what_is_deferred()
    {
        string? proof = null;
        _web.On("POST", IssuerStub.CredentialUrl, body =>
        {
            proof = CredentialRequest.Read(IssuerStub.Utf8(body)).Require().Proofs[0];
            return ScriptedHost.Json("""{"transaction_id":"t1","interval":1}""", HttpStatusCode.Accepted);
        });
        _web.On("POST", IssuerStub.DeferredUrl, _ => ScriptedHost.Json(IssuerStub.Text(new CredentialResponse { Credentials = [_issuer.Issue(IssuerStub.KeyOf(proof!))] }.Write())));
        Assert.Single((await AcceptAsync()).Require().Credentials);
    }

    [Theory]
    [InlineData("""{"transaction_id":"t1","interval":1}""", WalletProblem.StillDeferred)]
    [InlineData("""{"transaction_id":"t1","interval":86400}""", WalletProblem.StillDeferred)]
    [InlineData("""{"transaction_id":"of another","interval":1}""", WalletProblem.UnexpectedAnswer)]
    public async Task Gives_up_what_never_comes(string later, string code)
    {
        _web.On("POST", IssuerStub.CredentialUrl, _ => ScriptedHost.Json("""{"transaction_id":"t1","interval":1}""", HttpStatusCode.Accepted));
        _web.On("POST", IssuerStub.DeferredUrl, _ => ScriptedHost.Json(later, HttpStatusCode.Accepted));
        Assert.Equal(code, (await AcceptAsync()).Problem?.Code);
    }

    [Fact]
    public async Task Sends_the_same_request_again_when_the_answer_was_lost()
    {
        int asked = 0;
        _web.On("POST", IssuerStub.CredentialUrl, body => asked++ == 0 ? throw new HttpRequestException("cut") : ScriptedHost.Json(IssuerStub.Text(_issuer.Answer(CredentialRequest.Read(IssuerStub.Utf8(body)).Require()))));
        (await AcceptAsync()).Require();
        ScriptedHost.Asked[] tries = [.. _web.Requests.Where(one => one.Url.AbsoluteUri == IssuerStub.CredentialUrl)];
        Assert.Equal(2, tries.Length);
        Assert.Equal(tries[0].Body, tries[1].Body);
        Assert.NotEqual(tries[0].Headers["DPoP"], tries[1].Headers["DPoP"]);
    }

    [Fact]
    public async Task Takes_a_new_nonce_once_when_the_old_one_has_aged()
    {
        int asked = 0;
        _web.On("POST", IssuerStub.CredentialUrl, body => asked++ == 0
            ? ScriptedHost.Json("""{"error":"invalid_nonce"}""", HttpStatusCode.BadRequest)
            : ScriptedHost.Json(IssuerStub.Text(_issuer.Answer(CredentialRequest.Read(IssuerStub.Utf8(body)).Require()))));
        (await AcceptAsync()).Require();
        Assert.Equal("nonce-2", Jwt.Read(_issuer.Requests[1].Proofs[0]).Require().Payload.GetProperty("nonce").GetString());
        _web.On("POST", IssuerStub.CredentialUrl, "application/json", """{"error":"invalid_nonce"}""", HttpStatusCode.BadRequest);
        Assert.Equal(IssuanceError.InvalidNonce, (await AcceptAsync()).Problem?.Code);
    }

    [Fact]
    public async Task Asks_for_the_transaction_code_before_it_asks_the_issuer()
    {
        _issuer.Offer = _issuer.Offer with { PreAuthorizedCode = new("code-1", new TransactionCodePrompt { Length = 6 }) };
        Assert.Equal(WalletProblem.TransactionCodeNeeded, (await AcceptAsync()).Problem?.Code);
        Assert.DoesNotContain(_web.Requests, one => one.Url.AbsoluteUri == IssuerStub.TokenUrl);
        (await AcceptAsync(transactionCode: "493536")).Require();
        Assert.Equal("493536", _web.Requests.Single(one => one.Url.AbsoluteUri == IssuerStub.TokenUrl).Form("tx_code"));
    }

    [Fact]
    public async Task Passes_on_why_the_issuer_refused()
    {
        _web.On("POST", IssuerStub.TokenUrl, "application/json", """{"error":"invalid_grant","error_description":"That code is used."}""", HttpStatusCode.BadRequest);
        Assert.Equal(("invalid_grant", "The authorization server refused: That code is used."), (await AcceptAsync()) is { Problem: { } problem } ? (problem.Code, problem.Detail) : default);
    }

    [Fact]
    public async Task Refuses_the_metadata_of_another_issuer()
    {
        _web.On("GET", IssuerStub.MetadataUrl, _ => ScriptedHost.Json(IssuerStub.Text((_issuer.Metadata with { CredentialIssuer = "https://issuer.example/institutions/other" }).Write())));
        Assert.Equal(IssuanceError.InvalidMetadata, (await _client.OpenAsync(_issuer.Link, CancellationToken.None)).Problem?.Code);
    }

    [Fact]
    public async Task Refuses_the_metadata_of_another_authorization_server()
    {
        _web.On("GET", IssuerStub.ServerUrl, _ => ScriptedHost.Json(IssuerStub.Text((_issuer.Server with { Issuer = "https://thief.example" }).Write())));
        Assert.False((await _client.OpenAsync(_issuer.Link, CancellationToken.None)).Ok);
    }

    [Fact]
    public async Task Refuses_an_authorization_server_that_only_the_offer_names()
    {
        _issuer.Offer = _issuer.Offer with { PreAuthorizedCode = new("code-1", AuthorizationServer: "https://thief.example") };
        Assert.Equal(WalletProblem.WrongParty, (await _client.OpenAsync(_issuer.Link, CancellationToken.None)).Problem?.Code);
        Assert.DoesNotContain(_web.Requests, one => one.Url.Host == "thief.example");
    }

    [Fact]
    public async Task Refuses_a_token_that_is_bound_to_no_key_where_the_server_can_bind_it()
    {
        _web.On("POST", IssuerStub.TokenUrl, "application/json", """{"access_token":"token-1","token_type":"Bearer"}""");
        Assert.Equal(WalletProblem.UnexpectedAnswer, (await AcceptAsync()).Problem?.Code);
        Assert.DoesNotContain(_web.Requests, one => one.Url.AbsoluteUri == IssuerStub.CredentialUrl);
    }

    [Fact]
    public async Task Refuses_a_credential_that_is_bound_to_another_key_and_says_so()
    {
        using var thief = SigningKey.Generate(KeyType.P256);
        _web.On("POST", IssuerStub.CredentialUrl, _ => ScriptedHost.Json(IssuerStub.Text(new CredentialResponse { Credentials = [_issuer.Issue(thief.PublicKey)], NotificationId = "n" }.Write())));
        Assert.Equal(WalletProblem.WrongCredential, (await AcceptAsync()).Problem?.Code);
        Assert.Contains("credential_failure", _web.Requests[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_one_credential_for_two_keys_and_the_same_twice()
    {
        _web.On("POST", IssuerStub.CredentialUrl, body =>
        {
            ReadOnlyMemory<byte> one = _issuer.Issue(IssuerStub.KeyOf(CredentialRequest.Read(IssuerStub.Utf8(body)).Require().Proofs[0]));
            return ScriptedHost.Json(IssuerStub.Text(new CredentialResponse { Credentials = [one, one] }.Write()));
        });
        Assert.Equal(WalletProblem.WrongCredential, (await AcceptAsync()).Problem?.Code);
    }

    [Theory]
    [InlineData(IssuerStub.MetadataUrl, "GET")]
    [InlineData(IssuerStub.ServerUrl, "GET")]
    [InlineData(IssuerStub.TokenUrl, "POST")]
    [InlineData(IssuerStub.NonceUrl, "POST")]
    [InlineData(IssuerStub.CredentialUrl, "POST")]
    public async Task Follows_no_redirect_reads_no_page_and_no_flood(string url, string method)
    {
        _web.On(method, url, _ => ScriptedHost.Redirect("https://thief.example/"));
        Assert.Equal(WalletProblem.UnexpectedAnswer, (await AcceptAsync()).Problem?.Code);
        _web.On(method, url, "text/html", "<h1>Welcome</h1>");
        Assert.Equal(WalletProblem.UnexpectedAnswer, (await AcceptAsync()).Problem?.Code);
        _web.On(method, url, "application/json", $$"""{"x":"{{new string('a', 65 * 1024)}}"}""");
        Assert.Equal(WalletProblem.UnexpectedAnswer, (await AcceptAsync()).Problem?.Code);
        Assert.DoesNotContain(_web.Requests, one => one.Url.Host == "thief.example");
    }

    [Theory]
    [InlineData("openid-credential-offer://?credential_offer_uri=http%3A%2F%2Fissuer.example%2Foffer")]
    [InlineData("openid-credential-offer://?credential_offer_uri=file%3A%2F%2F%2Fetc%2Fpasswd")]
    [InlineData("openid-credential-offer://?credential_offer=%7B%7D")]
    [InlineData("openid-credential-offer://?x=1")]
    [InlineData("https://wallet.example/offer")]
    public async Task Refuses_a_link_without_an_offer_that_it_may_take(string link)
    {
        Assert.Equal(IssuanceError.InvalidOffer, (await _client.OpenAsync(link, CancellationToken.None)).Problem?.Code);
        Assert.Empty(_web.Requests);
    }

    [Theory]
    [InlineData("openid-credential-offer://")]
    [InlineData("https://wallet.example/offer")]
    public async Task Takes_an_offer_by_reference(string wallet)
    {
        _web.On("GET", "https://issuer.example/offers/1", _ => ScriptedHost.Json(IssuerStub.Text(_issuer.Offer.Write())));
        Assert.Equal(IssuerStub.Id, (await _client.OpenAsync(CredentialOfferLink.At(wallet, new Uri("https://issuer.example/offers/1")), CancellationToken.None)).Require().Offer.CredentialIssuer);
    }

    [Fact]
    public async Task Sends_the_learner_to_the_issuers_page_and_takes_the_code()
    {
        (await VisitAsync((page, state) => new($"http://127.0.0.1:5/callback?code=c1&state={state}&iss={Uri.EscapeDataString(IssuerStub.Id)}"))).Require();
        ScriptedHost.Asked par = _web.Requests.Single(one => one.Url.AbsoluteUri == IssuerStub.ParUrl);
        ScriptedHost.Asked token = _web.Requests.Single(one => one.Url.AbsoluteUri == IssuerStub.TokenUrl);
        Assert.Equal(("S256", "state-of-the-offer", "diploma"), (par.Form("code_challenge_method"), par.Form("issuer_state"), par.Form("scope")));
        Assert.True(Pkce.Answers(token.Form("code_verifier"), par.Form("code_challenge")!));
        Assert.Equal(DpopProof.Verify(token.Headers["DPoP"], new("POST", token.Url, TimeProvider.System.GetUtcNow())).Require().Thumbprint, par.Form("dpop_jkt"));
        Assert.Equal("wallet-1", Jwt.Read(_issuer.Requests[0].Proofs[0]).Require().Payload.GetProperty("iss").GetString());
    }

    [Theory]
    [InlineData("code=c1&state=STATE", WalletProblem.WrongParty)]
    [InlineData("code=c1&state=STATE&iss=https%3A%2F%2Fthief.example", WalletProblem.WrongParty)]
    [InlineData("code=c1&state=another&iss=ISSUER", WalletProblem.WrongParty)]
    [InlineData("code=c1&iss=ISSUER", WalletProblem.WrongParty)]
    [InlineData("state=STATE&iss=ISSUER", WalletProblem.UnexpectedAnswer)]
    [InlineData("error=access_denied&state=STATE&iss=ISSUER", "access_denied")]
    public async Task Refuses_a_return_that_it_did_not_ask_for(string query, string code)
    {
        Parsed<IssuedCredentials> issued = await VisitAsync((_, state) =>
            new("http://127.0.0.1:5/callback?" + query.Replace("STATE", state, StringComparison.Ordinal).Replace("ISSUER", Uri.EscapeDataString(IssuerStub.Id), StringComparison.Ordinal)));
        Assert.Equal(code, issued.Problem?.Code);
        Assert.DoesNotContain(_web.Requests, one => one.Url.AbsoluteUri == IssuerStub.TokenUrl);
    }

    private async Task<Parsed<IssuedCredentials>> VisitAsync(Func<Uri, string, Uri> learner)
    {
        _issuer.Offer = new(IssuerStub.Id, ["diploma-sd-jwt"]) { AuthorizationCode = new("state-of-the-offer") };
        OpenedOffer offer = (await _client.OpenAsync(_issuer.Link, CancellationToken.None)).Require();
        WalletBrowser browser = new(new Uri("http://127.0.0.1:5/callback"), (page, _) => Task.FromResult(learner(page, _web.Requests.Single(one => one.Url.AbsoluteUri == IssuerStub.ParUrl).Form("state")!)));
        return await _client.AcceptAsync(offer, new("diploma-sd-jwt", [new(_key, HolderBinding.Jwk)]) { Browser = browser }, CancellationToken.None);
    }

    private async Task<Parsed<IssuedCredentials>> AcceptAsync(string? transactionCode = null, HolderBinding binding = HolderBinding.Jwk)
    {
        Parsed<OpenedOffer> offer = await _client.OpenAsync(_issuer.Link, CancellationToken.None);
        return offer.Ok
            ? await _client.AcceptAsync(offer.Value, new("diploma-sd-jwt", [new(_key, binding)]) { TransactionCode = transactionCode }, CancellationToken.None)
            : offer.Problem;
    }
}
