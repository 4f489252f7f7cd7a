using System.Net;
using System.Text.Json;
using Credentials.Dids.Methods;
using Credentials.TestKit;

namespace Credentials.VerifierWeb.Tests;

public sealed class IdentifierTests(IdentifierTests.Listening listening) : IClassFixture<IdentifierTests.Listening>
{
    private const string Key = "did:key:z6MktKwz7Ge1Yxzr4JHavN33wiwa8y81QdcMRLXQsrH9T53b";
    private const string Method = Key + "#z6MktKwz7Ge1Yxzr4JHavN33wiwa8y81QdcMRLXQsrH9T53b";
    private const string Resolution = "application/did-resolution";
    private const string Dereferencing = "application/did-url-dereferencing";
    private const string Earlier = "application/ld+json;profile=\"https://w3id.org/did-resolution\"";

    private readonly DiplomaWorld _world = listening.Application.World;

    [Theory]
    [InlineData(Key, Resolution)]
    [InlineData(Key, null)]
    [InlineData(Key, "*/*")]
    [InlineData(Key, "text/html, application/did-resolution;q=0.5")]
    [InlineData("did%3Akey%3Az6MktKwz7Ge1Yxzr4JHavN33wiwa8y81QdcMRLXQsrH9T53b", Resolution)]
    [InlineData("did%3Akey%3Az6MktKwz7Ge1Yxzr4JHavN33wiwa8y81QdcMRLXQsrH9T53b?publicKeyFormat=JsonWebKey&expandRelativeUrls=true", Resolution)]
    [InlineData(Key + "?publicKeyFormat=Multikey", Resolution)]
    public async Task Gives_the_whole_result(string identifier, string? accept)
    {
        Answer answer = await GetAsync(identifier, accept);

        Assert.Equal((HttpStatusCode.OK, Resolution), (answer.Status, answer.MediaType));
        Assert.Equal(Key, answer.Json.GetProperty("didDocument").GetProperty("id").GetString());
        Assert.Equal("application/did", answer.Json.GetProperty("didResolutionMetadata").GetProperty("contentType").GetString());
        Assert.Equal("{}", answer.Json.GetProperty("didDocumentMetadata").GetRawText());
    }

    [Theory]
    [InlineData("application/did")]
    [InlineData("application/did+json")]
    [InlineData("application/did+ld+json")]
    [InlineData("application/json")]
    public async Task Gives_the_document_alone(string accept)
    {
        Answer answer = await GetAsync(Key, accept);
        Assert.Equal((HttpStatusCode.OK, accept, Key), (answer.Status, answer.MediaType, answer.Json.GetProperty("id").GetString()));
    }

    [Theory]
    [InlineData("", "INVALID_DID", HttpStatusCode.BadRequest)]
    [InlineData("not-a-did", "INVALID_DID", HttpStatusCode.BadRequest)]
    [InlineData("did:example", "INVALID_DID", HttpStatusCode.BadRequest)]
    [InlineData("did%3Akey%3A%40", "INVALID_DID", HttpStatusCode.BadRequest)]
    [InlineData("%FE%0d%0a", "INVALID_DID", HttpStatusCode.BadRequest)]
    [InlineData("did:unsupported:123456789abcdefghi", "METHOD_NOT_SUPPORTED", HttpStatusCode.NotImplemented)]
    [InlineData("did:web:nobody.example", "NOT_FOUND", HttpStatusCode.NotFound)]
    [InlineData("did:web:down.example", "INTERNAL_ERROR", HttpStatusCode.InternalServerError)]
    [InlineData("did:web:other.example", "INVALID_DID_DOCUMENT", HttpStatusCode.InternalServerError)]
    [InlineData("did:key:zTjsVPtY", "INVALID_PUBLIC_KEY_LENGTH", HttpStatusCode.InternalServerError)]
    [InlineData(Key + "?versionId=1", "FEATURE_NOT_SUPPORTED", HttpStatusCode.NotImplemented)]
    [InlineData(Key + "?expandRelativeUrls=perhaps", "INVALID_OPTIONS", HttpStatusCode.BadRequest)]
    [InlineData(Key + "?publicKeyFormat=Multikey&publicKeyFormat=Multikey", "INVALID_OPTIONS", HttpStatusCode.BadRequest)]
    [InlineData("did%3Akey%3Az6MktKwz7Ge1Yxzr4JHavN33wiwa8y81QdcMRLXQsrH9T53b?magic=1", "FEATURE_NOT_SUPPORTED", HttpStatusCode.NotImplemented)]
    [InlineData(Key + "?accept=text/html", "REPRESENTATION_NOT_SUPPORTED", HttpStatusCode.NotAcceptable)]
    public async Task Answers_an_error_with_the_status_of_the_binding(string identifier, string code, HttpStatusCode status)
    {
        _world.Web.TakeDown("down.example");
        _world.Web.Put("https://other.example/.well-known/did.json", _world.Issuer.DocumentText);
        Answer answer = await GetAsync(identifier, Resolution);

        Assert.Equal((status, Resolution), (answer.Status, answer.MediaType));
        Assert.Equal("https://www.w3.org/ns/did#" + code, answer.Json.GetProperty("didResolutionMetadata").GetProperty("error").GetProperty("type").GetString());
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("didDocument").ValueKind);
        Assert.Equal("{}", answer.Json.GetProperty("didDocumentMetadata").GetRawText());
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/x-unsupported-did-representation-99999")]
    [InlineData("application/did;q=0")]
    [InlineData("text/uri-list")]
    public async Task Answers_406_to_what_no_document_is_had_as(string accept) =>
        Assert.Equal(HttpStatusCode.NotAcceptable, (await GetAsync(Key, accept)).Status);

