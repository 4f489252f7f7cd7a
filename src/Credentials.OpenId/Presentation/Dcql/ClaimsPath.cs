using System.Globalization;
using System.Text.Json;
using Credentials.Encoding;

namespace Credentials.OpenId.Presentation.Dcql;

/// <summary>One step of a <see cref="ClaimsPath"/>: a member's name, an index, or every element (neither).</summary>
/// <param name="Name">The member; null for an array's element.</param>
/// <param name="Index">The element, from 0; null with no name for all of them.</param>
public readonly record struct ClaimsPathStep(string? Name, int? Index)
{
    /// <summary>Every element of the selected arrays.</summary>
    public static ClaimsPathStep All => default;
}

/// <summary>A claims path pointer: where in a JSON credential the claims stand that are asked for.</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#name-claims-path-pointer</remarks>
public sealed class ClaimsPath : IEquatable<ClaimsPath>
{
    /// <summary>Steps above which no path is read: a credential does not nest as deep.</summary>
    public const int MaxSteps = StrictJson.MaxDepth;

    private ClaimsPath(ClaimsPathStep[] steps) => Steps = steps;

    /// <summary>The steps, at least one.</summary>
    public IReadOnlyList<ClaimsPathStep> Steps { get; }

    /// <summary>A path through members alone.</summary>
    public static ClaimsPath Of(params string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentOutOfRangeException.ThrowIfZero(names.Length, nameof(names));
        return new([.. names.Select(name => new ClaimsPathStep(name, null))]);
    }

    /// <summary>Reads one: a non-empty array of strings, nulls and non-negative integers.</summary>
    /// <param name="json">The array.</param>
    /// <param name="pointer">Where it stands, for the problem.</param>
    public static Parsed<ClaimsPath> Read(JsonElement json, string pointer)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() is 0 or > MaxSteps)
        {
            return Fault(pointer);
        }

        var steps = new ClaimsPathStep[json.GetArrayLength()];
        for (int i = 0; i < steps.Length; i++)
        {
            JsonElement item = json[i];
            switch (item.ValueKind)
            {
                case JsonValueKind.String:
                    steps[i] = new(item.GetString(), null);
                    break;
                case JsonValueKind.Null:
                    steps[i] = ClaimsPathStep.All;
                    break;
                case JsonValueKind.Number when item.TryGetInt32(out int index) && index >= 0:
                    steps[i] = new(null, index);
                    break;
                default:
                    return Fault(JsonPointer.Item(pointer, i));
            }
        }

        return new ClaimsPath(steps);
    }

    /// <summary>The RFC 6901 pointers to the elements that the path selects; empty where the specification says that processing aborts with an error.</summary>
    /// <param name="credential">The credential's root.</param>
    public IReadOnlyList<string> Select(JsonElement credential)
    {
        // 1. Select the root element of the Credential, i.e., the top-level JSON object.
        List<(string Pointer, JsonElement Element)> selected = [("", credential)];

        // 2. Process the query of the claims path pointer array from left to right.
        foreach (ClaimsPathStep step in Steps)
        {
            List<(string Pointer, JsonElement Element)> next = new(selected.Count);
            foreach ((string pointer, JsonElement element) in selected)
            {
                // "If any of the currently selected element(s) is not an object [an array], abort processing and return an error."
                if (element.ValueKind != (step.Name is null ? JsonValueKind.Array : JsonValueKind.Object))
                {
                    return [];
                }

                Follow(step, pointer, element, next);
            }

            selected = next;
        }

        // 3. If the set of elements currently selected is empty, abort processing and return an error.
        return [.. selected.Select(one => one.Pointer)];
    }

    /// <summary>Writes the array.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartArray();
        foreach (ClaimsPathStep step in Steps)
        {
            if (step.Name is { } name)
            {
                writer.WriteStringValue(name);
            }
            else if (step.Index is { } index)
            {
                writer.WriteNumberValue(index);
            }
            else
            {
                writer.WriteNullValue();
            }
        }

        writer.WriteEndArray();
    }

    /// <summary>For people: <c>degrees.*.type</c>.</summary>
    public override string ToString() => string.Join('.', Steps.Select(step => step.Name ?? step.Index?.ToString(CultureInfo.InvariantCulture) ?? "*"));

    /// <inheritdoc/>
    public bool Equals(ClaimsPath? other) => other is not null && Steps.SequenceEqual(other.Steps);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ClaimsPath);

    /// <inheritdoc/>
    public override int GetHashCode() => Steps.Aggregate(0, HashCode.Combine);

    private static void Follow(ClaimsPathStep step, string pointer, JsonElement element, List<(string Pointer, JsonElement Element)> next)
    {
        if (step.Name is { } name)
        {
            // 2.1. "If the key does not exist in any element currently selected, remove that element from the selection."
            if (element.TryGetProperty(name, out JsonElement member))
            {
                next.Add((JsonPointer.Member(pointer, name), member));
            }

            return;
        }

        // 2.2. and 2.3. All elements, or the one at the index; "If the index does not exist in a selected array, remove that array from the selection."
        int index = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            if (step.Index is null || step.Index == index)
            {
                next.Add((JsonPointer.Item(pointer, index), item));
            }

            index++;
        }
    }

    private static Problem Fault(string pointer) =>
        new(PresentationError.InvalidRequest, "A claims path is a non-empty array of strings, nulls and non-negative integers.", pointer);
}
