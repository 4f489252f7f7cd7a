using Credentials.OpenId.Messages;

namespace Credentials.OpenId.OAuth;

/// <summary>Authorization requests, their details, and token requests.</summary>
public sealed class AuthorizationMessageTests
{
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Asked = $"response_type=code&client_id=w&redirect_uri=https%3A%2F%2Fwallet.example%2Fcb&code_challenge={Challenge}&code_challenge_method=S256";
    private const string PreAuthorized = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Apre-authorized_code";

    [Fact]
    public void An_authorization_request_is_written_as_it_is_read()
    {
        AuthorizationRequest request = new("w", "https://wallet.example/cb", Challenge) { State = "s", IssuerState = "i", Scopes = ["diploma", "other"], Details = [new("diploma-sd-jwt")], DpopThumbprint = "t" };
        AuthorizationRequest read = AuthorizationRequest.Read(Form(request.Write())).Value!;
        Assert.Equal(("s", "i", "t"), (read.State, read.IssuerState, read.DpopThumbprint));
        Assert.Equal(request.Scopes, read.Scopes);
        Assert.Equal("diploma-sd-jwt", Assert.Single(read.Details).ConfigurationId);
    }

    [Fact]
    public void An_authorization_request_passes_over_what_it_does_not_know() =>
        Assert.True(AuthorizationRequest.Read(Form(Asked + "&resource=https%3A%2F%2Fa.example&ui_locales=es&empty=")).Ok);

    [Theory]
    [InlineData("response_type=code&", "", OAuthError.InvalidRequest)]
    [InlineData("response_type=code", "response_type=token", OAuthError.UnsupportedResponseType)]
    [InlineData("client_id=w&", "", OAuthError.InvalidRequest)]
    [InlineData("redirect_uri=https%3A%2F%2Fwallet.example%2Fcb&", "", OAuthError.InvalidRequest)]
    [InlineData("code_challenge_method=S256", "code_challenge_method=plain", OAuthError.InvalidRequest)]
    [InlineData("&code_challenge_method=S256", "", OAuthError.InvalidRequest)]
    [InlineData($"code_challenge={Challenge}&", "", OAuthError.InvalidRequest)]
    [InlineData(Challenge, "short", OAuthError.InvalidRequest)]
    public void Refuses_an_authorization_request_that_misses_or_weakens_something(string part, string instead, string code) =>
        Assert.Equal(code, AuthorizationRequest.Read(Form(Asked.Replace(part, instead, StringComparison.Ordinal))).Problem!.Code);

    [Theory]
    [InlineData("&response_mode=fragment")]
    [InlineData("&authorization_details=%7B%7D")]
    [InlineData("&request=a.b.c")]
    public void Refuses_an_authorization_request_that_wants_what_is_not_done(string more) => Assert.False(AuthorizationRequest.Read(Form(Asked + more)).Ok);

    [Fact]
    public void Details_pass_over_other_types_and_members_that_are_not_known()
    {
        IReadOnlyList<AuthorizationDetail> details = AuthorizationDetail.Read("""[{"type":"payment","amount":5},{"type":"openid_credential","credential_configuration_id":"a","format":"x","future":{"b":[1]}}]""").Value!;
        Assert.Equal("a", Assert.Single(details).ConfigurationId);
    }

