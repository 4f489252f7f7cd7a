using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Dids;
using Credentials.Keys;
using Credentials.TestKit;
using Credentials.Tests.DataModel;

namespace Credentials.Tests.Dids;

public sealed class DidDocumentTests : IDisposable
{
    private const string Did = "did:web:example.edu";
    private readonly SigningKey _key = SigningKey.Generate(KeyType.P256);
    private readonly SigningKey _other = SigningKey.Generate(KeyType.P384);

    public void Dispose()
    {
        _key.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void What_the_writer_writes_the_reader_reads()
    {
        DateTimeOffset revoked = Samples.Time.AddDays(-3);
        DidDocument document = DidDocumentWriter.Build(Did, [new("key-1", _key.PublicKey, Revoked: revoked), new("key-2", _other.PublicKey, Expires: Samples.Time)]);

        Assert.Equal(Did, document.Id);
        Assert.Equal(
            [
                new(Did + "#key-1", "Multikey", Did, _key.PublicKey, null, revoked),
                new VerificationMethod(Did + "#key-2", "Multikey", Did, _other.PublicKey, Samples.Time, null),
            ],
            document.VerificationMethods);
        Assert.Equal([Did + "#key-1", Did + "#key-2"], document.AssertionMethods);
        Assert.Empty(document.AuthenticationMethods);
        Assert.Equal(
            ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
            document.Json.GetProperty("@context").EnumerateArray().Select(item => item.GetString()));
    }

    [Fact]
    public void Embedded_and_relative_methods_are_made_absolute()
    {
        DidDocument document = Read(Some()
            .With("/verificationMethod/0/id", "\"#key-1\"")
            .With("/assertionMethod", $$"""["#key-1", {{Method("#embedded", _other)}}]""")
            .With("/authentication", """["did:web:example.edu#key-1"]""")).Require();
        Assert.Equal([Did + "#key-1", Did + "#embedded"], document.VerificationMethods.Select(method => method.Id));
        Assert.Equal([Did + "#key-1", Did + "#embedded"], document.AssertionMethods);
        Assert.Equal([Did + "#key-1"], document.AuthenticationMethods);
    }

    [Fact]
    public void A_method_embedded_for_authentication_may_not_assert()
    {
        DidDocument document = Read(Some().With("/authentication", $"[{Method("#login", _other)}]")).Require();
        Assert.Equal([Did + "#key-1"], document.AssertionMethods);
        Assert.NotNull(document.Find(Did + "#login"));
    }

    [Theory]
    [InlineData("JsonWebKey")]
    [InlineData("JsonWebKey2020")]
    public void Keys_as_jwk_are_read(string type)
    {
        var jwk = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(jwk))
        {
            JsonWebKey.Write(writer, _key.PublicKey);
        }

        DidDocument document = Read(Some().With("/verificationMethod/0", $$"""{"id":"#key-1","type":"{{type}}","controller":"{{Did}}","publicKeyJwk":{{Utf8.Text(jwk.WrittenSpan)}}}""")).Require();
        Assert.Equal(_key.PublicKey, document.Find(Did + "#key-1")!.Key.Require());
    }

    [Fact]
    public void Only_the_minimum_is_a_document_without_keys()
    {
        DidDocument document = Read(JsonNode.Parse($$"""{"id":"{{Did}}"}""")!).Require();
        Assert.Empty(document.VerificationMethods);
        Assert.Empty(document.AssertionMethods);
    }

    [Fact]
    public void The_controller_is_told_even_when_it_is_somebody_else() =>
        Assert.Equal("did:web:ministry.example", Read(Some().With("/verificationMethod/0/controller", "\"did:web:ministry.example\"")).Require().VerificationMethods.Single().Controller);

    [Fact]
    public void A_method_under_another_did_is_not_this_documents_to_give()
    {
        DidDocument document = Read(Some().With("/verificationMethod/0", Method("did:web:victim.example#key-1", _key)).With("/assertionMethod", """["did:web:victim.example#key-1"]""")).Require();
        Assert.Empty(document.VerificationMethods);
        Assert.Null(document.Find("did:web:victim.example#key-1"));
    }

    [Fact]
    public void A_did_that_only_begins_like_this_one_is_another() =>
        Assert.Empty(Read(Some().With("/verificationMethod/0", Method("did:web:example.education#key-1", _key))).Require().VerificationMethods);

    [Theory]
    [InlineData("/verificationMethod/0/type", "\"RsaVerificationKey2018\"", ProblemCode.Unsupported)]
    [InlineData("/verificationMethod/0/type", "\"Ed25519VerificationKey2018\"", ProblemCode.Unsupported)]
    [InlineData("/verificationMethod/0/type", "\"JsonWebKey\"", ProblemCode.InvalidVerificationMethod)]
    [InlineData("/verificationMethod/0/publicKeyMultibase", null, ProblemCode.InvalidVerificationMethod)]
    [InlineData("/verificationMethod/0/publicKeyMultibase", "7", ProblemCode.InvalidVerificationMethod)]
    [InlineData("/verificationMethod/0/publicKeyJwk", "{}", ProblemCode.InvalidVerificationMethod)]
    public void A_key_that_cannot_be_read_is_the_keys_problem_alone(string pointer, string? value, string code) =>
        Assert.Equal(code, Read(Some().With(pointer, value)).Require().VerificationMethods.Single().Key.Problem?.Code);

    [Fact]
    public void A_multibase_that_is_no_key_is_the_keys_problem_alone() =>
        Assert.NotNull(Read(Some().With("/verificationMethod/0/publicKeyMultibase", "\"zabc\"")).Require().VerificationMethods.Single().Key.Problem);

    [Theory]
    [InlineData("/id", null, "/id")]
    [InlineData("/id", "\"did:web:EXAMPLE.edu\"", "/id")]
    [InlineData("/id", "\"did:web:example.edu#\"", "/id")]
    [InlineData("/id", "\"did:web:example.edu:other\"", "/id")]
    [InlineData("/id", "[\"did:web:example.edu\"]", "/id")]
    [InlineData("/verificationMethod", "{}", "/verificationMethod")]
    [InlineData("/verificationMethod/0", "\"did:web:example.edu#key-1\"", "/verificationMethod/0")]
    [InlineData("/verificationMethod/0/id", null, "/verificationMethod/0/id")]
    [InlineData("/verificationMethod/0/id", "\"key-1\"", "/verificationMethod/0/id")]
    [InlineData("/verificationMethod/0/id", "\"#\"", "/verificationMethod/0/id")]
    [InlineData("/verificationMethod/0/id", "\"did:web:example.edu\"", "/verificationMethod/0/id")]
    [InlineData("/verificationMethod/0/id", "\"https://example.edu#key-1\"", "/verificationMethod/0/id")]
    [InlineData("/verificationMethod/0/id", "7", "/verificationMethod/0/id")]
    [InlineData("/verificationMethod/0/type", null, "/verificationMethod/0/type")]
    [InlineData("/verificationMethod/0/type", "[\"Multikey\"]", "/verificationMethod/0/type")]
    [InlineData("/verificationMethod/0/controller", null, "/verificationMethod/0/controller")]
    [InlineData("/verificationMethod/0/controller", "[\"did:web:example.edu\"]", "/verificationMethod/0/controller")]
    [InlineData("/verificationMethod/0/controller", "\"did:web:example.edu#key-1\"", "/verificationMethod/0/controller")]
    [InlineData("/verificationMethod/0/revoked", "\"yesterday\"", "/verificationMethod/0")]
    [InlineData("/verificationMethod/0/revoked", "null", "/verificationMethod/0")]
    [InlineData("/verificationMethod/0/revoked", "true", "/verificationMethod/0")]
    [InlineData("/verificationMethod/0/expires", "\"2026-01-01T00:00:00\"", "/verificationMethod/0")]
    [InlineData("/assertionMethod", "\"#key-1\"", "/assertionMethod")]
    [InlineData("/assertionMethod", "null", "/assertionMethod")]
    [InlineData("/assertionMethod/0", "\"key-1\"", "/assertionMethod/0")]
    [InlineData("/assertionMethod/0", "7", "/assertionMethod/0")]
    [InlineData("/assertionMethod/0", "{}", "/assertionMethod/0/id")]
    [InlineData("/authentication", "{}", "/authentication")]
    public void A_document_of_the_wrong_shape_is_invalid(string pointer, string? value, string at)
    {
        Problem problem = Read(Some().With(pointer, value)).Problem!;
        Assert.Equal((ProblemCode.InvalidDidDocument, at), (problem.Code, problem.Pointer));
    }

    [Fact]
    public void Two_methods_of_one_id_are_invalid()
    {
        Assert.Equal(ProblemCode.InvalidDidDocument, Read(Some().With("/assertionMethod", $"[{Method("#key-1", _other)}]")).Problem?.Code);
        Assert.Equal(ProblemCode.InvalidDidDocument, Read(Some().With("/verificationMethod", $"[{Method(Did + "#key-1", _key)},{Method("#key-1", _key)}]")).Problem?.Code);
    }

    [Fact]
    public void More_methods_than_any_institution_has_are_invalid()
    {
        string methods = string.Join(',', Enumerable.Range(0, 257).Select(i => Method($"#key-{i}", _key)));
        Assert.Equal(ProblemCode.InvalidDidDocument, Read(Some().With("/verificationMethod", $"[{methods}]")).Problem?.Code);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"did:web:example.edu\"")]
    public void What_is_no_object_is_invalid(string json) =>
        Assert.Equal(ProblemCode.InvalidDidDocument, DidDocument.Read(JsonDocument.Parse(json).RootElement, Did).Problem?.Code);

    [Theory]
    [InlineData("did:web:example.edu#x", "key-1")]
    [InlineData("example.edu", "key-1")]
    [InlineData(Did, "")]
    [InlineData(Did, "key 1")]
    [InlineData(Did, "a#b")]
    public void The_writer_writes_no_ids_that_could_not_be_read(string did, string fragment) =>
        Assert.Throws<ArgumentException>(() => DidDocumentWriter.Write(did, [new(fragment, _key.PublicKey)]));

    [Fact]
    public void The_writer_gives_no_two_keys_one_id() =>
        Assert.Throws<ArgumentException>(() => DidDocumentWriter.Build(Did, [new("key-1", _key.PublicKey), new("key-1", _other.PublicKey)]));

    private JsonObject Some() => JsonNode.Parse(DidDocumentWriter.Write(Did, [new("key-1", _key.PublicKey)]))!.AsObject();

    private static string Method(string id, SigningKey key) =>
        $$"""{"id":"{{id}}","type":"Multikey","controller":"{{Did}}","publicKeyMultibase":"{{Multikey.Encode(key.PublicKey)}}"}""";

    private static Parsed<DidDocument> Read(JsonNode json) => DidDocument.Read(JsonDocument.Parse(json.ToJsonString()).RootElement, Did);
}
