using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.Evidence;
using Credentials.TestKit;

namespace Credentials.Tests.Evidence;

public sealed class AccreditationPathTests
{
    private static readonly InstitutionIdentity University = InstitutionIdentity.Create("did:web:uni.example", "University", "AT");
    private static readonly InstitutionIdentity Agency = InstitutionIdentity.Create("did:web:agency.example", "Agency", "AT");

    [Fact]
    public void Reads_what_it_writes()
    {
        AccreditationPath path = Path();
        AccreditationPath read = AccreditationPath.Parse(Write(path)).Require();
        Assert.Equal((path.Registry, path.Institution), (read.Registry, read.Institution));
        Assert.Equal(path.Links, read.Links);
        Assert.Equal([University.Hash, Agency.Hash], read.Identities.Select(identity => identity.Hash));
        Assert.Equal("Agency", read.IdentityOf(Agency.Hash)?.LegalName);
        Assert.Equal(Write(path), Write(read));
    }

    [Fact]
    public void Reads_a_path_without_links() => Assert.Empty(AccreditationPath.Parse(Write(Path() with { Links = [] })).Require().Links);

    [Fact]
    public void Refuses_links_that_do_not_connect()
    {
        AccreditationPath path = Path();
        Assert.Equal("/links/0", Refused(path with { Links = [path.Links[1]] }));
        Assert.Equal("/links/1", Refused(path with { Links = [path.Links[0], path.Links[0]] }));
        Assert.Equal("/links/0", Refused(path with { Institution = Id(9) }));
    }

    [Fact]
    public void Refuses_more_links_than_the_contract_would_walk()
    {
        AccreditationLink[] links = [.. Enumerable.Range(1, 5).Select(i => new AccreditationLink(Id(i + 1), Id(i), University.Hash, 0))];
        Assert.Equal("/links", Refused(Path() with { Links = links }));
        Assert.Equal(4, AccreditationPath.Parse(Write(Path() with { Links = links[..4] })).Require().Links.Count);
    }

    [Theory]
    [InlineData("type", "\"Path\"")]
    [InlineData("version", "2")]
    [InlineData("registry", "\"eip155:1\"")]
    [InlineData("institution", "\"0x01\"")]
    [InlineData("links", "{}")]
    [InlineData("identities", "null")]
    [InlineData("more", "1")]
    public void Refuses_a_member_that_is_none_of_version_1(string member, string value)
    {
        JsonNode json = JsonNode.Parse(Write(Path()))!;
        json[member] = JsonNode.Parse(value);
        Parsed<AccreditationPath> read = AccreditationPath.Parse(Utf8.Bytes(json.ToJsonString()));
        Assert.Equal($"/{member}", read.Problem?.Pointer);
    }

    [Theory]
    [InlineData("serial", "-1")]
    [InlineData("serial", "\"1\"")]
    [InlineData("serial", "18446744073709551616")]
    [InlineData("identity", "\"0x\"")]
    [InlineData("scope", "1")]
    public void Refuses_a_link_that_is_none(string member, string value)
    {
        JsonNode json = JsonNode.Parse(Write(Path()))!;
        json["links"]![1]![member] = JsonNode.Parse(value);
        Assert.Equal($"/links/1/{member}", AccreditationPath.Parse(Utf8.Bytes(json.ToJsonString())).Problem?.Pointer);
    }

    [Fact]
    public void Refuses_an_identity_document_that_is_none()
    {
        JsonNode json = JsonNode.Parse(Write(Path()))!;
        json["identities"]![1]!["country"] = "Austria";
        Assert.Equal("/identities/1/country", AccreditationPath.Parse(Utf8.Bytes(json.ToJsonString())).Problem?.Pointer);
    }

    private static AccreditationPath Path() => new(
        new(1, "0x" + new string('a', 40)),
        Id(1),
        [new(Id(2), Id(1), University.Hash, 7), new(Id(3), Id(2), Agency.Hash, ulong.MaxValue)],
        [University, Agency]);

    private static InstitutionId Id(int number) => InstitutionId.From([.. new byte[31], (byte)number]);

    private static string? Refused(AccreditationPath path) => AccreditationPath.Parse(Write(path)).Problem?.Pointer;

    private static byte[] Write(AccreditationPath path)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            path.WriteTo(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
