using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Encoding;
using Credentials.JsonLd;

namespace Credentials.DataModel;

/// <summary>The resources that a credential leans on, each with a digest: what the entries must be, and whether the copies at hand are the ones that the issuer meant.</summary>
/// <remarks>https://www.w3.org/TR/vc-data-model-2.0/#integrity-of-related-resources. A digest is over bytes as published. Of a context that the caller supplied we have those; of a shipped one only its meaning, so that there the digests that its publisher names decide, and where none is known here nothing is said.</remarks>
internal static class RelatedResources
{
    // SHA-256, then SHA-384, of each version that was published under the URL.
    private static readonly Dictionary<string, byte[][]> Published = new(StringComparer.Ordinal)
    {
        [CredentialRules.ContextV2] =
        [
            Convert.FromHexString("59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"), Convert.FromBase64String("l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU"), // Recommendation, https://www.w3.org/TR/vc-data-model-2.0/#vcdm-base-context
            Convert.FromHexString("24a18c90e9856d526111f29376e302d970b2bd10182e33959995b0207d7043b9"), Convert.FromBase64String("NSOcNpmdIVUxIJGvGUoe22FjTWrXiaXlsZ8q6912LdnR3KraQO2n75Ica4wK4Qeg"), // Candidate Recommendation of 2024
        ],
    };

    /// <summary>The shape of the whole member: well-formed entries, no resource twice.</summary>
    internal static void Shape(ShapeCheck check, JsonElement value, string pointer)
    {
        Shapes.OneOrMore(Entry)(check, value, pointer);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach ((JsonElement entry, string at) in EntriesOf(value, pointer))
        {
            if (IdOf(entry) is { } id && !seen.Add(id))
            {
                check.Malformed(JsonPointer.Member(at, "id"), "Another related resource has the same id: name each resource once.");
            }
        }
    }

    /// <summary>A problem for each digest of a resource at hand that is not that resource's.</summary>
    internal static IReadOnlyList<Problem> Compare(JsonElement document, ContextLibrary contexts)
    {
        var check = new ShapeCheck();
        if (document.TryGetProperty("relatedResource", out JsonElement value))
        {
            foreach ((JsonElement entry, string at) in EntriesOf(value, "/relatedResource"))
            {
                Compare(check, entry, at, contexts);
            }
        }

        return check.Problems;
    }

    private static void Compare(ShapeCheck check, JsonElement entry, string pointer, ContextLibrary contexts)
    {
        if (IdOf(entry) is not { } id || DigestsAtHand(id, contexts) is not { Count: > 0 } known)
        {
            return;
        }

        foreach ((string member, Func<string, IEnumerable<byte[]>?> read) in ((string, Func<string, IEnumerable<byte[]>?>)[])[("digestSRI", ResourceDigest.ReadSri), ("digestMultibase", ResourceDigest.ReadMultibase)])
        {
            byte[][] said = [.. entry.TryGetProperty(member, out JsonElement digests) ? TextsOf(digests).SelectMany(text => read(text) ?? []) : []];
            if (said.Length > 0 && !Array.Exists(said, digest => known.Exists(one => one.AsSpan().SequenceEqual(digest))))
            {
                check.Malformed(JsonPointer.Member(pointer, member), $"This is not the digest of {id} as it is known here: it was made of another version, or mistyped.");
            }
        }
    }

    private static List<byte[]> DigestsAtHand(string id, ContextLibrary contexts)
    {
        if (Published.TryGetValue(id, out byte[][]? published))
        {
            return [.. published];
        }

        return contexts.Find(id) is { } bytes && ContextLibrary.Shipped.Find(id) is null
            ? [SHA256.HashData(bytes.Span), SHA384.HashData(bytes.Span), SHA512.HashData(bytes.Span)]
            : [];
    }

    private static void Entry(ShapeCheck check, JsonElement value, string pointer)
    {
        if (!Shapes.IsObject(check, value, pointer))
        {
            return;
        }

        check.Member(value, "id", pointer, Shapes.Url, required: true);
        check.Member(value, "digestSRI", pointer, Digest(ResourceDigest.ReadSri, "Expected a digest such as sha384- and its base64."), required: false);
        check.Member(value, "digestMultibase", pointer, Shapes.OneOrMore(Digest(ResourceDigest.ReadMultibase, "Expected a digest in multibase: z or u, then a multihash, or a SHA-2 digest alone.")), required: false);
        if (!value.TryGetProperty("digestSRI", out _) && !value.TryGetProperty("digestMultibase", out _))
        {
            check.Malformed(pointer, "A related resource needs a digestSRI or a digestMultibase.");
        }
    }

    private static Shape Digest(Func<string, IEnumerable<byte[]>?> read, string otherwise) => (check, value, pointer) =>
    {
        if (value.ValueKind != JsonValueKind.String || read(value.GetString()!) is null)
        {
            check.Malformed(pointer, otherwise);
        }
    };

    private static IEnumerable<(JsonElement Entry, string Pointer)> EntriesOf(JsonElement value, string pointer) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().Select((entry, index) => (entry, JsonPointer.Item(pointer, index)))
        : [(value, pointer)];

    private static string? IdOf(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;

    private static IEnumerable<string> TextsOf(JsonElement value) => (value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [value])
        .Where(item => item.ValueKind == JsonValueKind.String)
        .Select(item => item.GetString()!);
}
