using Credentials.Dids;
using Credentials.TestKit;
using FsCheck.Fluent;

namespace Credentials.Tests.Dids;

public sealed class DidUrlTests
{
    [Theory]
    [InlineData("did:web:example.edu", "web", "example.edu", "", null, null)]
    [InlineData("did:web:example.edu%3A7101:a:b#key-1", "web", "example.edu%3A7101:a:b", "", null, "key-1")]
    [InlineData("did:key:z6Mk#z6Mk", "key", "z6Mk", "", null, "z6Mk")]
    [InlineData("did:example:123/path/a%20b?service=x?&y=/#frag/ment?", "example", "123", "/path/a%20b", "service=x?&y=/", "frag/ment?")]
    [InlineData("did:x1::a", "x1", ":a", "", null, null)]
    [InlineData("did:example:a#", "example", "a", "", null, "")]
    [InlineData("did:example:a?", "example", "a", "", "", null)]
    public void Reads_the_parts(string text, string method, string id, string path, string? query, string? fragment)
    {
        DidUrl url = DidUrl.Parse(text).Require();
        Assert.Equal((text, $"did:{method}:{id}", method, id), (url.Text, url.Did, url.Method, url.MethodSpecificId));
        Assert.Equal((path, query, fragment), (url.Path, url.Query, url.Fragment));
        Assert.Equal(path.Length == 0 && query is null && fragment is null, url.IsDid);
    }

    [Theory]
    [InlineData("")]
    [InlineData("did")]
    [InlineData("did:")]
    [InlineData("did:web")]
    [InlineData("did:web:")]
    [InlineData("did::example.edu")]
    [InlineData("DID:web:example.edu")]
    [InlineData("did:Web:example.edu")]
    [InlineData("did:we-b:example.edu")]
    [InlineData("did:web:example.edu:")]
    [InlineData("did:web:exa mple.edu")]
    [InlineData("did:web:exämple.edu")]
    [InlineData("did:web:example.edu%3")]
    [InlineData("did:web:example.edu%3G")]
    [InlineData("did:web:example.edu%")]
    [InlineData("did:web:user@example.edu")]
    [InlineData("did:web:[::1]")]
    [InlineData("did:web:example.edu\\a")]
    [InlineData(" did:web:example.edu")]
    [InlineData("did:web:example.edu\n")]
    [InlineData("did:web:example.edu#a#b")]
    [InlineData("did:web:example.edu#a b")]
    [InlineData("did:web:example.edu#%f")]
    [InlineData("did:web:example.edu/a\"b")]
    [InlineData("did:web:example.edu?<x>")]
    [InlineData("did:web:/path")]
    [InlineData("https://example.edu")]
    public void Refuses_what_is_no_did_url(string text) => Assert.Equal(ProblemCode.InvalidDid, DidUrl.Parse(text).Problem?.Code);

    [Fact]
    public void Refuses_what_is_far_too_long() =>
        Assert.Equal(ProblemCode.InvalidDid, DidUrl.Parse("did:example:" + new string('a', DidUrl.MaxLength)).Problem?.Code);

    [Fact]
    public void Never_throws_and_never_loses_a_character() => Randomised.ForAll(
        Gen.Elements("did:", "web", "key", ":", "%", "%3A", "#", "?", "/", ".", "é", " ", "z6Mk", "..", "\0").ListOf(),
        parts =>
        {
            string text = string.Concat(parts.Prepend("did:web:"));
            return DidUrl.Parse(text) is not { Value: { } url }
                || url.Did + url.Path + (url.Query is null ? "" : "?" + url.Query) + (url.Fragment is null ? "" : "#" + url.Fragment) == text;
        },
        slice: 2000);
}
