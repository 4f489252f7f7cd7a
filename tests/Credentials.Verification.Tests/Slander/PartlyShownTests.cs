using System.Text.Json.Nodes;
using Credentials.Jose;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Slander;

/// <summary>What the holder withheld is no evidence against the diploma, whoever wrote the schema that asks for it.</summary>
public sealed class PartlyShownTests
{
    private const string Url = "https://schemas.example/diploma.json";
    private const string AsksForTheBirthday = """{"$schema":"https://json-schema.org/draft/2020-12/schema","properties":{"credentialSubject":{"required":["dateOfBirth"]}}}""";

    [Fact]
    public async Task A_schema_that_the_verifier_keeps_rejects_no_SD_JWT_that_shows_a_part()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        FormedDiploma whole = await world.IssueAsAsync("vc+sd-jwt", WithSchema, said => said with { Disclosures = new(["/credentialSubject/dateOfBirth"]) });
        FormedDiploma part = whole with { Text = SdJwt.Open(whole.Text).Require().Present([]).Require() };

        (await world.VerifyAsync(whole, trusted: Keeping(world))).Is(CheckName.Schema, CheckOutcome.Passed);
        VerificationResult result = await world.VerifyAsync(part, trusted: Keeping(world));
        result.IsVerified();
        result.Is(CheckName.Schema, CheckOutcome.Indeterminate, ProblemCode.SchemaValidationError);
    }

    [Fact]
    public async Task Nor_a_derived_proof()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        FormedDiploma part = await world.IssueAsAsync(FormWorld.SelectiveDisclosure, json =>
        {
            WithSchema(json);
            json["credentialSubject"]!.AsObject().Remove("dateOfBirth");
        });

        VerificationResult result = await world.VerifyAsync(part, trusted: Keeping(world));
        result.IsVerified();
        result.Is(CheckName.Schema, CheckOutcome.Indeterminate, ProblemCode.SchemaValidationError);
    }

    [Fact]
    public async Task It_still_rejects_a_diploma_that_is_whole_by_its_form()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        FormedDiploma whole = await world.IssueAsAsync("vc+jwt", json =>
        {
            WithSchema(json);
            json["credentialSubject"]!.AsObject().Remove("dateOfBirth");
        });

        (await world.VerifyAsync(whole, trusted: Keeping(world))).IsRejected(CheckName.Schema, ProblemCode.SchemaValidationError);
    }

    private static void WithSchema(JsonObject json) => json["credentialSchema"] = new JsonObject { ["id"] = Url, ["type"] = "JsonSchema" };

    private static TrustedMaterial Keeping(TestWorld world) =>
        world.Trusted with { Schemas = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal) { [Url] = Utf8.Bytes(AsksForTheBirthday) } };
}
