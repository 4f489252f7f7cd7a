using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Credentials.Encoding;
using Credentials.Schema;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Checks;

/// <summary>When a schema decides, and when it is only told.</summary>
public sealed class SchemaCheckTests
{
    private const string Url = "https://schemas.example/diploma.json";
    private const string Fitting = """{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://schemas.example/diploma.json","type":"object","required":["credentialSubject"]}""";
    private const string Unfitting = """{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://schemas.example/diploma.json","properties":{"credentialSubject":{"required":["shoeSize"]}}}""";

    [Fact]
    public async Task Is_skipped_by_a_credential_without_a_schema()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        VerificationResult result = await world.VerifyAsync((await world.IssueAsync()).Text);
        result.Is(CheckName.Schema, CheckOutcome.Skipped);
    }

    [Fact]
    public async Task Passes_a_credential_that_fits_and_says_under_whose_schema()
    {
        VerificationResult result = await VerifyAsync(Fitting);
        result.IsVerified();
        result.Is(CheckName.Schema, CheckOutcome.Passed);
        Assert.Contains("schemas.example", result[CheckName.Schema].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_doubts_under_a_schema_that_was_merely_fetched()
    {
        VerificationResult result = await VerifyAsync(Unfitting);
        result.IsVerified();
        result.Is(CheckName.Schema, CheckOutcome.Indeterminate, ProblemCode.SchemaValidationError);
        Assert.Contains("shoeSize", result[CheckName.Schema].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("digestSRI", false)]
    [InlineData("digestMultibase", false)]
    [InlineData("digestSRI", true)]
    [InlineData("digestMultibase", true)]
    public async Task Rejects_under_a_schema_whose_digest_the_issuer_signed(string member, bool related)
    {
        (await VerifyAsync(Unfitting, edit: json => Pin(json, Unfitting, member, related))).IsRejected(CheckName.Schema, ProblemCode.SchemaValidationError);
        (await VerifyAsync(Fitting, edit: json => Pin(json, Fitting, member, related))).IsVerified();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cannot_tell_by_a_schema_that_was_exchanged(bool related)
    {
        VerificationResult result = await VerifyAsync(Unfitting, edit: json => Pin(json, Fitting, "digestSRI", related));
        result.IsVerified();
        result.Is(CheckName.Schema, CheckOutcome.Indeterminate, ProblemCode.SchemaRetrievalError);
    }

    [Fact]
    public async Task Every_digest_must_be_the_schemas()
    {
        VerificationResult result = await VerifyAsync(Fitting, edit: json =>
        {
            Pin(json, Fitting, "digestSRI", related: false);
            Pin(json, Unfitting, "digestSRI", related: true);
        });
        result.Is(CheckName.Schema, CheckOutcome.Indeterminate, ProblemCode.SchemaRetrievalError);
    }

    [Fact]
    public async Task Rejects_under_a_schema_that_the_relying_party_keeps_and_asks_nobody()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] credential = await IssueAsync(world);
        int before = world.Web.Fetches;
        TrustedMaterial trusted = world.Trusted with { Schemas = Kept(Unfitting), PinnedDidDocuments = [world.Issuer.Document] };

        (await world.VerifyAsync(credential, VerificationPolicy.Offline, trusted)).IsRejected(CheckName.Schema, ProblemCode.SchemaValidationError);
        (await world.VerifyAsync(credential, VerificationPolicy.Offline, trusted with { Schemas = Kept(Fitting) })).Is(CheckName.Schema, CheckOutcome.Passed);
        Assert.Equal(before, world.Web.Fetches);
    }

    [Fact]
    public async Task Cannot_tell_by_a_kept_schema_that_is_not_the_one_of_the_signed_digest()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] credential = await IssueAsync(world, edit: json => Pin(json, Fitting, "digestSRI", related: false));
        (await world.VerifyAsync(credential, trusted: world.Trusted with { Schemas = Kept(Unfitting) })).Is(CheckName.Schema, CheckOutcome.Indeterminate, ProblemCode.SchemaRetrievalError);
    }

    [Theory]
    [InlineData("{}", ProblemCode.SchemaRetrievalError)]
    [InlineData("<!doctype html>", ProblemCode.SchemaRetrievalError)]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"diploma"}""", ProblemCode.SchemaRetrievalError)]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","type":"object"}""", ProblemCode.SchemaRetrievalError)]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#"}""", ProblemCode.Unsupported)]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2020-12/schema","minimun":1}""", ProblemCode.Unsupported)]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2020-12/schema","$ref":"https://elsewhere.example/"}""", ProblemCode.Unsupported)]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2020-12/schema","not":{"$ref":"#"}}""", ProblemCode.Unsupported)]
    public async Task Cannot_tell_by_what_is_no_schema_or_not_understood_even_when_its_digest_is_signed(string schema, string code)
    {
        VerificationResult result = await VerifyAsync(schema, edit: json => Pin(json, schema, "digestSRI", related: false));
        result.IsVerified();
        result.Is(CheckName.Schema, CheckOutcome.Indeterminate, code);
    }

    [Fact]
    public async Task Cannot_tell_while_the_schemas_host_is_down_and_verifies_all_the_same()
    {
        VerificationResult result = await VerifyAsync(null);
        result.IsVerified();
        result.Is(CheckName.Schema, CheckOutcome.Indeterminate, ProblemCode.SchemaRetrievalError);
        Assert.Equal(Remedy.TryLater, result[CheckName.Schema].Remedy);
    }

    [Fact]
    public async Task A_policy_can_require_it()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] credential = await IssueAsync(world);
        VerificationPolicy strict = VerificationPolicy.Default with { Required = VerificationPolicy.Default.Required.Append(CheckName.Schema).ToHashSet(StringComparer.Ordinal) };
        (await world.VerifyAsync(credential, strict)).CannotTell(CheckName.Schema, ProblemCode.SchemaRetrievalError);
    }

    [Theory]
    [InlineData("JsonSchemaValidator2018")]
    [InlineData("ShaclShape")]
    public async Task Cannot_tell_by_a_schema_of_an_unknown_type(string type) =>
        (await VerifyAsync(Fitting, type)).Is(CheckName.Schema, CheckOutcome.Indeterminate, ProblemCode.Unsupported);

    [Fact]
    public async Task Knows_the_type_that_Open_Badges_uses() =>
        (await VerifyAsync(Fitting.Replace("2020-12", "2019-09", StringComparison.Ordinal), "1EdTechJsonSchemaValidator2019")).Is(CheckName.Schema, CheckOutcome.Passed);

    [Fact]
    public async Task Every_schema_of_several_must_fit()
    {
        VerificationResult result = await VerifyAsync(Fitting, edit: json =>
        {
            json["credentialSchema"] = new JsonArray(json["credentialSchema"]!.DeepClone(), new JsonObject { ["id"] = "https://schemas.example/other.json", ["type"] = "JsonSchema" });
            Pin(json["credentialSchema"]![1]!.AsObject(), Unfitting, "digestSRI");
        });
        result.IsRejected(CheckName.Schema, ProblemCode.SchemaValidationError);
    }

    [Fact]
    public async Task Cannot_tell_by_a_multitude_of_schemas() =>
        (await VerifyAsync(Fitting, edit: json => json["credentialSchema"] = new JsonArray([.. Enumerable.Range(0, 5).Select(i => new JsonObject { ["id"] = $"https://victim{i}.example/", ["type"] = "JsonSchema" })]))).Is(CheckName.Schema, CheckOutcome.Indeterminate, ProblemCode.Unsupported);

    [Fact]
    public async Task Holds_the_credential_against_it_without_its_proof_where_that_does_not_fit() =>
        (await VerifyAsync("""{"$schema":"https://json-schema.org/draft/2020-12/schema","properties":{"proof":false}}""")).Is(CheckName.Schema, CheckOutcome.Passed);

    [Theory]
    [InlineData(false, CheckOutcome.Passed, null)]
    [InlineData(true, CheckOutcome.Failed, ProblemCode.SchemaValidationError)]
    public async Task Believes_a_schema_that_the_issuer_signed_as_a_credential(bool unfitting, CheckOutcome outcome, string? code) =>
        (await VerifySignedAsync(world => world.Issuer, unfitting ? Unfitting : Fitting)).Is(CheckName.Schema, outcome, code);

    [Fact]
    public async Task Only_doubts_under_a_schema_that_somebody_else_signed() =>
        (await VerifySignedAsync(Stranger, Unfitting)).Is(CheckName.Schema, CheckOutcome.Indeterminate, ProblemCode.SchemaValidationError);

    [Fact]
    public async Task Cannot_tell_by_a_schema_credential_that_was_altered_or_is_over()
    {
        (await VerifySignedAsync(world => world.Issuer, Fitting, after: text => Text.Edit(text, json => json["credentialSubject"]!["jsonSchema"] = JsonNode.Parse(Unfitting)))).Is(CheckName.Schema, CheckOutcome.Indeterminate, ProblemCode.SchemaRetrievalError);
        (await VerifySignedAsync(world => world.Issuer, Unfitting, before: json => json["validUntil"] = "2020-01-01T00:00:00Z")).Is(CheckName.Schema, CheckOutcome.Indeterminate, ProblemCode.SchemaRetrievalError);
        (await VerifySignedAsync(world => world.Issuer, Unfitting, before: json => json["credentialSubject"]!.AsObject().Remove("jsonSchema"))).Is(CheckName.Schema, CheckOutcome.Indeterminate, ProblemCode.SchemaRetrievalError);
    }

    [Fact]
    public async Task Fetches_a_schema_once_for_a_while()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] credential = await IssueAsync(world);
        world.Web.Put(Url, Utf8.Bytes(Fitting));
        CredentialVerifier verifier = world.Verifier();
        await verifier.VerifyAsync(credential, CancellationToken.None);
        int before = world.Web.Fetches;
        (await verifier.VerifyAsync(credential, CancellationToken.None)).Is(CheckName.Schema, CheckOutcome.Passed);
        Assert.Equal(before, world.Web.Fetches);
    }

    private static async Task<VerificationResult> VerifyAsync(string? schema, string type = CredentialSchema.JsonSchemaType, Action<JsonObject>? edit = null)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] credential = await IssueAsync(world, type, edit);
        if (schema is not null)
        {
            world.Web.Put(Url, Utf8.Bytes(schema));
            world.Web.Put("https://schemas.example/other.json", Utf8.Bytes(Unfitting));
        }

        return await world.VerifyAsync(credential);
    }

    private static async Task<VerificationResult> VerifySignedAsync(Func<TestWorld, SampleIssuer> author, string schema, Action<JsonObject>? before = null, Func<byte[], byte[]>? after = null)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] credential = await IssueAsync(world, CredentialSchema.JsonSchemaCredentialType);
        using SampleIssuer signer = author(world);
        JsonObject text = new()
        {
            ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2"),
            ["id"] = Url,
            ["type"] = new JsonArray("VerifiableCredential", "JsonSchemaCredential"),
            ["issuer"] = signer.Did,
            ["credentialSubject"] = new JsonObject { ["id"] = Url + "#schema", ["type"] = "JsonSchema", ["jsonSchema"] = JsonNode.Parse(schema) },
        };
        before?.Invoke(text);
        byte[] signed = await signer.SignAsync(Utf8.Bytes(text.ToJsonString()));
        world.Web.Put(Url, after?.Invoke(signed) ?? signed);
        return await world.VerifyAsync(credential);
    }

    private static SampleIssuer Stranger(TestWorld world)
    {
        SampleIssuer stranger = new("stranger");
        world.Web.Put("https://stranger.example/.well-known/did.json", stranger.DocumentText);
        return stranger;
    }

    private static async Task<byte[]> IssueAsync(TestWorld world, string type = CredentialSchema.JsonSchemaType, Action<JsonObject>? edit = null)
    {
        (byte[] text, _, _) = world.Issuer.Prepare("brazil");
        return await world.Issuer.SignAsync(Text.Edit(text, json =>
        {
            json.Remove("credentialStatus");
            json["credentialSchema"] = new JsonObject { ["id"] = Url, ["type"] = type };
            edit?.Invoke(json);
        }));
    }

    private static void Pin(JsonObject credential, string schema, string member, bool related)
    {
        if (related)
        {
            var resource = new JsonObject { ["id"] = Url };
            Pin(resource, schema, member);
            credential["relatedResource"] = resource;
        }
        else
        {
            Pin(credential["credentialSchema"]!.AsObject(), schema, member);
        }
    }

    private static void Pin(JsonObject entry, string schema, string member) => entry[member] = member == "digestSRI"
        ? "sha384-" + Convert.ToBase64String(SHA384.HashData(Utf8.Bytes(schema)))
        : Multibase.EncodeBase64Url([0x12, 0x20, .. SHA256.HashData(Utf8.Bytes(schema))]);

    private static Dictionary<string, ReadOnlyMemory<byte>> Kept(string schema) => new(StringComparer.Ordinal) { [Url] = Utf8.Bytes(schema) };
}
