using System.Text.Json;
using Credentials.TestKit;

namespace Credentials.Benchmarks;

/// <summary>The Open Badges 3.0 diploma among the samples, 2.5 KB and unsigned, as the suites over RDF are measured by.</summary>
internal static class OpenBadge
{
    /// <summary>Its text, with the id that its issuer gives it.</summary>
    public static byte[] Unsigned { get; } = WithId(Samples.Diploma("open-badge"));

    /// <summary>What every derived proof shows.</summary>
    public static IReadOnlyList<string> MandatoryPointers { get; } = ["/issuer", "/validFrom", "/credentialStatus"];

    /// <summary>What the learner shows besides: about half.</summary>
    public static IReadOnlyList<string> SelectivePointers { get; } = ["/credentialSubject/achievement", "/credentialSubject/identifier/0"];

    private static byte[] WithId(byte[] diploma)
    {
        System.Text.Json.Nodes.JsonNode node = System.Text.Json.Nodes.JsonNode.Parse(diploma)!;
        node["id"] = "urn:uuid:7b9a3c52-44f1-4a4e-9d0e-1c0f6a2f5d11";
        return JsonSerializer.SerializeToUtf8Bytes(node);
    }
}
