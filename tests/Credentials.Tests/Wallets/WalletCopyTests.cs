using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.CredentialTypes;
using Credentials.DataModel;
using Credentials.TestKit;
using Credentials.Wallets;

namespace Credentials.Tests.Wallets;

/// <summary>The payloads that a wallet's copy is signed over, out of every sample.</summary>
public class WalletCopyTests
{
    private static readonly SampleIssuer Issuer = new();
    private static readonly RegistryHandle Handle = RegistryHandle.Create();

    private static readonly WalletCopyTerms Terms = new("urn:uuid:0198f0aa-0000-7000-8000-000000000001", "https://uni.example/institutions/a", DateTimeOffset.FromUnixTimeSeconds(1_790_012_345))
    {
        HolderDid = "did:jwk:abc",
        StatusEntries = [new JsonObject { ["id"] = new RegistryEntry(Issuer.Registry, Issuer.Institution, Handle).Id, ["type"] = RegistryEntry.Type }],
        TokenStatus = new(7, new Uri("https://uni.example/lists/1/token")),
        Evidence = new(AnchorDigest.From(new byte[32]), null),
    };

    [Theory]
    [MemberData(nameof(Samples.Each), MemberType = typeof(Samples))]
    public async Task Writes_claims_that_can_be_issued_and_keep_to_their_type(string name)
    {
        byte[] claims = WalletCopy.ToSdJwtVc(await MasterAsync(name), Terms);
        using var key = Credentials.Keys.SigningKey.Generate(Credentials.Keys.KeyType.P256);
        byte[] issued = (await Credentials.DcSdJwt.SdJwtVc.IssueAsync(claims, key, new("did:web:uni.example#k") { Frame = WalletCopy.FrameOf(claims), HolderKey = key.PublicKey }, CancellationToken.None)).Require();
        var credential = Credentials.DcSdJwt.SdJwtVc.Open(issued).Require();

        Assert.Null(TypeMetadataRules.Check(TypeMetadata.Parse(DiplomaType.Document).Require(), credential, isWhole: true));
        Assert.True(IntegrityMetadata.Parse(credential.TypeIntegrity!).Require().Matches(DiplomaType.Document));
        Assert.Equal(Handle, Assert.Single(VerifiableCredential.Parse(credential.Payload).Require().RegistryEntries).Handle);
        Assert.Equal(0, credential.ClaimSet.GetProperty("iat").GetInt64() % 86400);
        Assert.All(["/iss", "/vct", "/iat", "/status", "/credentialStatus", "/cnf"], pointer => Assert.DoesNotContain(pointer, credential.DisclosedPointers));
    }

    [Fact]
    public async Task Takes_the_claims_that_employers_ask_for()
    {
        using var json = JsonDocument.Parse(WalletCopy.ToSdJwtVc(await MasterAsync("morocco"), Terms));
        JsonElement claims = json.RootElement;

        Assert.Equal(7, claims.GetProperty("eqf_level").GetInt32());
        Assert.Equal("0732", claims.GetProperty("isced_field").GetString());
        Assert.Equal("Building and civil engineering", claims.GetProperty("field_name").GetString());
        Assert.Equal("2026-07-10", claims.GetProperty("award_date").GetString());
        Assert.Equal("15.82", claims.GetProperty("grade").GetString());
        Assert.Equal("MA", claims.GetProperty("country").GetString());
        Assert.Equal("2002-11-03", claims.GetProperty("birth_date").GetString());
        Assert.Equal("ماستر", claims.GetProperty("degree_name").GetString());
        Assert.Equal("UMA-2024-00417", claims.GetProperty("student_number").GetString());
        Assert.Equal("Master", claims.GetProperty("diploma").GetProperty("award").GetProperty("degreeName")[1].GetProperty("@value").GetString());
        Assert.Equal(AwardEvidence.Type, claims.GetProperty("evidence")[0].GetProperty("type").GetString());
        Assert.False(claims.TryGetProperty("exp", out _));
    }

    [Fact]
    public async Task Has_no_claim_that_the_master_does_not_have()
    {
        using var json = JsonDocument.Parse(WalletCopy.ToSdJwtVc(await MasterAsync("morocco", master => master["credentialSubject"] = new JsonObject { ["name"] = "Salma" }), Terms with { Evidence = null, TokenStatus = null, StatusEntries = [] }));
        Assert.Equal(["iss", "vct", "vct#integrity", "iat", "degree_name", "award_date", "institution_name", "name", "diploma"], json.RootElement.EnumerateObject().Select(member => member.Name));
    }

