using System.Security.Cryptography;
using Credentials.Evidence;
using Credentials.TestKit;

namespace Credentials.Tests.Evidence;

public sealed class InstitutionIdentityTests
{
    private const string Did = "did:web:uni.example";

    [Fact]
    public void Hashes_the_canonical_form_of_the_whole_document()
    {
        var identity = InstitutionIdentity.Parse(Utf8.Bytes(
            """{"version":1,"type":"InstitutionIdentity","legalName":"Universität Ü","x":{"b":1.0,"a":2},"country":"AT","did":"did:web:uni.example"}""")).Require();
        byte[] canonical = Utf8.Bytes("""{"country":"AT","did":"did:web:uni.example","legalName":"Universität Ü","type":"InstitutionIdentity","version":1,"x":{"a":2,"b":1}}""");
        Assert.Equal(SHA256.HashData(canonical), identity.Hash.Value.ToArray());
        Assert.Equal("Universität Ü", identity.LegalName);
    }

    [Fact]
    public void Makes_what_it_reads()
    {
        var made = InstitutionIdentity.Create(Did, "University of \"Tests\"", "EE");
        var read = InstitutionIdentity.Read(made.Json).Require();
        Assert.Equal((Did, "University of \"Tests\"", "EE", made.Hash), (read.Did, read.LegalName, read.Country, read.Hash));
    }

    [Theory]
    [InlineData("""{"type":"Identity","version":1,"did":"did:web:a.example","legalName":"A","country":"AT"}""", "/type")]
    [InlineData("""{"type":"InstitutionIdentity","version":2,"did":"did:web:a.example","legalName":"A","country":"AT"}""", "/version")]
    [InlineData("""{"type":"InstitutionIdentity","did":"did:web:a.example","legalName":"A","country":"AT"}""", "/version")]
    [InlineData("""{"type":"InstitutionIdentity","version":1,"did":"https://a.example","legalName":"A","country":"AT"}""", "/did")]
    [InlineData("""{"type":"InstitutionIdentity","version":1,"did":"did:web:a.example#key","legalName":"A","country":"AT"}""", "/did")]
    [InlineData("""{"type":"InstitutionIdentity","version":1,"legalName":"A","country":"AT"}""", "/did")]
    [InlineData("""{"type":"InstitutionIdentity","version":1,"did":"did:web:a.example","legalName":" ","country":"AT"}""", "/legalName")]
    [InlineData("""{"type":"InstitutionIdentity","version":1,"did":"did:web:a.example","legalName":["A"],"country":"AT"}""", "/legalName")]
    [InlineData("""{"type":"InstitutionIdentity","version":1,"did":"did:web:a.example","legalName":"A","country":"at"}""", "/country")]
    [InlineData("""{"type":"InstitutionIdentity","version":1,"did":"did:web:a.example","legalName":"A","country":"AUT"}""", "/country")]
    [InlineData("""{"type":"InstitutionIdentity","version":1,"did":"did:web:a.example","legalName":"A","country":"AT","n":1e999}""", "")]
    [InlineData("""{"type":"InstitutionIdentity","version":1,"did":"did:web:a.example","did":"did:web:b.example","legalName":"A","country":"AT"}""", "/did")]
    [InlineData("""["InstitutionIdentity"]""", "")]
    public void Refuses_what_is_no_identity_document(string json, string pointer)
    {
        Parsed<InstitutionIdentity> read = InstitutionIdentity.Parse(Utf8.Bytes(json));
        Assert.False(read.Ok);
        Assert.Equal(pointer, read.Problem.Pointer);
    }

    [Fact]
    public void Refuses_a_document_that_is_too_large()
    {
        string json = $$"""{"type":"InstitutionIdentity","version":1,"did":"did:web:a.example","legalName":"A","country":"AT","x":"{{new string('x', InstitutionIdentity.MaxLength)}}"}""";
        Assert.False(InstitutionIdentity.Parse(Utf8.Bytes(json)).Ok);
        using var document = System.Text.Json.JsonDocument.Parse(json);
        Assert.False(InstitutionIdentity.Read(document.RootElement).Ok);
    }

    [Theory]
    [InlineData("did:web:a.example", "", "AT")]
    [InlineData("a.example", "A", "AT")]
    [InlineData("did:web:a.example", "A", "Austria")]
    public void Makes_none_that_could_not_be_read_back(string did, string name, string country) =>
        Assert.Throws<FormatException>(() => InstitutionIdentity.Create(did, name, country));
}
