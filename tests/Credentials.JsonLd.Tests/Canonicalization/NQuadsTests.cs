using Credentials.TestKit;

namespace Credentials.JsonLd.Tests.Canonicalization;

/// <summary>Reading and writing N-Quads.</summary>
public class NQuadsTests
{
    [Theory]
    [InlineData("<urn:s><urn:p><urn:o>.", "<urn:s> <urn:p> <urn:o> .\n")]
    [InlineData(" # one\n\r\n<urn:s>\t<urn:p> \"a\\u00e9\\U0001F600\\t\" <urn:g> . # two", "<urn:s> <urn:p> \"aé\U0001F600\\t\" <urn:g> .\n")]
    [InlineData("_:a.b <urn:p> _:c.", "_:a.b <urn:p> _:c .\n")]
    [InlineData("_:a <urn:p> \"x\"@en-GB _:g .", "_:a <urn:p> \"x\"@en-GB _:g .\n")]
    [InlineData("_:a <urn:p> \"x\"^^<http://www.w3.org/2001/XMLSchema#string> .", "_:a <urn:p> \"x\" .\n")]
    [InlineData("_:a <urn:p> \"1\"^^<urn:t> .", "_:a <urn:p> \"1\"^^<urn:t> .\n")]
    [InlineData("", "")]
    public void Reads_and_writes_in_one_spelling(string text, string canonical) =>
        Assert.Equal(canonical, Utf8.Text(NQuads.Write(NQuads.Parse(text).Value!).Value!));

    [Theory]
    [InlineData("<urn:s> <urn:p> <urn:o>")]
    [InlineData("<urn:s> <urn:p> .")]
    [InlineData("<urn:s> _:p <urn:o> .")]
    [InlineData("\"s\" <urn:p> <urn:o> .")]
    [InlineData("<urn:s> <urn:p> <urn:o> \"g\" .")]
    [InlineData("<urn:s> <urn:p> <urn:o> <urn:g> <urn:h> .")]
    [InlineData("<urn:s> <urn:p> <urn:o> . <urn:s> <urn:p> <urn:o> .")]
    [InlineData("<urn:s> <urn:p> \"o .")]
    [InlineData("<urn:s> <urn:p> \"\\ud800\" .")]
    [InlineData("<urn:s> <urn:p> \"\\x\" .")]
    [InlineData("<urn:s> <urn:p> \"\\u12\" .")]
    [InlineData("<urn:s> <urn:p> \"o\"@ .")]
    [InlineData("<urn:s> <urn:p> \"o\"@1 .")]
    [InlineData("<urn:s> <urn:p> \"o\"^^_:t .")]
    [InlineData("<urn:s s> <urn:p> <urn:o> .")]
    [InlineData("<urn:s\\n> <urn:p> <urn:o> .")]
    [InlineData("<urn:s> <urn:p> _: .")]
    [InlineData("<urn:s> <urn:p> _:- .")]
    [InlineData("<urn:s> <urn:p> <urn:o> .\n\nx")]
    [InlineData("<")]
    [InlineData("_")]
    public void Refuses_what_is_no_statement(string text) => Assert.Equal(JsonLdErrorCode.InvalidStatement, NQuads.Parse(text).Error?.Code);

    [Fact]
    public void Says_in_which_line_the_fault_is() =>
        Assert.Contains("Line 3", NQuads.Parse("<urn:s> <urn:p> <urn:o> .\n# two\nthree\n").Error!.Detail, StringComparison.Ordinal);
}
