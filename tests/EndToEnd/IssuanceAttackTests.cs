using System.Net;
using Credentials.EndToEnd.World;
using Credentials.Keys;
using Credentials.OpenId.OAuth;
using Credentials.OpenId.Wallet;
using Credentials.OpenId.Wallet.Issuing;
using Credentials.TestKit.Ledger;

namespace Credentials.EndToEnd;

/// <summary>Attacks on the way of a diploma into a wallet, each against the real issuer.</summary>
[Collection("end to end")]
public sealed class IssuanceAttackTests(SharedWalletWorld shared) : IClassFixture<SharedWalletWorld>
{
    private WalletWorld World => shared.World;

    [AnvilFact]
    public async Task Refuses_a_nonce_that_was_used()
    {
        using Attacker first = await OpenAsync();
        string nonce = await first.NonceAsync();
        Assert.Equal(HttpStatusCode.OK, (await first.CredentialAsync((await first.TokenAsync()).AccessToken, nonce)).Status);
        using Attacker second = await OpenAsync();
        string token = (await second.TokenAsync()).AccessToken;
        Assert.Equal("invalid_nonce", (await second.CredentialAsync(token, nonce)).Error);
        Assert.Equal("invalid_nonce", (await second.CredentialAsync(token, "made-up")).Error);
    }

    [AnvilFact]
    public async Task Refuses_a_code_that_was_used()
    {
        using Attacker learner = await OpenAsync();
        Reply token = await learner.TokenAsync();
        Assert.Equal(HttpStatusCode.OK, (await learner.CredentialAsync(token.AccessToken, await learner.NonceAsync())).Status);
        Assert.Equal("invalid_grant", (await learner.TokenAsync()).Error);
        using var thief = SigningKey.Generate(KeyType.P256);
        Assert.Equal("invalid_grant", (await learner.TokenAsync(dpop: thief)).Error);
    }

    [AnvilFact]
    public async Task Refuses_an_intercepted_code_from_another_key_while_the_learner_is_on_the_way()
    {
        using Attacker learner = await OpenAsync();
        string token = (await learner.TokenAsync()).AccessToken;
        using var thief = SigningKey.Generate(KeyType.P256);
        Assert.Equal("invalid_grant", (await learner.TokenAsync(dpop: thief)).Error);

        // Nor is the token good in the thief's hands.
        Assert.Equal(HttpStatusCode.Unauthorized, (await learner.CredentialAsync(token, await learner.NonceAsync(), dpop: thief)).Status);
        Assert.Equal(HttpStatusCode.OK, (await learner.CredentialAsync(token, await learner.NonceAsync())).Status);
    }

    [AnvilFact]
    public async Task Gives_a_wallet_that_lost_the_answer_the_same_once_more_and_issues_nothing_twice()
    {
        using Attacker learner = await OpenAsync();
        await learner.TokenAsync();
        string token = (await learner.TokenAsync()).AccessToken;
        string nonce = await learner.NonceAsync();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Reply first = await learner.CredentialAsync(token, nonce, issuedAt: now);
        Assert.Equal(HttpStatusCode.OK, first.Status);
        using var other = SigningKey.Generate(KeyType.P256);
        Reply greedy = await learner.CredentialAsync(token, await learner.NonceAsync(), holder: other);
        Assert.NotEqual(HttpStatusCode.OK, greedy.Status);
    }

    [AnvilFact]
    public async Task Refuses_wrong_transaction_codes_and_ends_the_offer_after_a_few()
    {
        Offer offer = await World.Registrar.OfferAsync(await shared.DiplomaAsync(), txCode: true);
        using Attacker thief = await Attacker.OpenAsync(World.Web, offer);
        Assert.Equal(OAuthError.InvalidRequest, (await thief.TokenAsync()).Error);
        for (int guess = 0; guess < 5; guess++)
        {
            Assert.Equal("invalid_grant", (await thief.TokenAsync(txCode: offer.TxCode == "000000" ? "000001" : "000000")).Error);
        }

        Assert.Equal("invalid_grant", (await thief.TokenAsync(txCode: offer.TxCode)).Error);
    }

    [AnvilFact]
    public async Task Refuses_a_proof_for_another_audience()
    {
        using Attacker learner = await OpenAsync();
        string token = (await learner.TokenAsync()).AccessToken;
        Assert.Equal("invalid_proof", (await learner.CredentialAsync(token, await learner.NonceAsync(), audience: "https://other.example/institutions/x")).Error);
        Assert.Equal("invalid_proof", (await learner.CredentialAsync(token, await learner.NonceAsync(), issuedAt: TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1))).Error);
    }

    [AnvilFact]
    public async Task Refuses_a_mix_up_of_issuers()
    {
        Offer offer = await World.Registrar.OfferAsync(await shared.DiplomaAsync(), byBrowser: true);
        using Attacker learner = await Attacker.OpenAsync(World.Web, offer);
        string own = Uri.EscapeDataString(learner.Opened.Server.Issuer);
        Parsed<IssuedCredentials> mixed = await learner.AcceptByBrowserAsync(offer.TxCode!, back =>
        {
            Assert.Contains($"iss={own}", back.Query, StringComparison.OrdinalIgnoreCase);
            return new Uri(back.AbsoluteUri.Replace(own, Uri.EscapeDataString("https://thief.example"), StringComparison.OrdinalIgnoreCase));
        });
        Assert.Equal(WalletProblem.WrongParty, mixed.Problem?.Code);
    }

    [AnvilTheory]
    [InlineData("https://thief.example/callback")]
    [InlineData("http://127.0.0.1:5/elsewhere")]
    [InlineData("http://127.0.0.1.thief.example/callback")]
    [InlineData("http://localhost:7103/callback/../steal")]
    public async Task Refuses_a_redirect_to_an_unregistered_address(string address)
    {
        Offer offer = await World.Registrar.OfferAsync(await shared.DiplomaAsync(), byBrowser: true);
        using Attacker thief = await Attacker.OpenAsync(World.Web, offer);
        AuthorizationRequest request = new("credentials-cli", address, Pkce.ChallengeOf(Pkce.CreateVerifier()))
        {
            State = "s",
            IssuerState = thief.Opened.Offer.AuthorizationCode!.IssuerState,
            Scopes = [thief.Opened.Issuer.Configurations["diploma-sd-jwt"].Scope!],
        };
        Reply pushed = await thief.PostAsync(thief.Opened.Server.PushedAuthorizationRequestEndpoint!, request.Write(), "application/x-www-form-urlencoded", null, thief.Dpop);
        Assert.Equal(HttpStatusCode.BadRequest, pushed.Status);
        using HttpResponseMessage page = await World.Web.GetAsync(new Uri($"{thief.Opened.Server.AuthorizationEndpoint}?{request.Write()}"));
        Assert.Null(page.Headers.Location);
        Assert.True((int)page.StatusCode >= 400, $"{page.StatusCode}");
    }

    private async Task<Attacker> OpenAsync() => await Attacker.OpenAsync(World.Web, await World.Registrar.OfferAsync(await shared.DiplomaAsync()));
}