    [Fact]
    public async Task Answers_410_when_the_host_says_gone_for_good()
    {
        _world.Web.Put("https://gone.example/.well-known/did.json", new FetchedDocument(default, null, "HTTP 410") { Status = 410 });
        Answer answer = await GetAsync("did:web:gone.example", Resolution);

        Assert.Equal(HttpStatusCode.Gone, answer.Status);
        Assert.True(answer.Json.GetProperty("didDocumentMetadata").GetProperty("deactivated").GetBoolean());
        Assert.Equal(HttpStatusCode.Gone, (await GetAsync("did:web:gone.example", "application/did")).Status);
    }

    [Theory]
    [InlineData("did:web:localhost%3A7101:institutions:a")]
    [InlineData("did%3Aweb%3Alocalhost%253A7101%3Ainstitutions%3Aa")]
    public async Task Keeps_the_port_of_a_did_web_apart_from_its_path(string identifier)
    {
        _world.Web.Put("http://localhost:7101/institutions/a/did.json", """{"id":"did:web:localhost%3A7101:institutions:a"}"""u8.ToArray());
        Answer answer = await GetAsync(identifier, "application/did");
        Assert.Equal((HttpStatusCode.OK, "did:web:localhost%3A7101:institutions:a"), (answer.Status, answer.Json.GetProperty("id").GetString()));
    }

    [Theory]
    [InlineData("%23z6MktKwz7Ge1Yxzr4JHavN33wiwa8y81QdcMRLXQsrH9T53b", Dereferencing, "content")]
    [InlineData("%23z6MktKwz7Ge1Yxzr4JHavN33wiwa8y81QdcMRLXQsrH9T53b", Resolution, "contentStream")]
    [InlineData("%23z6MktKwz7Ge1Yxzr4JHavN33wiwa8y81QdcMRLXQsrH9T53b?accept=application/did", Dereferencing, "content")]
    [InlineData("%23z6MktKwz7Ge1Yxzr4JHavN33wiwa8y81QdcMRLXQsrH9T53b", "application/did", null)]
    [InlineData("%23z6MktKwz7Ge1Yxzr4JHavN33wiwa8y81QdcMRLXQsrH9T53b", "application/json", null)]
    public async Task Dereferences_a_DID_URL_whose_hash_is_encoded(string tail, string accept, string? member)
    {
        foreach (string did in (string[])[Key, Uri.EscapeDataString(Key)])
        {
            Answer answer = await GetAsync(did + tail, accept);
            JsonElement content = member is null ? answer.Json : answer.Json.GetProperty(member);

            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Equal(member is null ? accept : Dereferencing, answer.MediaType);
            Assert.Equal(Method, content.GetProperty("id").GetString());
            Assert.Equal(Key, content.GetProperty("controller").GetString());
            Assert.Equal(member is not null, answer.Json.TryGetProperty("dereferencingMetadata", out _));
        }
    }

