using System.Text.Json.Nodes;
using Credentials.Keys;

namespace Credentials.Tests.DataIntegrity;

/// <summary>"Verify Proof", step 4, of the suites over JCS: the contexts that were signed must come first; others may have been appended.</summary>
public sealed class ContextTests : IDisposable
{
    private readonly SigningKey _key = SigningKey.Generate(KeyType.P256);

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task Carries_the_contexts_of_the_document_in_the_proof()
    {
        JsonNode node = await SignAsync("""{"@context":["https://a.example",{"@vocab":"https://b.example#"}],"x":1}""");
        Assert.True(JsonNode.DeepEquals(node["@context"], node["proof"]!["@context"]));
    }

    [Fact]
    public async Task Signs_a_document_without_context()
    {
        JsonNode node = await SignAsync("""{"x":1}""");
        Assert.Null(node["proof"]!["@context"]);
        Assert.Null(Signed.Verify(node, _key.PublicKey));
    }

    [Theory]
    [InlineData("""["https://a.example"]""", """["https://a.example","https://appended.example"]""")]
    [InlineData("""["https://a.example"]""", """["https://a.example",{"x":"https://appended.example"},"https://c.example"]""")]
    [InlineData("\"https://a.example\"", """["https://a.example","https://appended.example"]""")]
    [InlineData("""{"@vocab":"https://a.example#"}""", """[{"@vocab":"https://a.example#"},"https://appended.example"]""")]
    [InlineData("""["https://a.example"]""", "\"https://a.example\"")]
    [InlineData("[]", """["https://appended.example"]""")]
    public async Task Verifies_a_document_to_which_contexts_were_appended_after_signing(string signed, string presented)
    {
        JsonNode node = await SignAsync($$"""{"@context":{{signed}},"x":1}""");
        node["@context"] = JsonNode.Parse(presented);
        Assert.Null(Signed.Verify(node, _key.PublicKey));
    }

    [Theory]
    [InlineData("""["https://a.example","https://b.example"]""", """["https://a.example"]""")]
    [InlineData("""["https://a.example","https://b.example"]""", """["https://b.example","https://a.example"]""")]
    [InlineData("""["https://a.example","https://b.example"]""", """["https://first.example","https://a.example","https://b.example"]""")]
    [InlineData("""["https://a.example","https://b.example"]""", """["https://a.example","https://between.example","https://b.example"]""")]
    [InlineData("""["https://a.example"]""", """["https://other.example"]""")]
    [InlineData("""["https://a.example"]""", "[]")]
    [InlineData("""["https://a.example"]""", "null")]
    [InlineData("""["https://a.example"]""", """[["https://a.example"]]""")]
    [InlineData("""[{"@vocab":"https://a.example#"}]""", """[{"@vocab":"https://a.example#","x":"https://b.example"}]""")]
    public async Task Rejects_contexts_that_do_not_begin_with_those_that_were_signed(string signed, string presented)
    {
        JsonNode node = await SignAsync($$"""{"@context":{{signed}},"x":1}""");
        node["@context"] = JsonNode.Parse(presented);
        Problem? problem = Signed.Verify(node, _key.PublicKey);
        Assert.Equal((ProblemCode.CryptographicSecurityError, "/@context"), (problem?.Code, problem?.Pointer));
    }

    [Fact]
    public async Task Rejects_a_document_whose_context_was_removed()
    {
        JsonNode node = await SignAsync("""{"@context":["https://a.example"],"x":1}""");
        node.AsObject().Remove("@context");
        Assert.Equal("/@context", Signed.Verify(node, _key.PublicKey)?.Pointer);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Rejects_a_context_swapped_in_the_proof_or_in_both_places(bool inDocument, bool inProof)
    {
        JsonNode node = await SignAsync("""{"@context":["https://a.example"],"x":1}""");
        if (inDocument)
        {
            node["@context"] = JsonNode.Parse("""["https://evil.example"]""");
        }

        if (inProof)
        {
            node["proof"]!["@context"] = JsonNode.Parse("""["https://evil.example"]""");
        }

        Assert.Equal(ProblemCode.CryptographicSecurityError, Signed.Verify(node, _key.PublicKey)?.Code);
    }

    [Fact]
    public async Task Rejects_a_context_given_to_a_document_that_was_signed_without_one()
    {
        JsonNode node = await SignAsync("""{"x":1}""");
        node["@context"] = JsonNode.Parse("""["https://a.example"]""");
        Assert.Equal(ProblemCode.CryptographicSecurityError, Signed.Verify(node, _key.PublicKey)?.Code);
        node["proof"]!["@context"] = JsonNode.Parse("""["https://a.example"]""");
        Assert.Equal(ProblemCode.CryptographicSecurityError, Signed.Verify(node, _key.PublicKey)?.Code);
    }

    private async Task<JsonNode> SignAsync(string text) => Signed.Node(await Signed.SignAsync(text, "ecdsa-jcs-2019", _key));
}
