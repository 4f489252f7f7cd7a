using System.Globalization;
using System.Text;
using System.Text.Json;
using Credentials.JsonLd.Contexts;
using Credentials.JsonLd.Syntax;

namespace Credentials.JsonLd.Rdf;

/// <summary>JSON literals in their canonical lexical form, that of RFC 8785.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc8785</remarks>
internal sealed class CanonicalJson(Budget budget)
{
    private readonly StringBuilder _text = new();

    /// <summary>The canonical form of a value.</summary>
    /// <exception cref="JsonLdFault">Nested too deep, half of a surrogate pair, or a number larger than a double.</exception>
    public static string Write(JsonElement value, Budget budget)
    {
        var writer = new CanonicalJson(budget);
        writer.Write(value);
        return writer._text.ToString();
    }

    /// <summary>The canonical form of a text.</summary>
    public static string Write(string text)
    {
        var writer = new CanonicalJson(new Budget());
        writer.WriteText(text);
        return writer._text.ToString();
    }

    private void Write(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value);
                break;
            case JsonValueKind.Array:
                budget.Enter();
                _text.Append('[');
                string comma = "";
                foreach (JsonElement item in value.EnumerateArray())
                {
                    _text.Append(comma);
                    Write(item);
                    comma = ",";
                }

                _text.Append(']');
                budget.Leave();
                break;
            case JsonValueKind.String:
                WriteText(Json.Text(value));
                break;
            case JsonValueKind.Number:
                _text.Append(NumberText.EcmaScript(NumberText.Read(value)));
                break;
            default:
                _text.Append(value.ValueKind switch { JsonValueKind.True => "true", JsonValueKind.False => "false", _ => "null" });
                break;
        }
    }

    private void WriteObject(JsonElement value)
    {
        // 3.2.3 Property name strings ... are to be sorted ... as arrays of UTF-16 code units.
        budget.Enter();
        _text.Append('{');
        string comma = "";
        foreach ((string name, JsonElement member) in value.EnumerateObject().Select(p => (Json.Name(p), p.Value)).OrderBy(p => p.Item1, StringComparer.Ordinal))
        {
            _text.Append(comma);
            WriteText(name);
            _text.Append(':');
            Write(member);
            comma = ",";
        }

        _text.Append('}');
        budget.Leave();
    }

    // 3.2.2.2.
    private void WriteText(string text)
    {
        _text.Append('"');
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' => _text.Append("\\\""),
                '\\' => _text.Append("\\\\"),
                '\b' => _text.Append("\\b"),
                '\t' => _text.Append("\\t"),
                '\n' => _text.Append("\\n"),
                '\f' => _text.Append("\\f"),
                '\r' => _text.Append("\\r"),
                < ' ' => _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => _text.Append(c),
            };
        }

        _text.Append('"');
    }
}
