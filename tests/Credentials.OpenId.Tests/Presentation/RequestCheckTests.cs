using System.Text.Json.Nodes;
using Credentials.Dids;
using Credentials.Dids.Methods;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.OpenId.Presentation.Dcql;
using Credentials.TestKit;

namespace Credentials.OpenId.Presentation;

/// <summary>Whose is a request? A wallet that cannot tell shows it to nobody.</summary>
public sealed class RequestCheckTests : IDisposable
{
    private const string ResponseUri = "https://verifier.example/response";

    private static readonly DcqlQuery Query = DcqlQuery.Parse("""{"credentials":[{"id":"a","format":"dc+sd-jwt","meta":{"vct_values":["urn:x"]}}]}"""u8.ToArray()).Require();

    private readonly VerifierCertificates _certificates = new();
    private readonly SigningKey _key = SigningKey.Generate(KeyType.P256);
    private readonly SigningKey _other = SigningKey.Generate(KeyType.P256);

    private string Did => DidJwk.Of(_key.PublicKey);

    public void Dispose()
    {
        _certificates.Dispose();
        _key.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task Takes_a_request_signed_by_a_key_of_the_DID() => await TakenAsync(ByDid, await SignAsync(ByDid, _key, Did + "#0"));

    [Fact]
    public async Task Takes_a_request_signed_under_a_certificate_that_names_the_verifier_or_whose_hash_is_its_name()
    {
        await TakenAsync("x509_san_dns:verifier.example", await SignAsync("x509_san_dns:verifier.example", _certificates.Signer, certificate: _certificates.Leaf));
        await TakenAsync("x509_hash:" + _certificates.Hash, await SignAsync("x509_hash:" + _certificates.Hash, _certificates.Signer, certificate: _certificates.Leaf));
    }

    [Fact]
    public async Task Refuses_a_signature_of_another_key()
    {
        await RefusedAsync(ByDid, await SignAsync(ByDid, _other, Did + "#0"));
        await RefusedAsync("x509_san_dns:verifier.example", await SignAsync("x509_san_dns:verifier.example", _other, certificate: _certificates.Leaf));
        await RefusedAsync("x509_hash:" + _certificates.Hash, await SignAsync("x509_hash:" + _certificates.Hash, _other, certificate: _certificates.Leaf));
    }

    [Fact]
    public async Task Refuses_a_key_of_another_DID_and_a_request_that_names_no_key()
    {
        await RefusedAsync(ByDid, await SignAsync(ByDid, _other, DidJwk.Of(_other.PublicKey) + "#0"));
        await RefusedAsync(ByDid, await SignAsync(ByDid, _key, null));
        await RefusedAsync(ByDid, await SignAsync(ByDid, _key, Did + "#1"));
    }

    [Fact]
    public async Task Refuses_a_certificate_that_names_somebody_else_or_has_another_hash()
    {
        using VerifierCertificates others = new("evil.example");
        await RefusedAsync("x509_san_dns:verifier.example", await SignAsync("x509_san_dns:verifier.example", others.Signer, certificate: others.Leaf), others.Root);
        await RefusedAsync("x509_hash:" + _certificates.Hash, await SignAsync("x509_hash:" + _certificates.Hash, others.Signer, certificate: others.Leaf), others.Root);
    }

    [Fact]
    public async Task Refuses_a_certificate_under_no_trusted_root_an_expired_one_and_none()
    {
        using VerifierCertificates others = new();
        using VerifierCertificates expired = new(validDays: -1);
        await RefusedAsync("x509_san_dns:verifier.example", await SignAsync("x509_san_dns:verifier.example", others.Signer, certificate: others.Leaf));
        await RefusedAsync("x509_san_dns:verifier.example", await SignAsync("x509_san_dns:verifier.example", expired.Signer, certificate: expired.Leaf), expired.Root);
        await RefusedAsync("x509_san_dns:verifier.example", await SignAsync("x509_san_dns:verifier.example", _certificates.Signer));
    }

    [Fact]
    public async Task Refuses_to_answer_elsewhere_than_at_the_host_of_the_certificate()
    {
        const string Client = "x509_san_dns:verifier.example";
        await RefusedAsync(Client, await SignAsync(Client, _certificates.Signer, certificate: _certificates.Leaf, change: request => request with { ResponseUri = "https://evil.example/response" }));
    }

    [Theory]
    [InlineData("JWT")]
    [InlineData("jwt")]
    [InlineData("oauth-authz-req")]
    [InlineData("openid4vci-proof+jwt")]
    public async Task Refuses_a_JWT_that_is_not_typed_as_a_request(string type) =>
        await RefusedAsync(ByDid, (await Jwt.SignAsync(Request(ByDid).ToUtf8(), _key, new(type) { KeyId = Did + "#0" }, default)).Require());

    [Fact]
    public async Task Refuses_a_request_object_of_another_verifier_than_the_link_names() =>
        await RefusedAsync("x509_san_dns:verifier.example", await SignAsync(ByDid, _key, Did + "#0"));

    [Fact]
    public async Task Refuses_a_signed_request_under_a_name_that_no_signature_proves()
    {
        JsonObject claims = JsonNode.Parse(Request("redirect_uri:" + ResponseUri).ToUtf8())!.AsObject();
        await RefusedAsync("redirect_uri:" + ResponseUri, (await Jwt.SignAsync(Utf8.Bytes(claims.ToJsonString()), _key, new(RequestObject.Type) { KeyId = Did + "#0" }, default)).Require());
    }

    [Fact]
    public async Task Refuses_the_downgrade_from_signed_to_unsigned()
    {
        var link = new RequestLink(ClientIdentifier.Of(ByDid)) { Parameters = Request(ByDid) };
        Assert.Equal(PresentationError.InvalidRequest, (await Check().CheckAsync(link, null, null, default)).Problem!.Code);
    }

    [Fact]
    public async Task Refuses_a_request_object_without_the_wallets_nonce_or_with_another()
    {
        string plain = await SignAsync(ByDid, _key, Did + "#0"), other = await SignAsync(ByDid, _key, Did + "#0", change: request => request with { WalletNonce = "b" });
        var link = new RequestLink(ClientIdentifier.Of(ByDid));
        Assert.False((await Check().CheckAsync(link, plain, "a", default)).Ok);
        Assert.False((await Check().CheckAsync(link, other, "a", default)).Ok);
        Assert.True((await Check().CheckAsync(link, other, "b", default)).Ok);
    }

    [Fact]
    public async Task Refuses_a_request_object_for_another_wallet() =>
        await RefusedAsync(ByDid, await SignAsync(ByDid, _key, Did + "#0", change: request => request with { Audience = "https://other-wallet.example" }));

    [Fact]
    public async Task A_key_in_the_client_metadata_verifies_nothing()
    {
        // The attacker signs under his own key and brings it along as metadata.
        ClientMetadata own = new() { ResponseKeys = [new("k", _other.PublicKey)] };
        await RefusedAsync(ByDid, await SignAsync(ByDid, _other, "k", change: request => request with { ClientMetadata = own }));
    }

    private string ByDid => "decentralized_identifier:" + Did;

    private static AuthorizationRequest Request(string client) => new()
    {
        Client = ClientIdentifier.Of(client),
        ResponseMode = ResponseMode.DirectPost,
        ResponseUri = ResponseUri,
        Nonce = "n",
        State = "s",
        Query = Query,
    };

    [Theory]
    [InlineData("exp", 0, true)]
    [InlineData("exp", -61, false)]
    [InlineData("nbf", -600, true)]
    [InlineData("nbf", 61, false)]
    [InlineData("iat", 0, true)]
    [InlineData("iat", 61, false)]
    public async Task Refuses_a_request_that_has_expired_or_is_of_later(string claim, int seconds, bool taken)
    {
        JsonObject claims = ClaimsOf(Request(ByDid));
        claims[claim] = VerifierCertificates.Now.ToUnixTimeSeconds() + seconds;
        string signed = await SignAsync(claims);

        await (taken ? TakenAsync(ByDid, signed) : RefusedAsync(ByDid, signed));
    }

    [Theory]
    [InlineData("\"tomorrow\"")]
    [InlineData("null")]
    [InlineData("1e300")]
    public async Task Refuses_a_request_whose_end_is_no_time(string end)
    {
        JsonObject claims = ClaimsOf(Request(ByDid));
        claims["exp"] = JsonNode.Parse(end);

        await RefusedAsync(ByDid, await SignAsync(claims));
    }

    private static JsonObject ClaimsOf(AuthorizationRequest request)
    {
        var claims = (JsonObject)JsonNode.Parse(request.ToUtf8())!;
        claims["aud"] = AuthorizationRequest.AnyWallet;
        return claims;
    }

    private async Task<string> SignAsync(JsonObject claims) => (await Jwt.SignAsync(Utf8.Bytes(claims.ToJsonString()), _key, new("oauth-authz-req+jwt") { KeyId = Did + "#0" }, default)).Require();

    private static async Task<string> SignAsync(string client, SigningKey key, string? keyId = null, byte[]? certificate = null, Func<AuthorizationRequest, AuthorizationRequest>? change = null)
    {
        AuthorizationRequest request = change?.Invoke(Request(client)) ?? Request(client);
        return (await RequestObject.SignAsync(request, key, keyId, certificate is null ? [] : [certificate], default)).Require();
    }

    private RequestCheck Check(byte[]? root = null) => new(DidResolver.Offline, [root ?? _certificates.Root], new SettableClock(VerifierCertificates.Now));

    private async Task TakenAsync(string client, string signed)
    {
        CheckedRequest request = (await Check().CheckAsync(new(ClientIdentifier.Of(client)), signed, null, default)).Require();
        Assert.True(request.IsSigned);
        Assert.Equal(AuthorizationRequest.AnyWallet, request.Request.Audience);
    }

    private async Task RefusedAsync(string client, string signed, byte[]? root = null) =>
        Assert.Equal(PresentationError.InvalidRequest, (await Check(root).CheckAsync(new(ClientIdentifier.Of(client)), signed, null, default)).Problem?.Code);
}
