using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Credentials.Tests.Canonicalization;

/// <summary>Random JSON values, and the many texts of one value: members in any order, any white space, any escapes.</summary>
public abstract record JsonText
{
    /// <summary>Values of some depth, with the names, texts and numbers that canonical forms trip over.</summary>
    public static Gen<JsonText> Values => Gen.Sized(size => OfDepth(Math.Min(4, 1 + (size / 20))));

    /// <summary>Objects only.</summary>
    public static Gen<JsonObjectText> Objects => Members(OfDepth(3)).Select(members => new JsonObjectText(members));

    private static Gen<string> Strings => Gen.OneOf(
        Gen.Elements("", "a", "A", "b", "aa", "€", "é", "\ud83d\ude00", "\ufb33", "\ue000", "\u0080", "\r", "\n", "\u001f", "\"", "\\", "/", "</script>", "\u2028", "1", "10", "2", "@context", "proof"),
        Gen.Elements('a', 'z', 'é', '\u0000', '\u007f', '\ud7ff', '\ue000', '\uffff', '"', '\\', '/', '\t').ListOf().Select(chars => new string([.. chars])));

    private static Gen<double> Numbers => Gen.OneOf(
        Gen.Elements(0, -0.0, 1, -1, 0.1, 1e21, 1e20, 999999999999999900000d, 1e-6, 1e-7, 5e-324, double.MaxValue, double.Epsilon, 9007199254740993, 123456789012345680, 0.000001234, 333333333.33333329),
        ArbMap.Default.GeneratorFor<long>().Select(BitConverter.Int64BitsToDouble).Where(double.IsFinite),
        ArbMap.Default.GeneratorFor<int>().Select(n => n / 100d));

    /// <summary>One text of this value; the choices are drawn from the seed.</summary>
    public string Write(int seed)
    {
        var text = new StringBuilder();
        Write(text, new Choices(seed));
        return text.ToString();
    }

    internal abstract void Write(StringBuilder text, Choices choices);

    private static Gen<JsonText> OfDepth(int depth)
    {
        Gen<JsonText> leaf = Gen.OneOf(
            Strings.Select(value => (JsonText)new JsonStringText(value)),
            Numbers.Select(value => (JsonText)new JsonNumberText(value)),
            Gen.Elements("true", "false", "null").Select(value => (JsonText)new JsonLiteralText(value)));
        return depth == 0 ? leaf : Gen.Frequency(
            (2, leaf),
            (1, OfDepth(depth - 1).ListOf().Select(items => (JsonText)new JsonArrayText([.. items.Take(6)]))),
            (2, Members(OfDepth(depth - 1)).Select(members => (JsonText)new JsonObjectText(members))));
    }

    private static Gen<IReadOnlyList<(string Name, JsonText Value)>> Members(Gen<JsonText> values) =>
        Strings.SelectMany(_ => values, (name, value) => (name, value)).ListOf()
            .Select(members => (IReadOnlyList<(string, JsonText)>)[.. members.DistinctBy(member => member.name, StringComparer.Ordinal).Take(8)]);
}

/// <summary>Reproducible choices among the spellings of one value.</summary>
public sealed class Choices(int seed)
{
    private uint _state = (uint)seed | 1;

    /// <summary>A number from 0 to below the bound.</summary>
    public int Next(int bound)
    {
        _state = (_state * 1664525) + 1013904223;
        return (int)((_state >> 8) % (uint)bound);
    }

    public string Space() => Next(4) switch { 0 => " ", 1 => "\n\t", 2 => "\r\n", _ => "" };
}

public sealed record JsonLiteralText(string Value) : JsonText
{
    internal override void Write(StringBuilder text, Choices choices) => text.Append(Value);
}

public sealed record JsonNumberText(double Value) : JsonText
{
    internal override void Write(StringBuilder text, Choices choices) => text.Append(Value.ToString(choices.Next(2) == 0 ? "R" : "E16", CultureInfo.InvariantCulture));
}

public sealed record JsonStringText(string Value) : JsonText
{
    internal override void Write(StringBuilder text, Choices choices) => Write(text, choices, Value);

    internal static void Write(StringBuilder text, Choices choices, string value)
    {
        text.Append('"');
        foreach (char c in value)
        {
            // A surrogate is escaped with its partner or not at all: by its own code, not by chance.
            bool escape = c is < ' ' or '"' or '\\' || (char.IsSurrogate(c) ? value.Length % 2 == 0 : choices.Next(5) == 0);
            text.Append(escape ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : c.ToString());
        }

        text.Append('"');
    }
}

public sealed record JsonArrayText(IReadOnlyList<JsonText> Items) : JsonText
{
    internal override void Write(StringBuilder text, Choices choices)
    {
        text.Append('[').Append(choices.Space());
        for (int i = 0; i < Items.Count; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(choices.Space());
            Items[i].Write(text, choices);
            text.Append(choices.Space());
        }

        text.Append(']');
    }
}

public sealed record JsonObjectText(IReadOnlyList<(string Name, JsonText Value)> Members) : JsonText
{
    internal override void Write(StringBuilder text, Choices choices)
    {
        var rest = Members.ToList();
        text.Append('{');
        while (rest.Count > 0)
        {
            (string name, JsonText value) = rest[choices.Next(rest.Count)];
            text.Append(rest.Count == Members.Count ? "" : ",").Append(choices.Space());
            JsonStringText.Write(text, choices, name);
            text.Append(choices.Space()).Append(':').Append(choices.Space());
            value.Write(text, choices);
            rest.RemoveAll(member => member.Name == name);
        }

        text.Append(choices.Space()).Append('}');
    }
}
