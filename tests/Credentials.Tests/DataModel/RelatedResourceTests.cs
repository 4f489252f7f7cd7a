using System.Text.Json.Nodes;
using Credentials.DataModel;
using Credentials.JsonLd;
using Credentials.TestKit;

namespace Credentials.Tests.DataModel;

/// <summary>Digests of related resources: one form or the other, one entry a resource, and true of what is at hand.</summary>
public sealed class RelatedResourceTests
{
    private const string V2 = "https://www.w3.org/ns/credentials/v2";
    private const string Sri = "sha384-dH80VS7N+j/GeU2tn8GNOI8rvSqlLwzhNgMro5hkFf+Fh7yGDkVIImWwSKbTE7d7";

    [Theory]
    [InlineData("digestMultibase", "uEiA1mM5vllskgf4mMWwGswlQxGrH-OcinxBKp49XmZdmjQ")]
    [InlineData("digestMultibase", "uNZjOb5ZbJIH-JjFsBrMJUMRqx_jnIp8QSqePV5mXZo0")]
    [InlineData("digestSRI", Sri)]
    [InlineData("digestSRI", Sri + " " + Sri + "?ct=text/plain")]
    public void Reads_a_digest(string member, string digest) =>
        Assert.True(Leaning(Resource("https://example.edu/logo.png", member, digest)).Read().Ok);

    [Fact]
    public void Refuses_two_entries_of_one_resource()
    {
        JsonObject credential = Leaning(Resource("https://example.edu/logo.png", "digestSRI", Sri), Resource("https://example.edu/logo.png", "digestMultibase", "uEiA1mM5vllskgf4mMWwGswlQxGrH-OcinxBKp49XmZdmjQ"));

        Assert.Equal("/relatedResource/1/id", credential.Read().Problem?.Pointer);
    }

    [Theory]
    [InlineData("digestSRI", "sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU")]
    [InlineData("digestMultibase", "uEiBZlVztZpfWHgPyslVv6-UwirFoQoRvW1htfx963sknNA")]
    [InlineData("digestMultibase", "uEiBZlVztZpfWHgPyslVv6-UwirFoQoRvW1htfx963skmVQ", false)]
    [InlineData("digestMultibase", "uJKGMkOmFbVJhEfKTduMC2XCyvRAYLjOVmZWwIH1wQ7k")]
    [InlineData("digestSRI", Sri, false)]
    [InlineData("digestMultibase", "uM4RgWQc3RUDtjJCSgTJtTfvpZ7SPEg_LNO0ESlovQC0", false)]
    public void Knows_the_published_digests_of_the_base_context(string member, string digest, bool known = true)
    {
        VerifiableCredential credential = Leaning(Resource(V2, member, digest)).Read().Require();

        Assert.Equal(known ? [] : ["/relatedResource/0/" + member], credential.CompareRelatedResources(ContextLibrary.Shipped).Select(problem => problem.Pointer!));
    }

    [Fact]
    public void Says_nothing_of_a_resource_that_is_not_at_hand() =>
        Assert.Empty(Leaning(Resource("https://example.edu/logo.png", "digestSRI", Sri)).Read().Require().CompareRelatedResources(ContextLibrary.Shipped));

    [Fact]
    public void Holds_a_supplied_context_to_its_digest()
    {
        byte[] context = Utf8.Bytes("""{"@context": {"grade": "https://example.edu/terms#grade"}}""");
        ContextLibrary contexts = ContextLibrary.Shipped.With("https://example.edu/context", context);
        string right = "sha512-" + Convert.ToBase64String(System.Security.Cryptography.SHA512.HashData(context));

        Assert.Empty(Leaning(Resource("https://example.edu/context", "digestSRI", right)).Read().Require().CompareRelatedResources(contexts));
        Problem problem = Assert.Single(Leaning(Resource("https://example.edu/context", "digestSRI", Sri)).Read().Require().CompareRelatedResources(contexts));
        Assert.Equal(("/relatedResource/0/digestSRI", ProblemCode.MalformedValueError), (problem.Pointer, problem.Code));
    }

    private static JsonObject Resource(string id, string member, string digest) => new() { ["id"] = id, [member] = digest };

    private static JsonObject Leaning(params JsonObject[] resources)
    {
        JsonObject credential = CredentialJson.Full();
        credential["relatedResource"] = new JsonArray([.. resources]);
        return credential;
    }
}
