using System.Text.Json;
using Credentials.Dids;
using Credentials.Keys;

namespace Credentials.Tests.Dids;

public sealed class DidDereferencingTests : IDisposable
{
    private const string Did = "did:web:example.edu";

    private readonly FakeFetcher _web = new();
    private readonly SigningKey _key = SigningKey.Generate(KeyType.P256);

    public DidDereferencingTests()
    {
        string Method(string id) => $$"""{"id":"{{id}}","type":"Multikey","controller":"{{Did}}","publicKeyMultibase":"{{Multikey.Encode(_key.PublicKey)}}"}""";
        _web.Serve("https://example.edu/.well-known/did.json", $$"""
            {"@context":["https://www.w3.org/ns/did/v1"],"id":"{{Did}}",
             "verificationMethod":[{{Method("#a")}},{{Method(Did + "#b")}}],
             "assertionMethod":["#a",{{Method(Did + "#c")}}],
             "authentication":["{{Did}}#b"],
             "service":[
               {"id":"#files","type":"Files","serviceEndpoint":"https://files.example/data/"},
               {"id":"{{Did}}#many","type":["Files","Other"],"serviceEndpoint":["https://one.example/x",{"uri":"https://two.example"},"https://three.example/x"]},
               {"id":"#map","type":"Map","serviceEndpoint":{"uri":"https://map.example"} },
               {"id":"#odd","type":"Odd","serviceEndpoint":"javascript:alert(1)"},
               {"id":"#marked","type":"Marked","serviceEndpoint":"https://marked.example/#here"} ]}
            """);
    }

    [Fact]
    public async Task A_did_leads_to_its_document()
    {
        DidDereferencingResult result = await DereferenceAsync(Did);
        Assert.Equal((Did, "application/did"), (result.Content!.Value.GetProperty("id").GetString(), result.ContentType));
    }

    [Theory]
    [InlineData("#a", "#a")]
    [InlineData("#b", Did + "#b")]
    [InlineData("#c", Did + "#c")]
    [InlineData("#files", "#files")]
    [InlineData("#many", Did + "#many")]
    public async Task A_fragment_leads_to_the_part_of_that_name_with_the_documents_context(string fragment, string id)
    {
        JsonElement part = (await DereferenceAsync(Did + fragment)).Content!.Value;
        Assert.Equal(id, part.GetProperty("id").GetString());
        Assert.Equal("https://www.w3.org/ns/did/v1", part.GetProperty("@context")[0].GetString());
    }

    [Theory]
    [InlineData("#nothing", ProblemCode.NotFound)]
    [InlineData("#", ProblemCode.NotFound)]
    [InlineData("/path", ProblemCode.NotFound)]
    [InlineData("?custom=1", ProblemCode.NotFound)]
    [InlineData("?service=files&custom=1", ProblemCode.NotFound)]
    [InlineData("?relativeRef=%2Fa", ProblemCode.NotFound)]
    [InlineData("?service=nothing", ProblemCode.NotFound)]
    [InlineData("?service=files&serviceType=Map", ProblemCode.NotFound)]
    [InlineData("?service=files&service=map", ProblemCode.InvalidDidUrl)]
    [InlineData("?s%65rvice=files&service=map", ProblemCode.InvalidDidUrl)]
    [InlineData("/^bar^/?query=`#a", ProblemCode.InvalidDidUrl)]
    [InlineData("#a b", ProblemCode.InvalidDidUrl)]
    [InlineData("#a#b", ProblemCode.InvalidDidUrl)]
    [InlineData("?versionId=4", ProblemCode.FeatureNotSupported)]
    [InlineData("?versionTime=2021-05-10T17:00:00Z#a", ProblemCode.FeatureNotSupported)]
    public async Task What_leads_nowhere_says_why(string rest, string code)
    {
        DidDereferencingResult result = await DereferenceAsync(Did + rest);
        Assert.Equal((false, code), (result.Ok, result.Error?.Code));
    }

    [Theory]
    [InlineData("", "INVALID_DID_URL")]
    [InlineData("did:web", "INVALID_DID_URL")]
    [InlineData("did:web:nobody.example#a", "NOT_FOUND")]
    [InlineData("did:unknown:x#a", "METHOD_NOT_SUPPORTED")]
    public async Task An_error_is_written_as_a_problem_detail(string didUrl, string code)
    {
        JsonElement json = JsonDocument.Parse(DidResultJson.ToUtf8(await DereferenceAsync(didUrl))).RootElement;
        Assert.Equal("https://www.w3.org/ns/did#" + code, json.GetProperty("dereferencingMetadata").GetProperty("error").GetProperty("type").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("content").ValueKind);
        Assert.Equal("{}", json.GetProperty("contentMetadata").GetRawText());
    }

