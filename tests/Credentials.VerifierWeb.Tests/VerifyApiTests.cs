using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Credentials.TestKit;
using Credentials.VerifierWeb.Api;

namespace Credentials.VerifierWeb.Tests;

public sealed class VerifyApiTests(VerifierApplication application) : IClassFixture<VerifierApplication>
{
    private static readonly JsonSerializerOptions s_strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private readonly DiplomaWorld _world = application.World;

    [Fact]
    public async Task Answers_200_and_every_check_when_verified()
    {
        SampleAnchored diploma = await _world.IssueAnchoredAsync("china");

        (HttpStatusCode status, string body) = await PostAsync(Envelope(diploma.Text));

        VerifyCredentialResponse answer = Read(body);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(answer.Verified);
        Assert.Equal("verified", answer.Verdict);
        Assert.Equal(_world.Issuer.Did, answer.Issuer);
        Assert.Equal("finalized", answer.Anchor?.Finality);
        Assert.All(answer.Checks, check => Assert.Equal(check.Check is "accreditation" or "schema" or "holder-binding" ? "skipped" : "passed", check.Outcome));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/vc")]
    [InlineData("application/ld+json")]
    public async Task Takes_the_bare_credential_too(string mediaType) =>
        Assert.Equal(HttpStatusCode.OK, (await PostAsync((await _world.IssueAnchoredAsync("china")).Text, mediaType)).Status);

    [Fact]
    public async Task Answers_400_with_what_speaks_against_a_forged_one()
    {
        string forged = Utf8.Text((await _world.IssueAnchoredAsync("china")).Text).Replace("88.6", "98.6", StringComparison.Ordinal);

        (HttpStatusCode status, string body) = await PostAsync(Envelope(Utf8.Bytes(forged)));

        VerifyCredentialResponse answer = Read(body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(("rejected", "proof", false), (answer.Verdict, answer.Decisive, answer.Verified));
        Assert.Contains(answer.ProblemDetails, problem => problem.Check == "proof");
        Assert.Null(answer.Issuer);
        Assert.DoesNotContain("示范明", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_400_and_cannot_tell_while_the_chain_is_unplugged()
    {
        SampleAnchored diploma = await _world.IssueAnchoredAsync("china");
        _world.Ledger.Unplugged = true;
        try
        {
            (HttpStatusCode status, string body) = await PostAsync(Envelope(diploma.Text));

            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Equal("indeterminate", Read(body).Verdict);
        }
        finally
        {
            _world.Ledger.Unplugged = false;
        }
    }

    [Fact]
    public async Task Verifies_the_bytes_of_the_credential_not_a_rewriting_of_them()
    {
        string text = Utf8.Text((await _world.IssueAnchoredAsync("brazil")).Text);
        string spelled = text.Replace("\"Learner\"", "\"\\u004cearner\"", StringComparison.Ordinal).Replace("4020", "4.02e3", StringComparison.Ordinal);

        Assert.NotEqual(text, spelled);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Envelope(Utf8.Bytes(spelled)))).Status);
    }

    [Theory]
    [InlineData("default", HttpStatusCode.OK)]
    [InlineData("require-anchor", HttpStatusCode.OK)]
    [InlineData("offline", HttpStatusCode.BadRequest)] // the institution's key is not pinned here
    [InlineData("none", HttpStatusCode.UnprocessableEntity)]
    [InlineData("", HttpStatusCode.UnprocessableEntity)]
    public async Task Judges_by_the_policy_that_was_asked_for(string policy, HttpStatusCode expected) =>
        Assert.Equal(expected, (await PostAsync(Envelope((await _world.IssueAnchoredAsync("china")).Text, $$"""{"policy":"{{policy}}"}"""))).Status);

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"returnCredential":true}""")]
    public async Task Passes_over_options_that_it_does_not_know(string options) =>
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Envelope((await _world.IssueAnchoredAsync("china")).Text, options))).Status);

    [Theory]
    [InlineData("[]")]
    [InlineData("""["proof"]""")]
    [InlineData("""["proof","credentialStatus"]""")]
    [InlineData("""["proof","status","validityPeriod","validity-period"]""")]
    public async Task Makes_the_checks_that_were_asked_for(string checks) =>
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Envelope((await _world.IssueAnchoredAsync("china")).Text, $$"""{"checks":{{checks}}}"""))).Status);

    [Fact]
    public async Task Waives_no_proof_and_no_issuer_however_few_checks_were_asked_for()
    {
        SampleAnchored diploma = await _world.IssueAnchoredAsync("china");
        string forged = Utf8.Text(diploma.Text).Replace("88.6", "98.6", StringComparison.Ordinal);

        (HttpStatusCode status, string body) = await PostAsync(Envelope(Utf8.Bytes(forged), """{"checks":["validity-period"]}"""));

        Assert.Equal((HttpStatusCode.BadRequest, "proof"), (status, Read(body).Decisive));
    }

    [Fact]
    public async Task Makes_no_check_that_was_not_asked_for()
    {
        SampleAnchored diploma = await _world.IssueAnchoredAsync("china");

        (_, string body) = await PostAsync(Envelope(diploma.Text, """{"checks":["proof","status"]}"""));

        Assert.Equal(["accreditation", "anchor", "holder-binding", "schema", "validity-period"], Read(body).Checks.Where(check => check.Outcome == "skipped").Select(check => check.Check).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""["everything"]""")]
    [InlineData("""[7]""")]
    [InlineData("\"proof\"")]
    [InlineData("null")]
    public async Task Refuses_checks_that_it_does_not_know(string checks) =>
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(Envelope("{}"u8.ToArray(), $$"""{"checks":{{checks}}}"""))).Status);

    [Fact]
    public async Task Refuses_a_policy_that_is_no_text() =>
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(Envelope("{}"u8.ToArray(), """{"policy":7}"""))).Status);

    [Theory]
    [InlineData("""{"verifiableCredential":"eyJhbGciOiJFUzI1NiJ9.e30.AA"}""")]
    [InlineData("""{"verifiableCredential":null}""")]
    [InlineData("""{"verifiableCredential":"{\"@context\":[]}"}""")]
    [InlineData("""{"verifiableCredential":[]}""")]
    [InlineData("""{"verifiableCredential":{},"verifiableCredential":{}}""")]
    [InlineData("""{"verifiablePresentation":{}}""")]
    [InlineData("null")]
    public async Task Answers_400_with_a_verdict_to_what_is_no_credential(string body)
    {
        (HttpStatusCode status, string answer) = await PostAsync(Utf8.Bytes(body));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("indeterminate", Read(answer).Verdict);
    }

    [Fact]
    public async Task Refuses_a_body_larger_than_any_credential()
    {
        (HttpStatusCode status, string body) = await PostAsync([.. "{\"a\":\""u8, .. Enumerable.Repeat((byte)'x', 1_200_000), .. "\"}"u8]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains("larger than", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_media_type_that_is_no_json() =>
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await PostAsync("{}"u8.ToArray(), "text/plain")).Status);

    [Fact]
    public async Task Describes_itself_as_OpenAPI_3_1()
    {
        using HttpClient client = application.CreateClient();
        JsonNode description = JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json"))!;

        Assert.StartsWith("3.1", (string)description["openapi"]!, StringComparison.Ordinal);
        JsonObject responses = description["paths"]!["/credentials/verify"]!["post"]!["responses"]!.AsObject();
        Assert.Equal(["200", "400", "413", "422", "429"], responses.Select(response => response.Key).Order(StringComparer.Ordinal));
        Assert.Equal(["/credentials/verify", "/presentations/verify"], description["paths"]!.AsObject().Select(path => path.Key).Where(path => path.EndsWith("/verify", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.NotNull(description["paths"]!["/identifiers/{identifier}"]!["get"]);
    }

    private static byte[] Envelope(byte[] credential, string? options = null) =>
        Utf8.Bytes($$"""{"verifiableCredential":{{Utf8.Text(credential)}}{{(options is null ? "" : $",\"options\":{options}")}}}""");

    private static VerifyCredentialResponse Read(string body) => JsonSerializer.Deserialize<VerifyCredentialResponse>(body, s_strict)!;

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(byte[] body, string mediaType = "application/json")
    {
        using HttpClient client = application.CreateClient();
        using ByteArrayContent content = new(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using HttpResponseMessage answer = await client.PostAsync("/credentials/verify", content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
