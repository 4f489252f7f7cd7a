using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Credentials.Status;
using Credentials.TestKit;

namespace Credentials.Tests.Status;

/// <summary>The lists and tokens of draft-ietf-oauth-status-list.</summary>
public partial class TokenStatusListVectorTests
{
    private const string Folder = "openid/status-list";

    [VectorTheory(Folder)]
    [InlineData("## 1-bit Status List", "status_list_encoding1_long", 1)]
    [InlineData("## 2-bit Status List", "status_list_encoding2_long", 2)]
    [InlineData("## 4-bit Status List", "status_list_encoding4", 4)]
    [InlineData("## 8-bit Status List", "status_list_encoding8", 8)]
    public void Reads_every_status_of_the_long_examples(string heading, string example, int bits)
    {
        TokenStatusList list = Json(example);
        Assert.Equal(bits, list.Bits);
        Assert.Equal(list.Bytes.ToArray(), Cbor(example).Bytes.ToArray());

        Dictionary<int, byte> said = StatusesUnder(heading);
        Assert.NotEmpty(said);
        for (int i = 0; i < list.Length; i++)
        {
            Assert.Equal(said.GetValueOrDefault(i), list[i]);
        }

        // Another compressor makes other bytes of it; what is in them is the same.
        Assert.Equal(list.Bytes.ToArray(), TokenStatusList.Decode(list.Encode(), bits).Require().Bytes.ToArray());
    }

    [VectorTheory(Folder)]
    [InlineData("status_list_encoding", 1, new byte[] { 0xB9, 0xA3 })]
    [InlineData("status_list_encoding2", 2, new byte[] { 0xC9, 0x44, 0xF9 })]
    public void Reads_the_bytes_of_the_short_examples(string example, int bits, byte[] expected)
    {
        Assert.Equal(expected, Json(example).Bytes.ToArray());
        Assert.Equal(expected, Cbor(example).Bytes.ToArray());
        Assert.Equal(bits, Json(example).Bits);
    }

    [VectorFact(Folder)]
    public void Opens_the_example_in_JWT_format()
    {
        StatusListToken token = StatusListToken.Open(Utf8.Bytes(string.Concat(Vectors.Text(Folder, "examples", "status_list_jwt_raw.md").Where(c => !char.IsWhiteSpace(c))))).Require();
        Assert.Equal("https://example.com/statuslists/1", token.Claims.Subject);
        Assert.Equal(TimeSpan.FromSeconds(43200), token.Claims.TimeToLive);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(2291720170), token.Claims.Expires);
        Assert.Equal([0xB9, 0xA3], token.Claims.List.Bytes.ToArray());
        Assert.Equal("12", token.KeyId);
    }

    [VectorFact(Folder)]
    public void Opens_the_example_in_CWT_format()
    {
        StatusListToken token = StatusListToken.Open(Vectors.Hex(Folder, "examples", "status_list_cwt.md")).Require();
        Assert.Equal("https://example.com/statuslists/1", token.Claims.Subject);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1686920170), token.Claims.IssuedAt);
        Assert.Equal([0xB9, 0xA3], token.Claims.List.Bytes.ToArray());
        Assert.Equal(StatusListToken.CwtMediaType, token.MediaType);
    }

    private static TokenStatusList Json(string example)
    {
        string text = string.Concat(Vectors.Text(Folder, "examples", example + "_json.md").Where(c => !char.IsWhiteSpace(c)));
        using var json = JsonDocument.Parse(text[text.IndexOf('{', StringComparison.Ordinal)..]);
        return TokenStatusList.Decode(json.RootElement.GetProperty("lst").GetString()!, json.RootElement.GetProperty("bits").GetInt32()).Require();
    }

    private static TokenStatusList Cbor(string example)
    {
        var cbor = new System.Formats.Cbor.CborReader(Convert.FromHexString(string.Concat(Vectors.Text(Folder, "examples", example + "_cbor.md").Split("encoded:")[^1].Where(c => !char.IsWhiteSpace(c)))));
        cbor.ReadStartMap();
        Assert.Equal("bits", cbor.ReadTextString());
        int bits = cbor.ReadInt32();
        Assert.Equal("lst", cbor.ReadTextString());
        return TokenStatusList.Decompress(cbor.ReadByteString(), bits).Require();
    }

    private static Dictionary<int, byte> StatusesUnder(string heading) => File.ReadLines(Vectors.Path(Folder, "draft-ietf-oauth-status-list.md"))
        .SkipWhile(line => line != heading).Skip(1).TakeWhile(line => !line.StartsWith('#'))
        .Select(line => Status().Match(line)).Where(match => match.Success)
        .ToDictionary(match => int.Parse(match.Groups["index"].ValueSpan, CultureInfo.InvariantCulture), match => Convert.ToByte(match.Groups["value"].Value, 2));

    [GeneratedRegex(@"^status\[(?<index>\d+)\]\s*=\s*0b(?<value>[01]+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Status();
}
