using System.Text.Json;
using Credentials.TestKit;

namespace Credentials.Benchmarks;

/// <summary>The unsigned diploma that the figures are about: a sample with what its issuer adds, brought to 2.5 KB.</summary>
internal static class Diploma
{
    private const int Size = 2500;

    public static byte[] Unsigned(SampleIssuer issuer)
    {
        System.Text.Json.Nodes.JsonNode node = System.Text.Json.Nodes.JsonNode.Parse(issuer.Prepare("brazil").Text)!;
        int length = JsonSerializer.SerializeToUtf8Bytes(node).Length;
        if (length < Size)
        {
            node["credentialSubject"]!["remark"] = new string('x', Math.Max(1, Size - length - 12));
        }

        return Utf8.Bytes(node.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }
}