    [Fact]
    public void Details_are_written_as_they_are_read()
    {
        AuthorizationDetail read = Assert.Single(AuthorizationDetail.Read(AuthorizationDetail.Write([new("a") { CredentialIdentifiers = ["x", "y"], Locations = ["https://issuer.example"] }])).Value!);
        Assert.Equal(["x", "y"], read.CredentialIdentifiers);
        Assert.Equal(["https://issuer.example"], read.Locations);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""[5]""")]
    [InlineData("""[{"credential_configuration_id":"a"}]""")]
    [InlineData("""[{"type":"openid_credential"}]""")]
    [InlineData("""[{"type":"openid_credential","credential_configuration_id":"a","credential_identifiers":[]}]""")]
    [InlineData("""[{"type":"openid_credential","credential_configuration_id":"a","claims":[]}]""")]
    [InlineData("""[{"type":"openid_credential","credential_configuration_id":"a","claims":[{"mandatory":true}]}]""")]
    [InlineData("""[{"type":"openid_credential","credential_configuration_id":"a","claims":[{"path":[]}]}]""")]
    public void Refuses_details_that_miss_something(string json) =>
        Assert.Equal(OAuthError.InvalidAuthorizationDetails, AuthorizationDetail.Read(json).Problem!.Code);

    [Fact]
    public void A_token_request_is_written_as_it_is_read()
    {
        TokenRequest request = new(TokenRequest.PreAuthorizedCode, "code") { TransactionCode = "493536", ClientId = "w", Details = [new("a")] };
        TokenRequest read = TokenRequest.Read(Form(request.Write())).Value!;
        Assert.Equal((request.GrantType, "code", "493536", "w"), (read.GrantType, read.Code, read.TransactionCode, read.ClientId));
        Assert.Single(read.Details);
    }

    [Fact]
    public void A_token_request_passes_over_what_it_does_not_know_and_takes_the_older_name_of_the_transaction_code()
    {
        Assert.Equal("1234", TokenRequest.Read(Form(PreAuthorized + "&pre-authorized_code=c&user_pin=1234&resource=x&scope=")).Value!.TransactionCode);
        Assert.Equal("1234", TokenRequest.Read(Form(PreAuthorized + "&pre-authorized_code=c&user_pin=1234&tx_code=1234")).Value!.TransactionCode);
    }

    [Theory]
    [InlineData("", OAuthError.InvalidRequest)]
    [InlineData("grant_type=password&username=a&password=b", OAuthError.UnsupportedGrantType)]
    [InlineData(PreAuthorized, OAuthError.InvalidRequest)]
    [InlineData(PreAuthorized + "&code=c", OAuthError.InvalidRequest)]
    [InlineData(PreAuthorized + "&pre-authorized_code=c&tx_code=1&user_pin=2", OAuthError.InvalidRequest)]
    [InlineData("grant_type=authorization_code", OAuthError.InvalidRequest)]
    [InlineData("grant_type=authorization_code&pre-authorized_code=c", OAuthError.InvalidRequest)]
    [InlineData("grant_type=authorization_code&code=c&tx_code=1234", OAuthError.InvalidRequest)]
    [InlineData(PreAuthorized + "&pre-authorized_code=c&authorization_details=x", OAuthError.InvalidAuthorizationDetails)]
    public void Refuses_a_token_request_that_mixes_or_misses_something(string form, string code) => Assert.Equal(code, TokenRequest.Read(Form(form)).Problem!.Code);

    [Fact]
    public void A_token_response_passes_over_what_it_does_not_know()
    {
        TokenResponse read = TokenResponse.Read("""{"access_token":"a","token_type":"dpop","expires_in":60,"c_nonce":"x","authorization_details":[{"type":"openid_credential","credential_configuration_id":"a","credential_identifiers":["b"],"x":1}]}"""u8.ToArray()).Value!;
        Assert.Equal((TokenResponse.Dpop, 60), (read.TokenType, read.ExpiresIn));
        Assert.Equal(["b"], Assert.Single(read.Details).CredentialIdentifiers);
    }

    [Theory]
    [InlineData("""{"token_type":"Bearer"}""")]
    [InlineData("""{"access_token":"a"}""")]
    [InlineData("""{"access_token":"a","token_type":"mac"}""")]
    [InlineData("""{"access_token":"a","token_type":"Bearer","expires_in":-1}""")]
    [InlineData("""{"access_token":"a","token_type":"Bearer","authorization_details":[]}""")]
    public void Refuses_a_token_response_out_of_shape(string json) => Assert.False(TokenResponse.Read(System.Text.Encoding.UTF8.GetBytes(json)).Ok);

    [Theory]
    [InlineData("a=1&a=2")]
    [InlineData("a=1&b=2&a=")]
    [InlineData("a=%00")]
    [InlineData("a=x%0Ay")]
    public void Refuses_a_form_that_says_something_twice_or_hides_control_characters(string form) => Assert.False(FormParameters.Read(form).Ok);

    [Fact]
    public void The_verifier_of_a_code_answers_its_challenge_and_no_other()
    {
        // The pair of RFC 7636, appendix B.
        Assert.Equal(Challenge, Pkce.ChallengeOf(Verifier));
        Assert.True(Pkce.Answers(Verifier, Challenge));
        Assert.False(Pkce.Answers(Verifier[..^1] + "l", Challenge));
        Assert.False(Pkce.Answers(Challenge, Challenge));
        Assert.False(Pkce.Answers(null, Challenge));
        Assert.False(Pkce.Answers("short", Pkce.ChallengeOf("short")));
    }

    private static FormParameters Form(string encoded) => FormParameters.Read(encoded).Value!;
}
