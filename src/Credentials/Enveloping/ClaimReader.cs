using System.Text.Json;

namespace Credentials.Enveloping;

/// <summary>Reads registered claims from a JWT's payload or, where they stand only there, from its header; remembers the first that has the wrong shape.</summary>
internal ref struct ClaimReader(JsonElement payload, JsonElement header)
{
    private const double MaxSeconds = 253_402_300_799; // 9999-12-31T23:59:59Z

    private static readonly string[] Replicated = ["iss", "iat", "exp", "nbf", "aud"];

    private string? _fault;

    /// <summary>Reads all of them.</summary>
    public static Parsed<EnvelopeClaims> Read(JsonElement payload, JsonElement header)
    {
        // RFC 7519 section 5.3: "the application receiving them SHOULD verify that their values are identical".
        foreach (string name in Replicated)
        {
            if (header.TryGetProperty(name, out JsonElement copy) && payload.TryGetProperty(name, out JsonElement claim) && !JsonElement.DeepEquals(copy, claim))
            {
                return Fault(name, "is one thing in the header and another in the payload");
            }
        }

        var reader = new ClaimReader(payload, header);
        var claims = new EnvelopeClaims
        {
            Issuer = reader.Text("iss"),
            IssuedAt = reader.Time("iat"),
            Expires = reader.Time("exp"),
            NotBefore = reader.Time("nbf"),
            Audience = reader.Texts("aud"),
            Nonce = reader.Text("nonce"),
        };
        return reader._fault is { } fault ? Fault(fault, "has not the shape that RFC 7519 gives it") : claims;
    }

    /// <summary>A NumericDate: seconds since 1970, whole or not, of years that .NET can hold.</summary>
    public static DateTimeOffset? ReadTime(JsonElement value) =>
        value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out double seconds) || seconds is not (>= 0 and <= MaxSeconds) ? null
        : value.TryGetInt64(out long whole) ? DateTimeOffset.FromUnixTimeSeconds(whole)
        : DateTimeOffset.UnixEpoch.AddSeconds(seconds);

    private string? Text(string name)
    {
        if (!Has(name, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : Blame<string>(name);
    }

    private DateTimeOffset? Time(string name)
    {
        if (!Has(name, out JsonElement value))
        {
            return null;
        }

        DateTimeOffset? time = ReadTime(value);
        _fault ??= time is null ? name : null;
        return time;
    }

    private string[] Texts(string name)
    {
        if (!Has(name, out JsonElement value))
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.String ? [value.GetString()!]
            : value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : Blame<string[]>(name) ?? [];
    }

    private readonly bool Has(string name, out JsonElement value) => payload.TryGetProperty(name, out value) || header.TryGetProperty(name, out value);

    private T? Blame<T>(string name)
        where T : class
    {
        _fault ??= name;
        return null;
    }

    private static Problem Fault(string name, string what) => new(ProblemCode.MalformedValueError, $"The claim {name} {what}.", "/" + name);
}
