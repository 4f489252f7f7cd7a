using System.Text.Json;
using Credentials.Encoding;
using Credentials.Enveloping;

namespace Credentials.Jose;

/// <summary>The protected header of a JWS, as read. Keys in it (<c>jwk</c>) and places of keys (<c>jku</c>, <c>x5u</c>) are never looked at: who signs does not choose under which key it is verified. Certificates (<c>x5c</c>) are read where a relying party's own roots decide about them (<see cref="CertificateHeader"/>).</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc7515#section-4.1, https://www.rfc-editor.org/rfc/rfc8725#section-3</remarks>
internal sealed record JwsHeader
{
    private const int MaxLength = 16 * 1024;

    /// <summary>The header itself.</summary>
    public required JsonElement Json { get; init; }

    /// <summary><c>alg</c>.</summary>
    public required SignatureAlgorithm Algorithm { get; init; }

    /// <summary><c>typ</c>.</summary>
    public string? Type { get; init; }

    /// <summary><c>cty</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary><c>kid</c>.</summary>
    public string? KeyId { get; init; }

    /// <summary>Reads the decoded header.</summary>
    public static Parsed<JwsHeader> Read(byte[] utf8)
    {
        Parsed<JsonDocument> parsed = StrictJson.Parse(utf8, MaxLength);
        if (!parsed.Ok)
        {
            return Fault("The header of the JWS is not what RFC 7515 allows: " + parsed.Problem.Detail);
        }

        JsonElement json = parsed.Value.RootElement;
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Fault("The header of a JWS is an object.");
        }

        foreach (string name in (ReadOnlySpan<string>)["alg", "typ", "cty", "kid"])
        {
            if (json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.String)
            {
                return Fault($"The {name} of a JWS is text.");
            }
        }

        // RFC 7515 section 4.1.11: an extension that must be understood, and is not, makes the JWS invalid; none is understood here. RFC 7797: b64 counts only when it is named in crit.
        if (json.TryGetProperty("crit", out _) || json.TryGetProperty("b64", out _))
        {
            return Fault("The JWS asks for an extension (crit, b64), and none is understood here.");
        }

        Parsed<SignatureAlgorithm> algorithm = ReadAlgorithm(Text(json, "alg"));
        return !algorithm.Ok ? algorithm.Problem : new JwsHeader
        {
            Json = json,
            Algorithm = algorithm.Value,
            Type = Text(json, "typ"),
            ContentType = Text(json, "cty"),
            KeyId = Text(json, "kid"),
        };
    }

    // RFC 8725 section 3.2: none and the symmetric algorithms are refused outright; of another signature algorithm it is said that it is not known.
    private static Parsed<SignatureAlgorithm> ReadAlgorithm(string? name) =>
        SignatureAlgorithm.All.FirstOrDefault(row => row.Jose == name) is { } row ? row
        : name is null ? Fault("The JWS names no algorithm.")
        : name.Equals("none", StringComparison.OrdinalIgnoreCase) ? Fault("The JWS is not signed: its alg is none.")
        : name.StartsWith("HS", StringComparison.OrdinalIgnoreCase) ? Fault("The alg of the JWS is symmetric; it proves nothing of who made it.")
        : new Problem(ProblemCode.UnsupportedCryptosuite, $"The alg of the JWS is not known here; {string.Join(", ", SignatureAlgorithm.All.Select(row => row.Jose))} are.");

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static Problem Fault(string detail) => new(ProblemCode.ProofVerificationError, detail);
}
