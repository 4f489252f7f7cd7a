using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.DataIntegrity;
using Credentials.Encoding;
using Credentials.JsonLd;
using Credentials.TestKit;

namespace Credentials.Verification.Tests.Forms;

/// <summary>What a secured document says, however it is written: two texts of one meaning may both be verified, and no two of different ones.</summary>
/// <remarks>
/// A JWS: its text, but for white space around it. An SD-JWT: the issuer's JWS; which of its disclosures follow is the holder's choice. COSE_Sign1: its three signed or signing byte strings.
/// JCS: the canonical document, but for contexts appended to those that the proof repeats. RDF: the canonical statements of the document and of each proof, and the proof values.
/// </remarks>
internal static class Meaning
{
    /// <summary>Null where there is none.</summary>
    public static string? Of(ReadOnlyMemory<byte> secured)
    {
        ReadOnlySpan<byte> text = secured.Span.Trim(" \t\r\n"u8);
        try
        {
            return text switch
            {
                [] => null,
                [(byte)'{', ..] => OfJson(secured),
                [>= 0x80, ..] => OfCose(secured.ToArray()),
                _ => Utf8.Text(text).Split('~')[0],
            };
        }
        catch (Exception fault) when (fault is FormatException or InvalidOperationException or System.Formats.Cbor.CborContentException)
        {
            return null;
        }
    }

    /// <summary>Of statements: whether two JSON texts make the same, proofs included.</summary>
    private static string? OfJson(ReadOnlyMemory<byte> text)
    {
        Parsed<JsonDocument> parsed = StrictJson.Parse(text);
        if (!parsed.Ok)
        {
            return null;
        }

        using JsonDocument json = parsed.Value;
        JsonObject document = JsonObject.Create(json.RootElement.Clone())!;
        if (document["proof"] is not { } proofs)
        {
            return null;
        }

        JsonObject[] all = proofs is JsonArray set ? [.. set.OfType<JsonObject>()] : [.. new[] { proofs }.OfType<JsonObject>()];
        document.Remove("proof");
        return string.Join('\n', all.Select(proof => OfProof(document, proof)));
    }

    private static string? OfProof(JsonObject document, JsonObject proof)
    {
        string name = (string?)proof["cryptosuite"] ?? (string?)proof["type"] ?? "";
        if (Cryptosuite.Find(name) is not { } suite)
        {
            return null;
        }

        var unsecured = (JsonObject)document.DeepClone();
        var configuration = (JsonObject)proof.DeepClone();
        string value = (string?)configuration["proofValue"] ?? "";
        configuration.Remove("proofValue");
        if (!suite.SignsStatements)
        {
            unsecured["@context"] = Begins(unsecured["@context"], configuration["@context"]) ? configuration["@context"]!.DeepClone() : unsecured["@context"]?.DeepClone();
            return $"{name}\n{Jcs(unsecured)}\n{Jcs(configuration)}\n{value}";
        }

        configuration["@context"] = unsecured["@context"]?.DeepClone();
        return $"{name}\n{Statements(unsecured)}\n{Statements(configuration)}\n{value}";
    }

    private static bool Begins(JsonNode? whole, JsonNode? part) =>
        part is not null && Items(whole).Take(Items(part).Length).SequenceEqual(Items(part), JsonNodeComparer.Instance);

    private static JsonNode?[] Items(JsonNode? context) => context is JsonArray list ? [.. list] : [context];

    private static string Jcs(JsonObject json) => Convert.ToHexString(Canonicalization.Jcs.Canonicalize(JsonSerializer.SerializeToElement(json)));

    private static string Statements(JsonObject json)
    {
        JsonLdResult<RdfDataset> statements = new JsonLdProcessor(ContextLibrary.Shipped).ToRdf(JsonSerializer.SerializeToElement(json));
        JsonLdResult<CanonicalDataset> canonical = statements.Ok ? Rdfc10.Canonicalize(statements.Value, HashAlgorithmName.SHA256) : statements.Error;
        return canonical.Ok ? Utf8.Text(canonical.Value.NQuads.Span) : throw new FormatException(canonical.Error.Detail);
    }

    private static string OfCose(byte[] secured)
    {
        CoseParts parts = CoseParts.Read(secured);
        return string.Join('.', Convert.ToHexString(parts.Protected), Convert.ToHexString(parts.Payload), Convert.ToHexString(parts.Signature));
    }

    private sealed class JsonNodeComparer : IEqualityComparer<JsonNode?>
    {
        public static JsonNodeComparer Instance { get; } = new();

        public bool Equals(JsonNode? x, JsonNode? y) => JsonNode.DeepEquals(x, y);

        public int GetHashCode(JsonNode? obj) => 0;
    }
}
