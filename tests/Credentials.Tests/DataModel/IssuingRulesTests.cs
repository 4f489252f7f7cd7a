using System.Text.Json.Nodes;
using Credentials.DataModel;
using Credentials.JsonLd;
using Credentials.TestKit;

namespace Credentials.Tests.DataModel;

/// <summary>What an issuer must not sign: words that mean nothing, words that were given another meaning, digests of something else.</summary>
public sealed class IssuingRulesTests
{
    private const string V2 = "https://www.w3.org/ns/credentials/v2";
    private const string Examples = "https://www.w3.org/ns/credentials/examples/v2";

    [Fact]
    public void Lets_an_issuer_sign_what_every_word_of_has_a_meaning() =>
        Assert.Empty(Check(Credential(Examples)));

    [Theory]
    [InlineData("brazil")]
    [InlineData("china")]
    [InlineData("morocco")]
    public void Lets_an_issuer_sign_the_sample_diplomas(string diploma) =>
        Assert.Empty(VerifiableCredential.ValidateForIssuing(Samples.Diploma(diploma), ContextLibrary.Shipped));

    [Fact]
    public void Lets_an_issuer_sign_past_and_future_dates() =>
        Assert.Empty(Check(Credential(Examples, json => (json["validFrom"], json["validUntil"]) = ("1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z"))));

    [Fact]
    public void Lets_an_issuer_map_words_of_its_own_and_name_types_by_URL() =>
        Assert.Empty(Check(Credential(null, json =>
        {
            json["@context"]!.AsArray().Add(new JsonObject { ["Diploma"] = "https://example.edu/terms#Diploma", ["degree"] = "https://example.edu/terms#degree" });
            json["type"] = new JsonArray("VerifiableCredential", "Diploma", "https://example.edu/terms#Other");
        })));

    [Fact]
    public void Refuses_a_word_that_no_context_defines() =>
        Refuses(Credential(null), ProblemCode.MalformedValueError);

    [Fact]
    public void Refuses_a_type_that_no_context_defines() =>
        Refuses(Credential(null, json =>
        {
            json["credentialSubject"]!.AsObject().Remove("degree");
            json["type"] = new JsonArray("VerifiableCredential", "Diploma");
        }), ProblemCode.MalformedValueError);

    [Theory]
    [InlineData("""{"Diploma": "https ://not-a-url#Diploma"}""")]
    [InlineData("""{"Diploma": "Other"}""")]
    public void Refuses_a_type_that_a_context_maps_to_no_URL(string context) =>
        Refuses(Credential(null, json =>
        {
            json["credentialSubject"]!.AsObject().Remove("degree");
            json["@context"]!.AsArray().Add(JsonNode.Parse(context));
            json["type"] = new JsonArray("VerifiableCredential", "Diploma");
        }), ProblemCode.MalformedValueError);

    [Theory]
    [InlineData("""{"VerifiableCredential": "https://example.org/#BadVerifiableCredential"}""")]
    [InlineData("""{"name": "https://example.org/#name"}""")]
    [InlineData("""{"type": "https://example.org/#type"}""")]
    [InlineData("null")]
    public void Refuses_another_meaning_for_a_protected_word(string context) =>
        Assert.NotEmpty(Check(Credential(Examples, json => json["@context"]!.AsArray().Add(JsonNode.Parse(context)))));

    [Fact]
    public void Refuses_another_meaning_for_a_word_that_the_issuers_own_context_protects() =>
        Refuses(Credential(Examples, json =>
        {
            json["@context"]!.AsArray().Add(JsonNode.Parse("""{"@protected": true, "Diploma": "https://example.org/#Diploma"}"""));
            json["@context"]!.AsArray().Add(JsonNode.Parse("""{"Diploma": "https://example.org/#Bad"}"""));
        }), ProblemCode.MalformedValueError);

    [Fact]
    public void Names_a_context_that_is_not_known()
    {
        Problem problem = Assert.Single(Check(Credential("https://example.edu/contexts/v1")));

        Assert.Equal(ProblemCode.UnknownContext, problem.Code);
        Assert.Contains("https://example.edu/contexts/v1", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_a_context_that_the_issuer_supplies() =>
        Assert.Empty(VerifiableCredential.ValidateForIssuing(
            Credential("https://example.edu/contexts/v1").Text(),
            ContextLibrary.Shipped.With("https://example.edu/contexts/v1", Utf8.Bytes("""{"@context":{"@vocab":"https://example.edu/terms#"}}"""))));

    [Fact]
    public void Refuses_a_digest_of_something_else() =>
        Refuses(Credential(Examples, json => json["relatedResource"] = new JsonObject { ["id"] = V2, ["digestMultibase"] = "uM4RgWQc3RUDtjJCSgTJtTfvpZ7SPEg_LNO0ESlovQC0" }), ProblemCode.MalformedValueError);

    [Fact]
    public void Minds_no_word_of_a_proof_that_is_there_already() =>
        Assert.Empty(Check(Credential(Examples, json =>
        {
            json["@context"]!.AsArray().Add(JsonNode.Parse("""{"@vocab": null, "degree": "https://example.edu/terms#degree"}"""));
            json["proof"] = new JsonObject { ["type"] = "ExampleSignature2031", ["rune"] = "ᚠ" };
        })));

    [Fact]
    public void Refuses_a_proof_without_a_type() =>
        Refuses(Credential(Examples, json => json["proof"] = new JsonObject { ["created"] = "2026-01-01T00:00:00Z" }), ProblemCode.MalformedValueError);

    [Fact]
    public void Tells_first_what_is_wrong_with_the_form_alone() =>
        Assert.Equal(["/issuer", "/credentialSubject"], Check(Credential(null, json =>
        {
            json.Remove("issuer");
            json["credentialSubject"] = new JsonObject();
        })).Select(problem => problem.Pointer!));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"a\":1,\"a\":2}")]
    public void Answers_to_what_is_no_credential_at_all(string text) =>
        Assert.NotEmpty(VerifiableCredential.ValidateForIssuing(Utf8.Bytes(text), ContextLibrary.Shipped));

    [Fact]
    public void Answers_to_the_deepest_document_that_is_read()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"a\":[", 29)) + "1" + string.Concat(Enumerable.Repeat("]}", 29));

        Assert.Empty(Check(Credential(Examples, json => json["credentialSubject"]!["deep"] = JsonNode.Parse(deep))));
    }

    private static void Refuses(JsonObject credential, string code) => Assert.Contains(Check(credential), problem => problem.Code == code);

    private static IReadOnlyList<Problem> Check(JsonObject credential) => VerifiableCredential.ValidateForIssuing(credential.Text(), ContextLibrary.Shipped);

    private static JsonObject Credential(string? context, Action<JsonObject>? edit = null)
    {
        var credential = new JsonObject
        {
            ["@context"] = context is null ? new JsonArray(V2) : new JsonArray(V2, context),
            ["type"] = new JsonArray("VerifiableCredential"),
            ["issuer"] = "did:web:example.edu",
            ["credentialSubject"] = new JsonObject { ["id"] = "did:example:learner", ["degree"] = "Nursing" },
        };
        edit?.Invoke(credential);
        return credential;
    }
}
