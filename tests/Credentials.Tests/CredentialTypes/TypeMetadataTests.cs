using System.Text.Json;
using System.Text.RegularExpressions;
using Credentials.CredentialTypes;
using Credentials.DcSdJwt;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.Tests.CredentialTypes;

/// <summary>Documents of types: read, extended, held against credentials.</summary>
public partial class TypeMetadataTests
{
    private const string Folder = "openid/sd-jwt-vc";

    private static readonly SigningKey Key = SigningKey.Generate(KeyType.P256);

    [Fact]
    public void Describes_our_diplomas_in_five_languages()
    {
        TypeMetadata type = TypeMetadata.Parse(DiplomaType.Document).Require();
        Assert.Equal(DiplomaType.Vct, type.Vct);
        Assert.Equal(["en", "es", "ar", "zh-Hans", "pt"], type.Display!.Select(display => display.Locale));
        Assert.All(type.Claims, claim => Assert.Equal(5, claim.Display!.Count));
        Assert.Equal("Level (EQF)", type.Claims.Single(claim => claim.Path.ToString() == """["eqf_level"]""").LabelFor("en-GB"));
        Assert.Equal("文凭", type.DisplayFor("zh-Hans-CN")?.Name);
        Assert.Equal("Diploma", type.DisplayFor("fi")?.Name);
    }

    // The document is pinned by every diploma that was issued: a change of a single byte breaks them all. A new text is a new vct.
    [Fact]
    public void Keeps_the_bytes_of_our_type_for_ever() => Assert.True(DiplomaType.Integrity == "sha256-6kAxkL0Jt+olHRQ3jyhZRFrNZwhI1nPqY90Rz6YNY+w=", DiplomaType.Integrity);

    [VectorFact(Folder)]
    public void Reads_every_document_of_the_specification()
    {
        string[] documents = [.. Fences().Matches(Vectors.Text(Folder, "draft-ietf-oauth-sd-jwt-vc.md")).Select(match => match.Groups["json"].Value).Where(text => text.Contains("\"vct\"", StringComparison.Ordinal) && (text.Contains("\"claims\": [", StringComparison.Ordinal) || text.Contains("\"extends\"", StringComparison.Ordinal)))];
        Assert.True(documents.Length >= 3, $"{documents.Length} documents");
        Assert.All(documents, text => TypeMetadata.Parse(Utf8.Bytes(text)).Require());
    }

