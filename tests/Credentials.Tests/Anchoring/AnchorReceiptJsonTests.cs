using System.Text.Json.Nodes;
using Credentials.Anchoring;

namespace Credentials.Tests.Anchoring;

/// <summary>The JSON form, spoiled one member at a time.</summary>
public sealed class AnchorReceiptJsonTests
{
    [Theory]
    [InlineData("version", "\"1\"", "/version")]
    [InlineData("version", "1.0", "/version")]
    [InlineData("version", null, "/version")]
    [InlineData("leafIndex", "-1", "/leafIndex")]
    [InlineData("leafIndex", "13", "")]
    [InlineData("leafIndex", "1.5", "/leafIndex")]
    [InlineData("leafIndex", "\"5\"", "/leafIndex")]
    [InlineData("leafIndex", null, "/leafIndex")]
    [InlineData("treeSize", "0", "")]
    [InlineData("treeSize", "5", "")]
    [InlineData("treeSize", "99999999999999999999", "/treeSize")]
    [InlineData("path", "{}", "/path")]
    [InlineData("path", "[\"0x00\"]", "/path/0")]
    [InlineData("path", "[7]", "/path/0")]
    [InlineData("path", null, "/path")]
    [InlineData("root", "\"00\"", "/root")]
    [InlineData("root", "null", "/root")]
    [InlineData("registry", "\"eip155:1\"", "/registry")]
    [InlineData("registry", "\"eip155:01:0x5fbdb2315678afecb367f032d93f642f64180aa3\"", "/registry")]
    [InlineData("registry", "7", "/registry")]
    [InlineData("institution", "\"0x12\"", "/institution")]
    [InlineData("hints", "null", "/hints")]
    [InlineData("hints", "{}", "/hints/transactionHash")]
    [InlineData("a/b", "1", "/a~1b")]
    public void Json_with_one_member_wrong_is_refused_at_that_member(string member, string? value, string pointer)
    {
        JsonObject json = JsonNode.Parse(Receipts.Json(Receipts.Some()).GetRawText())!.AsObject();
        if (value is null)
        {
            json.Remove(member);
        }
        else
        {
            json[member] = JsonNode.Parse(value);
        }

        Problem problem = AnchorReceiptFormat.FromJson(Receipts.Parse(json.ToJsonString())).Problem!;
        Assert.Equal(ProblemCode.AnchorReceiptError, problem.Code);
        Assert.Equal(pointer, problem.Pointer);
    }

    [Theory]
    [InlineData("transactionHash", "\"0x\"")]
    [InlineData("blockNumber", "-1")]
    [InlineData("blockHash", "null")]
    [InlineData("blockTime", "\"2026-09-15\"")]
    [InlineData("blockTime", "\"1969-12-31T23:59:59Z\"")]
    [InlineData("more", "1")]
    public void Json_with_a_hint_wrong_is_refused(string member, string value)
    {
        JsonObject json = JsonNode.Parse(Receipts.Json(Receipts.Some(13, 5, Receipts.SomeHints)).GetRawText())!.AsObject();
        json["hints"]![member] = JsonNode.Parse(value);
        Assert.Equal(ProblemCode.AnchorReceiptError, AnchorReceiptFormat.FromJson(Receipts.Parse(json.ToJsonString())).Problem?.Code);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"receipt\"")]
    [InlineData("1")]
    public void What_is_no_object_is_refused(string json) =>
        Assert.Equal("", AnchorReceiptFormat.FromJson(Receipts.Parse(json)).Problem?.Pointer);
}
