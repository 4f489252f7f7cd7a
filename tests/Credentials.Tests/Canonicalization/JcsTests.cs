using System.Text.Json;
using Credentials.Canonicalization;

namespace Credentials.Tests.Canonicalization;

/// <summary>RFC 8785, case by case.</summary>
public class JcsTests
{
    // Appendix B of the RFC, as the bits of the double and its text.
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Writes_doubles_as_the_appendix_of_the_rfc_does(ulong bits, string expected) => Assert.Equal(
        expected,
        Canonical(BitConverter.UInt64BitsToDouble(bits).ToString("R", System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("1E3", "1000")]
    [InlineData("0.0", "0")]
    [InlineData("-0", "0")]
    [InlineData("-0.0e5", "0")]
    [InlineData("1.0", "1")]
    [InlineData("10.50", "10.5")]
    [InlineData("123456789012345", "123456789012345")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("-9007199254740993", "-9007199254740992")]
    [InlineData("100000000000000000000", "100000000000000000000")]
    [InlineData("1000000000000000000000", "1e+21")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("1e-400", "0")]
    public void Reads_numbers_as_doubles(string text, string expected) => Assert.Equal(expected, Canonical(text));

    [Fact]
    public void Orders_members_by_utf16_code_units_and_not_by_code_points() => Assert.Equal(
        "{\"\":0,\"1\":1,\"a\":2,\"aa\":3,\"\u20ac\":4,\"\ud83d\ude00\":5,\"\ufb33\":6}",
        Canonical("{\"\ufb33\":6,\"\ud83d\ude00\":5,\"\u20ac\":4,\"aa\":3,\"a\":2,\"1\":1,\"\":0}"));

    [Fact]
    public void Orders_members_by_their_names_and_not_by_their_escapes() => Assert.Equal(
        """{"\n":1,"\"":2,"A":3,"\\":4,"a":5}""",
        Canonical("""{"a":5,"\u005c":4,"\u0041":3,"\u0022":2,"\u000a":1}"""));

    [Fact]
    public void Orders_names_that_differ_within_an_escape()
    {
        string[] parts = ["", "\u0000", "\u0001", "\b", "\t", "\n", "\u000b", "\f", "\r", "\u0010", "\u001f", " ", "\"", "#", "\\", "]", "u", "0", "b", "n", "é", "\ud83d\ude00", "\uffee"];
        string[] names = [.. from first in parts from second in parts from third in (string[])["", "\\", "\u0001"] select first + second + third];
        string text = JsonSerializer.Serialize(names.Distinct(StringComparer.Ordinal).OrderDescending(StringComparer.Ordinal).ToDictionary(name => name, _ => 1, StringComparer.Ordinal));
        using var json = JsonDocument.Parse(text);

        Assert.Equal(SlowJcs.Write(json.RootElement), Canonical(text));
    }

    [Fact]
    public void Writes_only_the_escapes_that_must_be() => Assert.Equal(
        "\"/\u007f\u2028é\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\\ud83d\ude00\"",
        Canonical("""  "\/\u007f\u2028\u00e9\u0000\b\t\n\u000b\f\r\u001f\"\\\ud83d\ude00"  """));

    [Fact]
    public void Leaves_out_a_member_of_the_document_itself_and_none_deeper() => Assert.Equal(
        """{"a":{"proof":1},"b":2}""",
        CanonicalWithout("""{"proof":{"x":1},"b":2,"a":{"proof":1}}""", "proof"));

    [Fact]
    public void Leaves_out_a_member_whose_name_is_written_with_escapes() => Assert.Equal(
        "{}",
        CanonicalWithout("""{"pr\u006fof":1}""", "proof"));

    [Theory]
    [InlineData("1e309")]
    [InlineData("[-1e999]")]
    public void Refuses_a_number_that_no_double_can_hold(string text) => Assert.Throws<FormatException>(() => Canonical(text));

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00\\ud800\"")]
    [InlineData("{\"\\udfff\":1}")]
    [InlineData("[\"a\\ud83dz\"]")]
    public void Refuses_half_of_a_surrogate_pair(string text) => Assert.Throws<FormatException>(() => Canonical(text));

    [Theory]
    [InlineData("""{"a":1,"a":1}""")]
    [InlineData("""{"a":1,"b":2,"\u0061":3}""")]
    [InlineData("""[{"x":{"b":1,"a":2,"b":3}}]""")]
    public void Refuses_two_members_of_one_name(string text) => Assert.Throws<FormatException>(() => Canonical(text));

    [Fact]
    public void Refuses_what_is_nested_deeper_than_any_credential() =>
        Assert.Throws<FormatException>(() => Jcs.Canonicalize(JsonDocument.Parse(new string('[', 65) + new string(']', 65), new() { MaxDepth = 100 }).RootElement));

    [Fact]
    public void Refuses_bytes_that_are_no_utf8() =>
        Assert.Throws<FormatException>(() => Jcs.Canonicalize(JsonDocument.Parse(new byte[] { (byte)'"', 0xff, (byte)'"' }).RootElement));

    [Fact]
    public void Works_again_after_a_refusal()
    {
        Assert.Throws<FormatException>(() => Canonical("""{"b":{"c":1,"c":2}}"""));
        Assert.Equal("""{"a":1,"b":2}""", Canonical("""{"b":2,"a":1}"""));
    }

    [Fact]
    public void Keeps_documents_of_any_size_whole()
    {
        string text = "{" + string.Join(',', Enumerable.Range(0, 20_000).Reverse().Select(i => $"\"{i:d6}\":\"{new string('x', i % 50)}\"")) + "}";
        Assert.Equal(SlowJcs.Write(JsonDocument.Parse(text).RootElement), Canonical(text));
    }

    private static string Canonical(string text) => System.Text.Encoding.UTF8.GetString(Jcs.Canonicalize(JsonDocument.Parse(text).RootElement));

    private static string CanonicalWithout(string text, string member)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        Jcs.Write(output, JsonDocument.Parse(text).RootElement, member);
        return System.Text.Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
