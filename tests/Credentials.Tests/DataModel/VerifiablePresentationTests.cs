using System.Text.Json.Nodes;
using Credentials.DataModel;
using Credentials.TestKit;

namespace Credentials.Tests.DataModel;

public sealed class VerifiablePresentationTests
{
    private const string Context = "\"https://www.w3.org/ns/credentials/v2\"";

    [Fact]
    public void Reads_what_it_says()
    {
        VerifiablePresentation presentation = Parse(Full()).Require();

        Assert.Equal("urn:uuid:9c9a36f8-518f-4976-a934-6649502d0008", presentation.Id);
        Assert.Equal("did:example:holder", presentation.HolderId);
        Assert.Equal(["VerifiablePresentation", "DiplomaPresentation"], presentation.Types);
        Assert.Equal(DataModelVersion.V2, presentation.Version);
        Assert.Equal(["""{"a":1}""", """{"b":2}"""], presentation.Credentials.Select(credential => Utf8.Text(credential.ToArray())));
    }

    [Fact]
    public void Reads_a_presentation_of_nothing_by_nobody()
    {
        VerifiablePresentation presentation = Parse("""{"@context":["https://www.w3.org/ns/credentials/v2"],"type":"VerifiablePresentation"}""").Require();

        Assert.Empty(presentation.Credentials);
        Assert.Null(presentation.HolderId);
    }

    [Fact]
    public void Reads_a_JWT_in_version_1_1_alone()
    {
        const string V1 = """{"@context":["https://www.w3.org/2018/credentials/v1"],"type":["VerifiablePresentation"],"verifiableCredential":["eyJ.e30.AA"]}""";

        Assert.Equal("eyJ.e30.AA", Utf8.Text(Assert.Single(Parse(V1).Require().Credentials).ToArray()));
        Assert.Equal("/verifiableCredential/0", Parse(V1.Replace("2018/credentials/v1", "ns/credentials/v2", StringComparison.Ordinal)).Problem?.Pointer);
    }

    [Theory]
    [InlineData("/@context", null, "/@context")]
    [InlineData("/@context", "[]", "/@context")]
    [InlineData("/@context", Context, "/@context")]
    [InlineData("/@context", "[{\"x\":\"urn:x:y\"}," + Context + "]", "/@context/0")]
    [InlineData("/@context", "[" + Context + ",\"https ://not-a-url\"]", "/@context/1")]
    [InlineData("/@context", "[" + Context + ",123192875]", "/@context/1")]
    [InlineData("/type", null, "/type")]
    [InlineData("/type", "[]", "/type")]
    [InlineData("/type", "\"DiplomaPresentation\"", "/type")]
    [InlineData("/type", "\"VerifiableCredential\"", "/type")]
    [InlineData("/id", "\"nine\"", "/id")]
    [InlineData("/id", "null", "/id")]
    [InlineData("/holder", "\"z6MkpJySvETLnxhQG9DzEdmKJtysBDjuuTeDfUj1uNNCUqcj\"", "/holder")]
    [InlineData("/holder", "{\"name\":\"Acme\"}", "/holder/id")]
    [InlineData("/holder", "{\"id\":\"Acme\"}", "/holder/id")]
    [InlineData("/holder", "null", "/holder")]
    [InlineData("/verifiableCredential", "[]", "/verifiableCredential")]
    [InlineData("/verifiableCredential", "\"eyJ.e30.AA\"", "/verifiableCredential")]
    [InlineData("/verifiableCredential", "[{},\"https://example.edu/1\"]", "/verifiableCredential/1")]
    [InlineData("/verifiableCredential", "7", "/verifiableCredential")]
    [InlineData("/termsOfUse", "{}", "/termsOfUse/type")]
    [InlineData("/proof", "\"x\"", "/proof")]
    public void Refuses_one_thing_wrong_at_its_place(string pointer, string? value, string at)
    {
        byte[] text = Full().With(pointer, value).Text();

        Assert.Equal([at], VerifiablePresentation.Validate(text).Select(problem => problem.Pointer!));
        Assert.Equal(at, VerifiablePresentation.Parse(text).Problem?.Pointer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{\"type\":1,\"type\":2}")]
    public void Refuses_what_is_no_presentation_at_all(string text)
    {
        Assert.False(Parse(text).Ok);
        Assert.NotEmpty(VerifiablePresentation.Validate(Utf8.Bytes(text)));
    }

    private static JsonObject Full() => JsonNode.Parse("""
        {
          "@context": ["https://www.w3.org/ns/credentials/v2"],
          "id": "urn:uuid:9c9a36f8-518f-4976-a934-6649502d0008",
          "type": ["VerifiablePresentation", "DiplomaPresentation"],
          "holder": {"id": "did:example:holder", "name": "Conceição"},
          "verifiableCredential": [{"a":1},{"b":2}],
          "termsOfUse": {"type": "Policy"},
          "proof": [{"type": "DataIntegrityProof"}]
        }
        """)!.AsObject();

    private static Parsed<VerifiablePresentation> Parse(JsonObject json) => VerifiablePresentation.Parse(json.Text());

    private static Parsed<VerifiablePresentation> Parse(string json) => VerifiablePresentation.Parse(Utf8.Bytes(json));
}
