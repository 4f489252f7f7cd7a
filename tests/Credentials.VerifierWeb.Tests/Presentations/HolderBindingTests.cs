using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Encoding;
using Credentials.Jose;
using Credentials.OpenId;
using Credentials.OpenId.Presentation;
using Credentials.OpenId.Presentation.Dcql;
using Credentials.Securing;
using Credentials.TestKit;
using Credentials.TestKit.Wallets;
using Credentials.VerifierWeb.Presentations;
using Microsoft.Extensions.DependencyInjection;

namespace Credentials.VerifierWeb.Tests.Presentations;

/// <summary>A diploma in somebody else's hands: nothing of it is shown unless its holder gave it, now and for this verifier.</summary>
public sealed class HolderBindingTests(VerifierApplication application) : IClassFixture<VerifierApplication>
{
    private const string Whole = """{"query":"diploma","responseMode":"direct_post"}""";
    private const string Level = """{"responseMode":"direct_post","dcql":{"credentials":[{"id":"diploma","format":"dc+sd-jwt","meta":{"vct_values":["urn:credentials:diploma:v1"]},"claims":[{"path":["eqf_level"]}]}]}}""";
    private const string Stranger = "did:web:nobody.example";

    [Fact]
    public async Task Refuses_a_presentation_around_a_diploma_that_nobody_signed()
    {
        using Asker asker = new(application);
        using Learner victim = await Learner.CreateAsync(application.World);

        JsonElement state = await AnswerAsync(asker, "diploma_ldp", _ => Task.FromResult<JsonNode>(Around(victim, victim.Key.Did)));

        Assert.Equal("refused", state.GetProperty("state").GetString());
        Assert.Equal(AnswerProblem.NotHolderBound, state.GetProperty("problem").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Cannot_tell_of_a_presentation_under_a_proof_of_a_kind_that_is_not_known()
    {
        using Asker asker = new(application);
        using Learner victim = await Learner.CreateAsync(application.World);

        JsonElement state = await AnswerAsync(asker, "diploma_ldp", request =>
        {
            JsonObject presentation = Around(victim, victim.Key.Did);
            presentation["proof"] = new JsonObject
            {
                ["type"] = "DataIntegrityProof",
                ["cryptosuite"] = "future-2040",
                ["proofPurpose"] = "authentication",
                ["created"] = "2026-01-01T00:00:00Z",
                ["verificationMethod"] = victim.Key.VerificationMethod,
                ["challenge"] = request.Nonce,
                ["domain"] = request.Client!.Text,
                ["proofValue"] = "z1",
            };
            return Task.FromResult<JsonNode>(presentation);
        });

        AssertWithheld(state);
    }

    [Fact]
    public async Task Cannot_tell_of_a_presentation_by_a_holder_whose_keys_cannot_be_had()
    {
        using Asker asker = new(application);
        using Learner victim = await Learner.CreateAsync(application.World);
        JsonElement opened = await asker.AskAsync(Whole);

        JsonElement state = await AnswerAsync(asker, opened, "diploma_ldp", async request =>
        {
            SecuringOptions options = new(Stranger + "#key", application.World.Clock.GetUtcNow()) { Challenge = request.Nonce, Domain = request.Client!.Text };
            byte[] signed = (await SecuringForm.Find("ecdsa-rdfc-2019")!.SignAsync(Utf8.Bytes(Around(victim, Stranger).ToJsonString()), victim.Key.Signer, options, default)).Require();
            return JsonNode.Parse(signed)!;
        });

        AssertWithheld(state);
        AssertKeptNothing(opened);
        Assert.DoesNotContain(Visitor.Words("en").Record.Heading, await asker.PageAsync(opened), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cannot_tell_of_a_credential_that_is_bound_to_no_key_whoever_signed_behind_it()
    {
        using Asker asker = new(application);
        using Learner finder = await Learner.CreateAsync(application.World);

        JsonElement state = await AnswerAsync(asker, await asker.AskAsync(Level), "diploma", request =>
            BoundAsync(finder, request, """{"vct":"urn:credentials:diploma:v1","eqf_level":7}""", "dc+sd-jwt", isConfirmed: false));

        AssertWithheld(state);
    }

    [Fact]
    public async Task Takes_the_same_credential_from_the_one_to_whose_key_it_is_bound()
    {
        using Asker asker = new(application);
        using Learner holder = await Learner.CreateAsync(application.World);

        JsonElement state = await AnswerAsync(asker, await asker.AskAsync(Level), "diploma", request =>
            BoundAsync(holder, request, """{"vct":"urn:credentials:diploma:v1","eqf_level":7}""", "dc+sd-jwt", isConfirmed: true));

        Assert.Equal("answered", state.GetProperty("state").GetString());
        Assert.True(state.GetProperty("presentations")[0].TryGetProperty("claims", out _), state.ToString());
    }

    [Fact]
    public async Task Refuses_an_SD_JWT_that_is_no_SD_JWT_VC()
    {
        using Asker asker = new(application);
        using Learner holder = await Learner.CreateAsync(application.World);

        JsonElement state = await AnswerAsync(asker, await asker.AskAsync(Level), "diploma", request =>
            BoundAsync(holder, request, $$"""{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":"{{application.World.Issuer.Did}}","credentialSubject":{"id":"{{holder.Key.Did}}" },"vct":"urn:credentials:diploma:v1","eqf_level":7}""", "vc+sd-jwt", isConfirmed: true));

        Assert.Equal("refused", state.GetProperty("state").GetString());
        Assert.Equal(AnswerProblem.WrongFormat, state.GetProperty("problem").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Knows_no_authority_by_a_certificate_that_nobody_vouched_for()
    {
        using Asker asker = new(application);
        using Learner holder = await Learner.CreateAsync(application.World);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest made = new("CN=self-made", key, HashAlgorithmName.SHA256);
        made.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier([1, 2, 3]));
        using X509Certificate2 certificate = made.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        JsonElement opened = await asker.AskAsync(Level.Replace("\"claims\"", "\"trusted_authorities\":[{\"type\":\"aki\",\"values\":[\"AQID\"]}],\"claims\"", StringComparison.Ordinal));

        JsonElement state = await AnswerAsync(asker, opened, "diploma", request =>
            BoundAsync(holder, request, """{"vct":"urn:credentials:diploma:v1","eqf_level":7}""", "dc+sd-jwt", isConfirmed: true, certificate.RawData));

        Assert.Equal("refused", state.GetProperty("state").GetString());
        Assert.Equal(AnswerProblem.WrongAuthority, state.GetProperty("problem").GetProperty("code").GetString());
    }

    private void AssertKeptNothing(JsonElement opened)
    {
        JudgedPresentation one = application.Services.GetRequiredService<PresentationStore>().Find(opened.GetProperty("id").GetString()!)!.Closing!.Outcome.Presentations[0];
        Assert.Null(one.Shown);
        Assert.Null(one.Credential?.Credential);
        Assert.Null(one.Presentation!.Presentation);
        Assert.All(one.Presentation.Credentials, credential => Assert.Null(credential.Credential));
    }

    private static void AssertWithheld(JsonElement state)
    {
        Assert.True(state.GetProperty("state").GetString() == "answered", state.ToString());
        Assert.Equal("indeterminate", state.GetProperty("verdict").GetString());
        Assert.False(state.GetProperty("presentations")[0].TryGetProperty("claims", out _));
    }

    private static JsonObject Around(Learner learner, string holder) => new()
    {
        ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2"),
        ["type"] = new JsonArray("VerifiablePresentation"),
        ["holder"] = holder,
        ["verifiableCredential"] = new JsonArray(JsonNode.Parse(learner[CredentialFormat.LdpVc].Credential)),
    };

    private async Task<JsonNode> BoundAsync(Learner holder, AuthorizationRequest request, string claims, string type, bool isConfirmed, byte[]? certificate = null)
    {
        string iss = "https://" + application.World.Issuer.Did["did:web:".Length..];
        JsonNode payload = JsonNode.Parse(claims)!;
        payload["iss"] = iss;
        SdJwtOptions options = new(type, application.World.Issuer.Did + "#p256") { HolderKey = isConfirmed ? holder.Key.Signer.PublicKey : null, CertificateChain = certificate is null ? [] : [certificate] };
        byte[] issued = (await SdJwt.IssueAsync(Utf8.Bytes(payload.ToJsonString()), application.World.Issuer.P256, options, default)).Require();
        if (isConfirmed)
        {
            return Utf8.Text((await SdJwt.BindAsync(issued, holder.Key.Signer, request.Client!.Text, request.Nonce, application.World.Clock.GetUtcNow(), default)).Require());
        }

        // The library binds nothing that names no holder's key: by hand, as a finder would.
        JsonObject binding = new()
        {
            ["iat"] = application.World.Clock.GetUtcNow().ToUnixTimeSeconds(),
            ["aud"] = request.Client!.Text,
            ["nonce"] = request.Nonce,
            ["sd_hash"] = StrictBase64Url.Encode(SHA256.HashData(issued)),
        };
        return Utf8.Text(issued) + (await Jwt.SignAsync(Utf8.Bytes(binding.ToJsonString()), holder.Key.Signer, new("kb+jwt"), default)).Require();
    }

    private static async Task<JsonElement> AnswerAsync(Asker asker, string query, Func<AuthorizationRequest, Task<JsonNode>> present) => await AnswerAsync(asker, await asker.AskAsync(Whole), query, present);

    private static async Task<JsonElement> AnswerAsync(Asker asker, JsonElement opened, string query, Func<AuthorizationRequest, Task<JsonNode>> present)
    {
        AuthorizationRequest request = (await asker.Wallet.OpenAsync(opened.GetProperty("deepLink").GetString()!, default)).Require().Request;
        string token = new JsonObject { [query] = new JsonArray(await present(request)) }.ToJsonString();
        await asker.PostAsync(request.ResponseUri!, [new("vp_token", token), new("state", request.State!)]);
        return await asker.StateAsync(opened);
    }
}
