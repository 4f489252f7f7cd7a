using Credentials.Dids;
using Credentials.TestKit;

namespace Credentials.Tests.Dids;

public sealed class DidWebTests
{
    private readonly FakeFetcher _web = new();

    [Theory]
    [InlineData("did:web:example.edu", "https://example.edu/.well-known/did.json")]
    [InlineData("did:web:EXAMPLE.edu", "https://example.edu/.well-known/did.json")]
    [InlineData("did:web:example.edu:institutions:a", "https://example.edu/institutions/a/did.json")]
    [InlineData("did:web:example.edu%3A8443", "https://example.edu:8443/.well-known/did.json")]
    [InlineData("did:web:example.edu%3a443:x", "https://example.edu/x/did.json")]
    [InlineData("did:web:example.edu:%7Euser", "https://example.edu/~user/did.json")]
    [InlineData("did:web:example.edu:%C3%A9cole", "https://example.edu/%C3%A9cole/did.json")]
    [InlineData("did:web:localhost", "http://localhost/.well-known/did.json")]
    [InlineData("did:web:localhost%3A7101:institutions:sample-university", "http://localhost:7101/institutions/sample-university/did.json")]
    [InlineData("did:web:127.0.0.1%3A7101", "http://127.0.0.1:7101/.well-known/did.json")]
    [InlineData("did:web:%5B%3A%3A1%5D%3A7101:a", "http://[::1]:7101/a/did.json")]
    public async Task Asks_the_one_place_that_the_did_names(string did, string url)
    {
        Problem? problem = (await ResolveAsync(did)).Problem;
        Assert.Equal(url, Assert.Single(_web.Asked).AbsoluteUri);
        Assert.Equal(ProblemCode.DidResolutionError, problem?.Code);
    }

    [Theory]
    [InlineData("did:web:example.edu:..:secret")]
    [InlineData("did:web:example.edu:.")]
    [InlineData("did:web:example.edu:%2E%2E:secret")]
    [InlineData("did:web:example.edu:%2e%2e%2fsecret")]
    [InlineData("did:web:example.edu:a%2Fb")]
    [InlineData("did:web:example.edu:a%5Cb")]
    [InlineData("did:web:example.edu:a%3Fb")]
    [InlineData("did:web:example.edu:a%23b")]
    [InlineData("did:web:example.edu:a%25b")]
    [InlineData("did:web:example.edu:a%00b")]
    [InlineData("did:web:example.edu:a%0D%0AHost")]
    [InlineData("did:web:example.edu:%61")]
    [InlineData("did:web:example.edu:a%3Ab")]
    [InlineData("did:web:example.edu::a")]
    [InlineData("did:web::a")]
    [InlineData("did:web:example.edu%2Fa")]
    [InlineData("did:web:user%40example.edu")]
    [InlineData("did:web:%65xample.edu")]
    [InlineData("did:web:example.edu%3A")]
    [InlineData("did:web:example.edu%3A0")]
    [InlineData("did:web:example.edu%3A080")]
    [InlineData("did:web:example.edu%3A65536")]
    [InlineData("did:web:example.edu%3A80%3A80")]
    [InlineData("did:web:example.edu%3A8a")]
    [InlineData("did:web:%3A80")]
    [InlineData("did:web:10.0.0.1")]
    [InlineData("did:web:8.8.8.8")]
    [InlineData("did:web:127.1")]
    [InlineData("did:web:127.0.0.2")]
    [InlineData("did:web:2130706433")]
    [InlineData("did:web:0x7f.0.0.1")]
    [InlineData("did:web:0177.0.0.1")]
    [InlineData("did:web:%5B%3A%3A2%5D")]
    [InlineData("did:web:%5B%3A%3A1%5Dx")]
    [InlineData("did:web:-")]
    [InlineData("did:web:a..b")]
    public async Task Asks_nobody_when_the_did_could_mean_another_place(string did)
    {
        Assert.Equal(ProblemCode.InvalidDid, (await ResolveAsync(did)).Problem?.Code);
        Assert.Empty(_web.Asked);
    }

    [Fact]
    public async Task Gives_the_document_that_lies_there()
    {
        using var issuer = new SampleIssuer();
        _web.Serve("https://universidade-modelo.example/.well-known/did.json", issuer.DocumentText);
        DidDocument document = (await ResolveAsync(issuer.Did)).Require();
        Assert.Equal(issuer.Did, document.Id);
        Assert.Equal([$"{issuer.Did}#p256", $"{issuer.Did}#ed25519"], document.AssertionMethods);
        Assert.Equal(issuer.P256.PublicKey, document.Find($"{issuer.Did}#p256")!.Key.Require());
    }

    [Fact]
    public async Task A_document_of_somebody_else_is_invalid()
    {
        using var issuer = new SampleIssuer();
        _web.Serve("https://example.edu/.well-known/did.json", issuer.DocumentText);
        Assert.Equal(ProblemCode.InvalidDidDocument, (await ResolveAsync("did:web:example.edu")).Problem?.Code);
    }

    [Theory]
    [InlineData("HTTP 404")]
    [InlineData("HTTP 503")]
    [InlineData("host not found")]
    [InlineData("no answer within 10 s")]
    public async Task A_fault_of_the_fetch_is_a_resolution_error_that_names_it(string fault)
    {
        _web.Fail("https://example.edu/.well-known/did.json", fault);
        Problem problem = (await ResolveAsync("did:web:example.edu")).Problem!;
        Assert.Equal(ProblemCode.DidResolutionError, problem.Code);
        Assert.Contains(fault, problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!doctype html><title>Moved</title>")]
    [InlineData("")]
    [InlineData("{\"id\":\"did:web:example.edu\",\"id\":\"did:web:example.edu\"}")]
    public async Task An_answer_that_is_no_json_is_a_resolution_error(string body)
    {
        _web.Serve("https://example.edu/.well-known/did.json", body);
        Assert.Equal(ProblemCode.DidResolutionError, (await ResolveAsync("did:web:example.edu")).Problem?.Code);
    }

    private Task<Parsed<DidDocument>> ResolveAsync(string did) => DidResolver.Online(_web).ResolveAsync(did, CancellationToken.None);
}