    [Theory]
    [InlineData(Key + "%23nothing", "NOT_FOUND", HttpStatusCode.NotFound)]
    [InlineData(Key + "/path", "NOT_FOUND", HttpStatusCode.NotFound)]
    [InlineData(Key + "?foo=bar", "NOT_FOUND", HttpStatusCode.NotFound)]
    [InlineData(Key + "?service=a&service=b", "INVALID_DID_URL", HttpStatusCode.BadRequest)]
    [InlineData(Key + "%2F%5Ebar%5E%2F%3Fquery%3D%60%23a", "INVALID_DID_URL", HttpStatusCode.BadRequest)]
    [InlineData("did:unsupported:x%23a", "METHOD_NOT_SUPPORTED", HttpStatusCode.NotImplemented)]
    public async Task Answers_a_DID_URL_that_leads_nowhere(string identifier, string code, HttpStatusCode status)
    {
        Answer answer = await GetAsync(identifier, Dereferencing);

        Assert.Equal((status, Dereferencing), (answer.Status, answer.MediaType));
        Assert.Equal("https://www.w3.org/ns/did#" + code, answer.Json.GetProperty("dereferencingMetadata").GetProperty("error").GetProperty("type").GetString());
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("content").ValueKind);
    }

    [Theory]
    [InlineData("did:web:services.example?service=files&relativeRef=%2Fresume.pdf")]
    [InlineData("did%3Aweb%3Aservices.example%3Fservice%3Dfiles%26relativeRef%3D%252Fresume.pdf")]
    public async Task Shows_the_way_to_a_service_to_who_asks_for_its_address(string identifier)
    {
        _world.Web.Put("https://services.example/.well-known/did.json", """{"id":"did:web:services.example","service":[{"id":"#files","type":"Files","serviceEndpoint":"https://files.example/data"}]}"""u8.ToArray());
        Answer answer = await GetAsync(identifier, "text/uri-list");

        Assert.Equal((HttpStatusCode.SeeOther, "https://files.example/resume.pdf", ""), (answer.Status, answer.Location, answer.Body));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(identifier, "application/did")).Status);
    }

    [Theory]
    [InlineData("notDid:key:z6Mk", "didResolutionMetadata", "invalidDid")]
    [InlineData("did:experimental:z6Mk", "didResolutionMetadata", "methodNotSupported")]
    [InlineData("did:key:-4:z6Mk", "didResolutionMetadata", "invalidDid")]
    [InlineData("did:key:zTjsVPtY", "didResolutionMetadata", "invalidPublicKeyLength")]
    [InlineData(Key + "?publicKeyFormat=unknown", "didResolutionMetadata", "unsupportedPublicKeyType")]
    [InlineData(Key + "/^bar^/?query=`#a", "didDereferencingMetadata", "invalidDidUrl")]
    [InlineData(Method + "?publicKeyFormat=Ed25519VerificationKey2018&enableExperimentalPublicKeyTypes=false", "didDereferencingMetadata", "invalidPublicKeyType")]
    public async Task Names_errors_as_earlier_drafts_did_when_asked_for_their_form(string did, string metadata, string error)
    {
        string[] parts = did.Split("?publicKey");
        Answer answer = await GetAsync(Uri.EscapeDataString(parts[0]) + (parts.Length == 2 ? "?publicKey" + parts[1] : ""), Earlier);

        Assert.NotEqual(HttpStatusCode.OK, answer.Status);
        Assert.Equal("application/ld+json", answer.MediaType);
        Assert.Equal(error, answer.Json.GetProperty(metadata).GetProperty("error").GetString());
        Assert.Equal("https://w3id.org/did-resolution/v1", answer.Json.GetProperty("@context").GetString());
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("didDocument").ValueKind);
    }

    [Fact]
    public async Task Gives_the_form_of_earlier_drafts()
    {
        Assert.Equal(Key, (await GetAsync(Uri.EscapeDataString(Key), Earlier)).Json.GetProperty("didDocument").GetProperty("id").GetString());
        Assert.Equal(Key, (await GetAsync(Uri.EscapeDataString(Method), Earlier)).Json.GetProperty("didDocument").GetProperty("controller").GetString());
    }

    [Fact]
    public async Task Resolves_the_institution_that_issues_the_samples()
    {
        Answer answer = await GetAsync(_world.Issuer.Did, Resolution);
        Assert.Equal(DidKey.Of(_world.Issuer.P256.PublicKey)["did:key:".Length..], answer.Json.GetProperty("didDocument").GetProperty("verificationMethod")[0].GetProperty("publicKeyMultibase").GetString());
    }

    [Fact]
    public async Task Is_rate_limited_like_everything_that_fetches()
    {
        Listening limited = new();
        limited.Application.Settings["Verifier:RequestsPerMinute"] = "3";
        await limited.InitializeAsync();
        using HttpClient client = limited.Application.CreateClient();
        var statuses = new List<HttpStatusCode>();
        for (int i = 0; i < 5; i++)
        {
            statuses.Add((await client.GetAsync(new Uri("/identifiers/" + Key, UriKind.Relative))).StatusCode);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], statuses);
        await limited.DisposeAsync();
    }

    private async Task<Answer> GetAsync(string identifier, string? accept)
    {
        using HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false });
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(listening.Address, "/identifiers/" + identifier));
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using HttpResponseMessage response = await client.SendAsync(request);
        return new(response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(), response.Headers.Location?.OriginalString);
    }

    /// <summary>A verifier on a socket: what it reads is the request line, which the framework's in-memory server does not have.</summary>
    public sealed class Listening : IAsyncLifetime
    {
        public VerifierApplication Application { get; } = new();

        public Uri Address { get; private set; } = new("http://localhost");

        public async Task InitializeAsync()
        {
            await Application.InitializeAsync();
            Application.UseKestrel(0);
            Application.StartServer();
            using HttpClient client = Application.CreateClient();
            Address = client.BaseAddress!;
        }

        public Task DisposeAsync() => Application.DisposeAsync();
    }

    private sealed record Answer(HttpStatusCode Status, string? MediaType, string Body, string? Location)
    {
        public JsonElement Json => JsonDocument.Parse(Body).RootElement;
    }
}
