using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Credentials.Encoding;

namespace Credentials.Schema;

/// <summary>One evaluation under way: where it is, what it has cost, and the first thing that did not fit.</summary>
/// <param name="tracks">Whether the schema asks anywhere what was left unevaluated.</param>
internal sealed class SchemaRun(bool tracks)
{
    /// <summary>Schemas applied, one in another: what refers to itself without end stops here.</summary>
    private const int MaxDepth = 256;

    /// <summary>Steps; a credential of 1 MiB against a schema of a hundred keywords takes a part of them.</summary>
    private const int MaxWork = 1_000_000;

    /// <summary>Bytes that are compared or matched for one step.</summary>
    private const int BytesPerStep = 8;

    private readonly List<SchemaNode> _scope = [];
    private readonly Stack<string> _path = new();
    private int _work;
    private int _depth;
    private int _quiet;

    /// <summary>The first thing that did not fit, at its pointer.</summary>
    public Problem? Fault { get; private set; }

    /// <summary>Why the evaluation was given up.</summary>
    public Problem? Doubt { get; private set; }

    /// <summary>The resources entered, outermost first: where a dynamic reference is looked up.</summary>
    public IReadOnlyList<SchemaNode> Scope => _scope;

    /// <summary>Whether a value fits a schema. False, too, once there is a doubt.</summary>
    /// <param name="node">The schema.</param>
    /// <param name="instance">The value.</param>
    /// <param name="into">Takes what was evaluated, when it fits; null where nobody asks.</param>
    public bool Evaluate(SchemaNode node, JsonElement instance, Evaluated? into)
    {
        if (!Charge(1) || _depth == MaxDepth)
        {
            return GiveUp($"The schema leads {MaxDepth} schemas deep, or round in a circle.");
        }

        if (node.Json.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return node.Json.ValueKind == JsonValueKind.True || Fail("nothing may stand here");
        }

        bool enters = _scope.Count == 0 || _scope[^1] != node.Resource;
        if (enters)
        {
            _scope.Add(node.Resource);
        }

        _depth++;
        Evaluated? seen = tracks ? new() : null;
        var frame = new Frame(node, instance, seen);
        bool fits = node.Assertions.TrueForAll(row => Charge(1) && row.Keyword.Assert!(this, frame, row.Value)) && Doubt is null;
        _depth--;
        if (enters)
        {
            _scope.RemoveAt(_scope.Count - 1);
        }

        if (fits && seen is not null)
        {
            into?.Add(seen);
        }

        return fits;
    }

    /// <summary>The same for a member or item of the value.</summary>
    public bool EvaluateIn(string name, SchemaNode node, JsonElement part)
    {
        _path.Push(name);
        bool fits = Evaluate(node, part, null);
        _path.Pop();
        return fits;
    }

    /// <summary>The same where failing is no fault: the schema is one of several, or a condition.</summary>
    public bool Try(SchemaNode node, JsonElement instance, Evaluated? into)
    {
        _quiet++;
        bool fits = Evaluate(node, instance, into);
        _quiet--;
        return fits;
    }

    /// <summary>Says what does not fit; false, so that it can end an assertion.</summary>
    public bool Fail(string what)
    {
        if (_quiet == 0 && Fault is null)
        {
            string pointer = _path.Reverse().Aggregate("", JsonPointer.Member);
            Fault = new(ProblemCode.SchemaValidationError, $"{(pointer.Length == 0 ? "The document" : pointer)} does not fit its schema: {what}.", pointer);
        }

        return false;
    }

    /// <summary>Gives up; false, so that it can end an assertion.</summary>
    public bool GiveUp(string why)
    {
        Doubt ??= new(ProblemCode.Unsupported, why);
        return false;
    }

    /// <summary>Whether a text matches a pattern.</summary>
    public bool Matches(SchemaPattern pattern, string text)
    {
        if (pattern.UsesCategories && text.Any(char.IsSurrogate))
        {
            return GiveUp("A pattern of the schema asks for letters of a kind, and whether some in the document are of it is not known here.");
        }

        try
        {
            return Charge(1 + (text.Length / BytesPerStep)) && pattern.Regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return GiveUp("A pattern of the schema takes too long to match.");
        }
    }

    /// <summary>Whether two values are equal: numbers by their value, objects in any order.</summary>
    public bool AreEqual(JsonElement left, JsonElement right) =>
        left.ValueKind == right.ValueKind && Charge(1 + (Math.Min(JsonMarshal.GetRawUtf8Value(left).Length, JsonMarshal.GetRawUtf8Value(right).Length) / BytesPerStep)) && JsonElement.DeepEquals(left, right);

    /// <summary>Counts work; false when there was too much.</summary>
    public bool Charge(int work)
    {
        _work += Math.Min(work, MaxWork);
        return Doubt is null && (_work <= MaxWork || GiveUp("Holding the document against its schema takes too much work."));
    }
}