    [Theory]
    [InlineData("""[{"framework":"EQF","value":7}]""", 7)]
    [InlineData("""{"framework":"EQF","value":"6"}""", 6)]
    [InlineData("""[{"framework":"EQF (comparable)","value":5},{"framework":"EQF","value":7}]""", 7)]
    [InlineData("""[{"framework":"EQF (comparable)","value":6}]""", 6)]
    [InlineData("""[{"framework":"EQF","value":9}]""", null)]
    [InlineData("""[{"framework":"NQF","value":7}]""", null)]
    [InlineData("""[{"framework":"EQF","value":7.5}]""", null)]
    [InlineData("""[7,"EQF",{"framework":7}]""", null)]
    public async Task Reads_the_level_of_the_european_framework_alone(string level, int? expected)
    {
        byte[] claims = WalletCopy.ToSdJwtVc(await MasterAsync("morocco", master => master["credentialSubject"]!["award"]!["level"] = JsonNode.Parse(level)), Terms);
        using var json = JsonDocument.Parse(claims);
        Assert.Equal(expected, json.RootElement.TryGetProperty("eqf_level", out JsonElement value) ? value.GetInt32() : null);
    }

    [Theory]
    [MemberData(nameof(Samples.Each), MemberType = typeof(Samples))]
    public async Task Writes_a_document_of_its_own_for_the_holder(string name)
    {
        VerifiableCredential master = await MasterAsync(name);
        VerifiableCredential copy = VerifiableCredential.Parse(WalletCopy.ToDataModel(master, Terms)).Require();

        Assert.Empty(VerifiableCredential.ValidateForIssuing(copy.Utf8, JsonLd.ContextLibrary.Shipped));
        Assert.Equal(Terms.Id, copy.Id);
        Assert.Equal(master.IssuerId, copy.IssuerId);
        Assert.Equal(master.ValidFrom, copy.ValidFrom);
        Assert.Equal("did:jwk:abc", copy.Json.GetProperty("credentialSubject").GetProperty("id").GetString());
        Assert.Equal(Handle, Assert.Single(copy.RegistryEntries).Handle);
        Assert.Empty(copy.StatusEntries);
        Assert.False(copy.Json.TryGetProperty("proof", out _));
        Assert.Single(AwardEvidence.ReadAll(copy.Json));
    }

    [Theory]
    [MemberData(nameof(Samples.Each), MemberType = typeof(Samples))]
    public async Task Writes_the_claims_of_a_JWT_that_come_to_the_same_in_version_one(string name)
    {
        VerifiableCredential master = await MasterAsync(name);
        using var key = Credentials.Keys.SigningKey.Generate(Credentials.Keys.KeyType.P256);
        byte[] signed = (await Credentials.JwtVcs.JwtVc.SignAsync(WalletCopy.ToJwtVc(master, Terms), key, "did:web:uni.example#k", CancellationToken.None)).Require();
        var copy = VerifiableCredential.Parse(Credentials.Enveloping.Envelope.Open(signed).Require().Payload).Require();

        Assert.Equal((DataModelVersion.V1, Terms.Id, master.IssuerId, master.ValidFrom), (copy.Version, copy.Id, copy.IssuerId, copy.ValidFrom));
        Assert.Equal("did:jwk:abc", copy.Json.GetProperty("credentialSubject").GetProperty("id").GetString());
        Assert.Single(copy.RegistryEntries);
    }

    [Fact]
    public async Task Ends_when_the_first_of_master_and_copy_ends()
    {
        DateTimeOffset end = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);
        VerifiableCredential master = await MasterAsync("brazil", json => json["validUntil"] = Credentials.Encoding.XsdDateTime.Format(end));

        Assert.Equal(end, EndOf(Terms));
        Assert.Equal(end, EndOf(Terms with { ValidUntil = end.AddDays(1) }));
        Assert.Equal(end.AddDays(-1), EndOf(Terms with { ValidUntil = end.AddDays(-1) }));

        DateTimeOffset? EndOf(WalletCopyTerms terms)
        {
            using var claims = JsonDocument.Parse(WalletCopy.ToSdJwtVc(master, terms));
            DateTimeOffset? until = VerifiableCredential.Parse(WalletCopy.ToDataModel(master, terms)).Require().ValidUntil;
            Assert.Equal(claims.RootElement.GetProperty("exp").GetInt64(), until?.ToUnixTimeSeconds());
            return until;
        }
    }

    private static async Task<VerifiableCredential> MasterAsync(string name, Action<JsonObject>? edit = null)
    {
        JsonObject master = JsonNode.Parse(Issuer.Prepare(name).Text)!.AsObject();
        edit?.Invoke(master);
        return VerifiableCredential.Parse(await Issuer.SignAsync(Utf8.Bytes(master.ToJsonString()))).Require();
    }
}
