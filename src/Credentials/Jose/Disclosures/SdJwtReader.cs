using System.Text.Json;
using Credentials.Encoding;
using Credentials.Enveloping;

namespace Credentials.Jose.Disclosures;

/// <summary>Reads an SD-JWT and processes its disclosures.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9901#section-7.1</remarks>
internal static class SdJwtReader
{
    private const byte Tilde = (byte)'~';

    /// <summary>Reads one.</summary>
    /// <param name="text">The compact serialisation.</param>
    /// <param name="rules">What is asked of the processed payload besides.</param>
    public static Parsed<SdJwt> Read(ReadOnlyMemory<byte> text, Func<JwsHeader, JsonElement, EnvelopeClaims, Problem?> rules)
    {
        ReadOnlySpan<byte> span = text.Span;
        int first = span.IndexOf(Tilde);
        int last = span.LastIndexOf(Tilde);
        if (first < 0)
        {
            return Fault("An SD-JWT has a \"~\" behind its JWT, even where nothing is disclosed.");
        }

        if (text.Length > Envelope.MaxLength || span.Count(Tilde) > SdJwtParts.MaxDisclosures)
        {
            return Fault($"The SD-JWT is over its bounds: {Envelope.MaxLength} bytes, {SdJwtParts.MaxDisclosures} disclosures.");
        }

        // 1. Separate the SD-JWT into the Issuer-signed JWT and the Disclosures (if any).
        Parsed<CompactJws> jws = CompactJws.Read(text[..first]);
        if (!jws.Ok)
        {
            return jws.Problem;
        }

        Parsed<JsonDocument> parsed = jws.Value.ParsePayload();
        if (!parsed.Ok)
        {
            return parsed.Problem;
        }

        using JsonDocument payload = parsed.Value;
        if (AlgorithmOf(payload.RootElement) is not { } algorithm)
        {
            return new Problem(ProblemCode.UnsupportedCryptosuite, $"The _sd_alg of the SD-JWT is not known here; {string.Join(", ", DigestAlgorithm.All.Select(row => row.Name))} are.", "/_sd_alg");
        }

        Parsed<List<Disclosure>> disclosures = ReadDisclosures(text[(first + 1)..Math.Max(first + 1, last)], last > first, algorithm);
        if (!disclosures.Ok)
        {
            return disclosures.Problem;
        }

        Parsed<byte[]> processed = DisclosureProcessing.Process(jws.Value.Payload, payload.RootElement, disclosures.Value);
        if (!processed.Ok)
        {
            return processed.Problem;
        }

        KeyBinding? binding = null;
        if (last + 1 < text.Length)
        {
            Parsed<KeyBinding> read = KeyBinding.Read(text[(last + 1)..], text[..(last + 1)], algorithm);
            if (!read.Ok)
            {
                return read.Problem;
            }

            binding = read.Value;
        }

        return Read(new(text, jws.Value, disclosures.Value, algorithm), processed.Value, binding, rules);
    }

    private static Parsed<SdJwt> Read(SdJwtParts parts, byte[] payload, KeyBinding? binding, Func<JwsHeader, JsonElement, EnvelopeClaims, Problem?> rules)
    {
        // Each part was read strictly, and no name was put where it stood already: what is left to find is how deep they nest together.
        Parsed<JsonDocument> parsed = ParseProcessed(payload);
        if (!parsed.Ok)
        {
            return parsed.Problem;
        }

        using JsonDocument json = parsed.Value;
        Parsed<EnvelopeClaims> claims = ClaimReader.Read(json.RootElement, parts.Jws.Header.Json);
        if (!claims.Ok)
        {
            return claims.Problem;
        }

        var confirmation = Confirmation.Read(json.RootElement, out Problem? problem);
        problem ??= rules(parts.Jws.Header, json.RootElement, claims.Value);
        return problem is null ? new SdJwt(parts, payload, claims.Value, confirmation, binding) : problem;
    }

    private static Parsed<JsonDocument> ParseProcessed(byte[] payload)
    {
        try
        {
            return JsonDocument.Parse(payload, new() { MaxDepth = StrictJson.MaxDepth });
        }
        catch (JsonException)
        {
            return Fault($"The disclosures nest deeper than {StrictJson.MaxDepth}.");
        }
    }

    // 2.5. Check that the _sd_alg claim value is understood and the hash algorithm is deemed secure. "If the _sd_alg claim is not present at the top level, a default value of sha-256 MUST be used."
    private static DigestAlgorithm? AlgorithmOf(JsonElement payload) =>
        !payload.TryGetProperty(DigestMarks.Algorithm, out JsonElement name) ? DigestAlgorithm.Sha256
        : name.ValueKind == JsonValueKind.String ? DigestAlgorithm.All.FirstOrDefault(row => name.ValueEquals(row.Name))
        : null;

    private static Parsed<List<Disclosure>> ReadDisclosures(ReadOnlyMemory<byte> text, bool any, DigestAlgorithm algorithm)
    {
        List<Disclosure> disclosures = [];
        while (any)
        {
            int end = text.Span.IndexOf(Tilde);
            any = end >= 0;
            Parsed<Disclosure> disclosure = Disclosure.Read(any ? text[..end] : text, algorithm);
            if (!disclosure.Ok)
            {
                return disclosure.Problem;
            }

            disclosures.Add(disclosure.Value);
            text = any ? text[(end + 1)..] : default;
        }

        return disclosures;
    }

    private static Problem Fault(string detail) => new(ProblemCode.ProofVerificationError, detail);
}