    [Fact]
    public async Task A_result_is_found_by_readers_of_either_name()
    {
        JsonElement json = JsonDocument.Parse(DidResultJson.ToUtf8(await DereferenceAsync(Did + "#a"))).RootElement;
        Assert.Equal("#a", json.GetProperty("content").GetProperty("id").GetString());
        Assert.Equal(json.GetProperty("content").GetRawText(), json.GetProperty("contentStream").GetRawText());
        Assert.Equal("application/did", json.GetProperty("dereferencingMetadata").GetProperty("contentType").GetString());
    }

    [Theory]
    [InlineData("#a", "assertionMethod", null)]
    [InlineData("#c", "assertionMethod", null)]
    [InlineData("#b", "authentication", null)]
    [InlineData("#b", "assertionMethod", ProblemCode.InvalidRelationshipForVerificationMethod)]
    [InlineData("#a", "keyAgreement", ProblemCode.InvalidRelationshipForVerificationMethod)]
    [InlineData("#files", "assertionMethod", ProblemCode.InvalidVerificationMethod)]
    [InlineData("#nothing", "assertionMethod", ProblemCode.InvalidVerificationMethod)]
    [InlineData("", "assertionMethod", ProblemCode.InvalidVerificationMethod)]
    [InlineData("#a", "id", ProblemCode.InvalidOptions)]
    public async Task A_method_must_be_listed_for_what_it_is_asked_for(string fragment, string relationship, string? code) =>
        Assert.Equal(code, (await DereferenceAsync(Did + fragment, new() { VerificationRelationship = relationship })).Error?.Code);

    [Theory]
    [InlineData("?service=files", 1)]
    [InlineData("?service=%23files", 1)]
    [InlineData("?service=did:web:example.edu%23files", 1)]
    [InlineData("?serviceType=Files", 2)]
    [InlineData("?serviceType=Files&service=many", 1)]
    public async Task Services_that_are_asked_for_are_the_only_ones_left_in_the_document(string query, int count)
    {
        JsonElement document = (await DereferenceAsync(Did + query)).Content!.Value;
        Assert.Equal(count, document.GetProperty("service").GetArrayLength());
        Assert.Equal(2, document.GetProperty("verificationMethod").GetArrayLength());
    }

    [Theory]
    [InlineData("?service=files", "https://files.example/data/")]
    [InlineData("?service=files&relativeRef=resume.pdf%3Fv%3D2", "https://files.example/data/resume.pdf?v=2")]
    [InlineData("?service=files&relativeRef=%2Fresume.pdf#intro", "https://files.example/resume.pdf#intro")]
    [InlineData("?service=many&relativeRef=y", "https://one.example/y https://three.example/y")]
    public async Task Addresses_of_services_are_told_and_not_fetched(string rest, string urls)
    {
        DidDereferencingResult result = await DereferenceAsync(Did + rest, new() { Accept = DidMediaType.UriList });
        Assert.Equal(urls.Split(' '), result.Urls.Select(url => url.AbsoluteUri));
        Assert.Equal(DidMediaType.UriList, result.ContentType);
        Assert.Single(_web.Asked);
    }

    [Theory]
    [InlineData("?service=files&relativeRef=..%2F..%2Fsecret", ProblemCode.InvalidDidUrl)]
    [InlineData("?service=files&relativeRef=%252E%252E%252Fsecret", ProblemCode.InvalidDidUrl)]
    [InlineData("?service=files&relativeRef=..%5Csecret", ProblemCode.InvalidDidUrl)]
    [InlineData("?service=files&relativeRef=%2F%2Fevil.example", ProblemCode.InvalidDidUrl)]
    [InlineData("?service=files&relativeRef=https:%2F%2Fevil.example", ProblemCode.InvalidDidUrl)]
    [InlineData("?service=files&relativeRef=javascript:alert(1)", ProblemCode.InvalidDidUrl)]
    [InlineData("?service=marked#there", ProblemCode.InvalidDidUrl)]
    [InlineData("?service=map", ProblemCode.NotFound)]
    [InlineData("?service=odd", ProblemCode.NotFound)]
    [InlineData("#a", ProblemCode.RepresentationNotSupported)]
    [InlineData("", ProblemCode.RepresentationNotSupported)]
    public async Task No_address_is_told_that_leads_elsewhere(string rest, string code) =>
        Assert.Equal(code, (await DereferenceAsync(Did + rest, new() { Accept = DidMediaType.UriList })).Error?.Code);

    public void Dispose() => _key.Dispose();

    private Task<DidDereferencingResult> DereferenceAsync(string didUrl, DidResolutionOptions? options = null) =>
        DidResolver.Online(_web).DereferenceAsync(didUrl, options ?? DidResolutionOptions.None, CancellationToken.None);
}
