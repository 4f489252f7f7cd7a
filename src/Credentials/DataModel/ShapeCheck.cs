using System.Text.Json;
using Credentials.Encoding;

namespace Credentials.DataModel;

/// <summary>What a value must look like: adds one problem for each thing that is wrong, at the value's pointer.</summary>
internal delegate void Shape(ShapeCheck check, JsonElement value, string pointer);

/// <summary>One row of a table: a member and what it must be.</summary>
internal sealed record MemberRule(string Member, Shape Shape, bool Required = false);

/// <summary>Gathers the problems of one document while the rules walk over it.</summary>
internal sealed class ShapeCheck
{
    private readonly List<Problem> _problems = [];

    internal IReadOnlyList<Problem> Problems => _problems;

    internal void Malformed(string pointer, string detail) => _problems.Add(new(ProblemCode.MalformedValueError, detail, pointer));

    internal void OutOfRange(string pointer, string detail) => _problems.Add(new(ProblemCode.RangeError, detail, pointer));

    /// <summary>A string member; null, with a problem, when it is missing or no text.</summary>
    internal string? RequiredText(JsonElement owner, string name, string pointer)
    {
        if (!owner.TryGetProperty(name, out JsonElement value))
        {
            Malformed(JsonPointer.Member(pointer, name), $"The {name} is missing: add it.");
            return null;
        }

        if (value.ValueKind != JsonValueKind.String || value.ValueEquals(""))
        {
            Malformed(JsonPointer.Member(pointer, name), $"The {name} must be a string that is not empty.");
            return null;
        }

        return value.GetString();
    }

    /// <summary>Checks the members of the whole document, in the order of the table.</summary>
    internal void Members(JsonElement document, IEnumerable<MemberRule> rules)
    {
        foreach (MemberRule rule in rules)
        {
            Member(document, rule.Member, "", rule.Shape, rule.Required);
        }
    }

    /// <summary>Checks a member by a shape; one that is missing is a problem only when it is required.</summary>
    internal void Member(JsonElement owner, string name, string pointer, Shape shape, bool required)
    {
        string at = JsonPointer.Member(pointer, name);
        if (owner.TryGetProperty(name, out JsonElement value))
        {
            shape(this, value, at);
        }
        else if (required)
        {
            Malformed(at, $"The {name} is missing: add it.");
        }
    }
}