    [VectorFact(Folder)]
    public async Task Extends_the_example_of_the_specification_as_it_says()
    {
        const string Base = "https://example.com/base-type-metadata", Child = "https://example.com/custom-type-metadata";
        string[] documents = [.. Fences().Matches(Vectors.Text(Folder, "draft-ietf-oauth-sd-jwt-vc.md")).Select(match => match.Groups["json"].Value)];
        TypeMetadata type = (await ResolveAsync(Child, null, new() { [Base] = documents.Single(text => text.Contains($"\"vct\": \"{Base}\"", StringComparison.Ordinal)), [Child] = documents.Single(text => text.Contains($"\"vct\": \"{Child}\"", StringComparison.Ordinal)) })).Require();

        Assert.Equal(["""["name"]=Full Name""", """["address","city"]=Town""", """["nationalities"]=Nationalities"""], type.Claims.Select(claim => $"{claim.Path}={claim.LabelFor("en")}"));
    }

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""{}""")]
    [InlineData("""{"vct":7}""")]
    [InlineData("""{"vct":"a","name":7}""")]
    [InlineData("""{"vct":"a","extends":7}""")]
    [InlineData("""{"vct":"a","extends#integrity":"md5"}""")]
    [InlineData("""{"vct":"a","display":{}}""")]
    [InlineData("""{"vct":"a","display":[{"locale":"en"}]}""")]
    [InlineData("""{"vct":"a","display":[{"name":"x"}]}""")]
    [InlineData("""{"vct":"a","display":[{"locale":"en","name":"x","rendering":7}]}""")]
    [InlineData("""{"vct":"a","display":[{"locale":"en","name":"x","rendering":{"simple":{"logo":{"uri":"http://a.example"}}}}]}""")]
    [InlineData("""{"vct":"a","display":[{"locale":"en","name":"x","rendering":{"simple":{"logo":{}}}}]}""")]
    [InlineData("""{"vct":"a","claims":[{}]}""")]
    [InlineData("""{"vct":"a","claims":[{"path":[]}]}""")]
    [InlineData("""{"vct":"a","claims":[{"path":[-1]}]}""")]
    [InlineData("""{"vct":"a","claims":[{"path":[true]}]}""")]
    [InlineData("""{"vct":"a","claims":[{"path":["a"],"sd":"sometimes"}]}""")]
    [InlineData("""{"vct":"a","claims":[{"path":["a"],"mandatory":"yes"}]}""")]
    [InlineData("""{"vct":"a","claims":[{"path":["a"],"svg_id":"1a"}]}""")]
    [InlineData("""{"vct":"a","claims":[{"path":["a"],"svg_id":"a"},{"path":["b"],"svg_id":"a"}]}""")]
    [InlineData("""{"vct":"a","claims":[{"path":["a"],"display":[{"locale":"en"}]}]}""")]
    public void Refuses_a_document_of_another_shape(string text) => Assert.False(TypeMetadata.Parse(Utf8.Bytes(text)).Ok);

    [Fact]
    public void Passes_over_what_it_does_not_know() => Assert.True(TypeMetadata.Parse("""{"vct":"a","x":1,"claims":[{"path":["a",null,0],"x":1}],"display":[{"locale":"en","name":"x","rendering":{"other":{}}}]}"""u8.ToArray()).Ok);

    [Theory]
    [InlineData("""{"vct":"a","extends":"a"}""", "{}")]
    [InlineData("""{"vct":"a","extends":"b"}""", """{"vct":"b","extends":"a"}""")]
    [InlineData("""{"vct":"a","extends":"b"}""", """{"vct":"c"}""")]
    [InlineData("""{"vct":"a","extends":"b","extends#integrity":"sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}""", """{"vct":"b"}""")]
    [InlineData("""{"vct":"a","extends":"c"}""", """{"vct":"b"}""")]
    [InlineData("""{"vct":"a","extends":"b","claims":[{"path":["x"],"sd":"never"}]}""", """{"vct":"b","claims":[{"path":["x"],"sd":"always"}]}""")]
    [InlineData("""{"vct":"a","extends":"b","claims":[{"path":["x"],"sd":"allowed"}]}""", """{"vct":"b","claims":[{"path":["x"],"sd":"never"}]}""")]
    [InlineData("""{"vct":"a","extends":"b","claims":[{"path":["x"],"mandatory":false}]}""", """{"vct":"b","claims":[{"path":["x"],"mandatory":true}]}""")]
    public async Task Refuses_a_line_of_types_that_does_not_hold(string own, string other) => Assert.False((await ResolveAsync("a", null, new() { ["a"] = own, ["b"] = other })).Ok);

    [Fact]
    public async Task Refuses_a_line_of_types_without_an_end()
    {
        var documents = Enumerable.Range(0, 20).ToDictionary(i => $"{i}", i => $$"""{"vct":"{{i}}","extends":"{{i + 1}}"}""");
        Assert.False((await ResolveAsync("0", null, documents)).Ok);
    }

    [Fact]
    public async Task Holds_a_document_against_the_integrity_that_the_credential_names()
    {
        const string Text = """{"vct":"a"}""";
        Assert.True((await ResolveAsync("a", IntegrityMetadata.Of(Utf8.Bytes(Text)), new() { ["a"] = Text })).Ok);
        Assert.False((await ResolveAsync("a", IntegrityMetadata.Of(Utf8.Bytes(Text)), new() { ["a"] = Text + " " })).Ok);
        Assert.False((await ResolveAsync("a", "nonsense", new() { ["a"] = Text })).Ok);
    }

    [Theory]
    [InlineData("sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=", true)]
    [InlineData("sha256-LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ", true)]
    [InlineData("sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=?opt sha999-AAAA", true)]
    [InlineData("sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=", true)]
    [InlineData("sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ= sha384-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false)]
    [InlineData("sha999-AAAA", false)]
    public void Compares_by_the_strongest_digest_that_it_knows(string metadata, bool matches) => Assert.Equal(matches, IntegrityMetadata.Parse(metadata).Require().Matches("hello"u8.ToArray()));

    [Theory]
    [InlineData("")]
    [InlineData("sha256")]
    [InlineData("sha256-")]
    [InlineData("sha256-AAAA")]
    [InlineData("sha256-!!!!")]
    public void Refuses_integrity_metadata_that_is_none(string metadata) => Assert.False(IntegrityMetadata.Parse(metadata).Ok);

    [Theory]
    [InlineData("""["a"]""", """{"a":1}""", "/a")]
    [InlineData("""["a",null,"b"]""", """{"a":[{"b":1},{},{"b":2}]}""", "/a/0/b /a/2/b")]
    [InlineData("""["a",1]""", """{"a":[5,6]}""", "/a/1")]
    [InlineData("""["a",2]""", """{"a":[5,6]}""", "")]
    [InlineData("""["b"]""", """{"a":1}""", "")]
    public void Selects_by_path(string path, string claims, string expected)
    {
        using var json = JsonDocument.Parse(claims);
        using var parts = JsonDocument.Parse(path);
        Assert.Equal(expected, string.Join(' ', ClaimPath.Read(parts.RootElement).Require().Select(json.RootElement).Require().Select(one => one.Pointer)));
    }

    [Theory]
    [InlineData("""["a","b"]""", """{"a":1}""")]
    [InlineData("""["a",null]""", """{"a":{}}""")]
    [InlineData("""["a",0]""", """{"a":"x"}""")]
    [InlineData("""[0]""", """{"a":"x"}""")]
    public void Aborts_where_a_path_leads_into_something_else(string path, string claims)
    {
        using var json = JsonDocument.Parse(claims);
        using var parts = JsonDocument.Parse(path);
        Assert.False(ClaimPath.Read(parts.RootElement).Require().Select(json.RootElement).Ok);
    }

    [Theory]
    [InlineData("""[{"path":["a"],"sd":"always"},{"path":["b"],"sd":"never","mandatory":true}]""", true)]
    [InlineData("""[{"path":["a"],"sd":"never"}]""", false)]
    [InlineData("""[{"path":["b"],"sd":"always"}]""", false)]
    [InlineData("""[{"path":["c"],"mandatory":true}]""", false)]
    [InlineData("""[{"path":["b","x"]}]""", false)]
    public async Task Holds_a_whole_credential_against_its_type(string claims, bool keeps)
    {
        SdJwtVc credential = await IssueAsync();
        Assert.Equal(keeps, TypeMetadataRules.Check(TypeMetadata.Parse(Utf8.Bytes($$"""{"vct":"urn:x","claims":{{claims}}}""")).Require(), credential, isWhole: true) is null);
    }

    [Fact]
    public async Task Does_not_take_what_is_withheld_for_missing()
    {
        SdJwtVc shown = SdJwtVc.Open((await IssueAsync()).Present([]).Require()).Require();
        TypeMetadata type = TypeMetadata.Parse("""{"vct":"urn:x","claims":[{"path":["a"],"mandatory":true,"sd":"always"}]}"""u8.ToArray()).Require();
        Assert.Null(TypeMetadataRules.Check(type, shown, isWhole: false));
        Assert.NotNull(TypeMetadataRules.Check(type, shown, isWhole: true));
        Assert.NotNull(TypeMetadataRules.Check(type with { Vct = "urn:y" }, shown, isWhole: false));
    }

    private static async Task<SdJwtVc> IssueAsync() =>
        SdJwtVc.Open((await SdJwtVc.IssueAsync("""{"iss":"https://uni.example","vct":"urn:x","a":1,"b":2}"""u8.ToArray(), Key, new("did:web:uni.example#k") { Frame = new(["/a"]) }, CancellationToken.None)).Require()).Require();

    private static Task<Parsed<TypeMetadata>> ResolveAsync(string vct, string? integrity, Dictionary<string, string> documents) =>
        TypeMetadataChain.ResolveAsync(vct, integrity, (type, _) => Task.FromResult<Parsed<byte[]>>(documents.TryGetValue(type, out string? text) ? Utf8.Bytes(text) : new Problem(ProblemCode.NotFound, "No such type.")), CancellationToken.None);

    [GeneratedRegex(@"```json\n(?<json>\{.*?\n\})\n```", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 5000)]
    private static partial Regex Fences();
}
