using System.Text.Json;
using Credentials.Encoding;
using Credentials.TestKit;
using FsCheck.Fluent;

namespace Credentials.Tests.Encodings;

/// <summary>What JSON from outside must be, and where a fault is said to be.</summary>
public class StrictJsonTests
{
    [Theory]
    [InlineData("""{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}""")]
    [InlineData("  [1, 2.5e3, \"\\ud83d\\ude00\", null, true]\n")]
    [InlineData("\"text\"")]
    public void Reads_what_is_well_formed(string text) => Assert.True(Parse(text).Ok);

    [Theory]
    [InlineData("""{"a":1,"a":2}""", "/a")]
    [InlineData("""{"a":{"b":[0,{"c":1,"d":2,"c":1}]}}""", "/a/b/1/c")]
    [InlineData("""{"a~/b":{"x":1,"x":1}}""", "/a~0~1b/x")]
    [InlineData("""{"a":1,"\u0061":2}""", "/a")]
    [InlineData("""[[],[{"k":[]},{"k":0,"k":1}]]""", "/1/1/k")]
    public void Refuses_a_member_that_is_there_twice_and_points_at_it(string text, string pointer)
    {
        Problem problem = Problem(text);
        Assert.Equal((ProblemCode.ParsingError, pointer), (problem.Code, problem.Pointer));
        Assert.Contains("twice", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":["x","\ud800"]}""", "/a/1")]
    [InlineData("""{"a":{"\udfff":1}}""", "/a")]
    [InlineData("""{"a":"\ude00\ud83d"}""", "/a")]
    [InlineData("""{"a":"\uD83Dx"}""", "/a")]
    public void Refuses_half_of_a_surrogate_pair_and_points_at_it(string text, string pointer)
    {
        Problem problem = Problem(text);
        Assert.Equal((ProblemCode.ParsingError, pointer), (problem.Code, problem.Pointer));
        Assert.Contains("surrogate", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("{")]
    [InlineData("{\"a\":1}}")]
    [InlineData("{\"a\":1} {}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("[1,]")]
    [InlineData("{'a':1}")]
    [InlineData("{a:1}")]
    [InlineData("// comment\n{}")]
    [InlineData("NaN")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData("\"a\tb\"")]
    [InlineData("\"\\x\"")]
    [InlineData("<html></html>")]
    public void Refuses_what_is_no_json(string text) => Assert.Equal(ProblemCode.ParsingError, Problem(text).Code);

    [Fact]
    public void Says_line_and_column_of_a_fault_in_the_syntax() =>
        Assert.Contains("line 2, column 8", Problem("{\n  \"a\": x\n}").Detail, StringComparison.Ordinal);

    [Fact]
    public void Refuses_a_byte_order_mark() =>
        Assert.Contains("byte order mark", StrictJson.Parse((byte[])[0xef, 0xbb, 0xbf, .. "{}"u8]).Problem!.Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData(new byte[] { 0xff })]
    [InlineData(new byte[] { 0xc0, 0xaf })]
    [InlineData(new byte[] { 0xed, 0xa0, 0x80 })]
    [InlineData(new byte[] { 0xf5, 0x80, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xe2, 0x82 })]
    public void Refuses_bytes_that_are_no_utf8(byte[] bytes) =>
        Assert.Contains("UTF-8", StrictJson.Parse((byte[])[(byte)'"', .. bytes, (byte)'"']).Problem!.Detail, StringComparison.Ordinal);

    [Fact]
    public void Reads_64_levels_and_refuses_65()
    {
        Assert.True(Parse(new string('[', 64) + new string(']', 64)).Ok);
        Assert.Equal(ProblemCode.ParsingError, Problem(new string('[', 65) + new string(']', 65)).Code);
        Assert.Equal(ProblemCode.ParsingError, Problem(string.Concat(Enumerable.Repeat("{\"a\":", 100_000))).Code);
    }

    [Fact]
    public void Refuses_more_bytes_than_the_caller_reads()
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes("[" + new string(' ', 100) + "]");
        Assert.True(StrictJson.Parse(text, text.Length).Ok);
        Assert.Contains("102 bytes", StrictJson.Parse(text, text.Length - 1).Problem!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Never_throws_and_every_text_of_what_it_lets_pass_can_be_read() => Randomised.ForAll(
        Gen.Elements("{", "}", "[", "]", ":", ",", "\"a\"", "\"\\ud800\"", "\"\\udc00", "\\ud83d\\ude00\"", "1", "-", "e5", "null", " ", "\\", "\"", "é", "\u0000").ListOf().Select(string.Concat),
        text =>
        {
            Parsed<JsonDocument> parsed = Parse(text);
            if (parsed.Ok)
            {
                ReadAll(parsed.Value.RootElement);
            }

            return parsed.Ok != parsed.Problem is not null;
        },
        slice: 2000);

    private static void ReadAll(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    Assert.NotNull(member.Name);
                    ReadAll(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                {
                    ReadAll(item);
                }

                break;
            case JsonValueKind.String:
                Assert.NotNull(element.GetString());
                break;
        }
    }

    private static Parsed<JsonDocument> Parse(string text) => StrictJson.Parse(System.Text.Encoding.UTF8.GetBytes(text));

    private static Problem Problem(string text) => Assert.IsType<Problem>(Parse(text).Problem);
}
