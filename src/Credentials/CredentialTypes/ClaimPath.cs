using System.Text.Json;
using Credentials.Encoding;

namespace Credentials.CredentialTypes;

/// <summary>A path to claims: member names, indices, and <c>null</c> for all elements of an array.</summary>
/// <remarks>https://www.ietf.org/archive/id/draft-ietf-oauth-sd-jwt-vc-19.html#name-claim-path</remarks>
public sealed class ClaimPath : IEquatable<ClaimPath>
{
    private const int MaxParts = 32;

    private readonly IReadOnlyList<object?> _parts;

    private ClaimPath(IReadOnlyList<object?> parts) => _parts = parts;

    /// <summary>The parts: a <see cref="string"/>, an <see cref="int"/>, or null.</summary>
    public IReadOnlyList<object?> Parts => _parts;

    /// <summary>Reads the JSON array. "The path property MUST be a non-empty array of strings, null values, or non-negative integers."</summary>
    public static Parsed<ClaimPath> Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() is 0 or > MaxParts)
        {
            return Fault();
        }

        var parts = new List<object?>(json.GetArrayLength());
        foreach (JsonElement part in json.EnumerateArray())
        {
            switch (part.ValueKind)
            {
                case JsonValueKind.String:
                    parts.Add(part.GetString());
                    break;
                case JsonValueKind.Null:
                    parts.Add(null);
                    break;
                case JsonValueKind.Number when part.TryGetInt32(out int index) && index >= 0:
                    parts.Add(index);
                    break;
                default:
                    return Fault();
            }
        }

        return new ClaimPath(parts);
    }

    /// <summary>The claims that it selects, each with its RFC 6901 pointer; a problem where the specification says to abort.</summary>
    /// <param name="claims">The processed payload. Of an array whose elements were withheld in part, indices are those of what is left.</param>
    public Parsed<SelectedClaim[]> Select(JsonElement claims)
    {
        // 1. "Select the root element of the credential, i.e., the top-level JSON object."
        SelectedClaim[] selected = [new("", claims)];

        // 2. "Process the path components from left to right".
        foreach (object? part in _parts)
        {
            // 2.1 "If any of the currently selected element(s) is not an object, abort processing and return an error." 2.2, 2.3: "not an array".
            JsonValueKind wanted = part is string ? JsonValueKind.Object : JsonValueKind.Array;
            if (Array.Find(selected, one => one.Value.ValueKind != wanted) is { } other)
            {
                return new Problem(ProblemCode.MalformedValueError, $"The path {this} looks for {(part is string ? "a member" : "an element")} in what has none.", other.Pointer);
            }

            selected = [.. selected.SelectMany(one => Step(one, part))];
        }

        return selected;
    }

    /// <inheritdoc/>
    public bool Equals(ClaimPath? other) => other is not null && _parts.SequenceEqual(other._parts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ClaimPath);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (object? part in _parts)
        {
            hash.Add(part);
        }

        return hash.ToHashCode();
    }

    /// <summary>The JSON text.</summary>
    public override string ToString() => JsonSerializer.Serialize(_parts);

    private static IEnumerable<SelectedClaim> Step(SelectedClaim from, object? part) => part switch
    {
        string name => from.Value.TryGetProperty(name, out JsonElement member) ? [new(JsonPointer.Member(from.Pointer, name), member)] : [],
        int index => index < from.Value.GetArrayLength() ? [new(JsonPointer.Item(from.Pointer, index), from.Value[index])] : [],
        _ => from.Value.EnumerateArray().Select((item, at) => new SelectedClaim(JsonPointer.Item(from.Pointer, at), item)),
    };

    private static Problem Fault() => new(ProblemCode.MalformedValueError, $"A path is an array of 1 to {MaxParts} names, indices and nulls.");
}

/// <summary>A claim that a path selected.</summary>
/// <param name="Pointer">RFC 6901 pointer to it.</param>
/// <param name="Value">Its value.</param>
public sealed record SelectedClaim(string Pointer, JsonElement Value);
