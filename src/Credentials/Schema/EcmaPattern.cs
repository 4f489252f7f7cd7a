using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Credentials.Schema;

/// <summary>Patterns as JSON Schema means them (ECMA-262, Unicode), in the words of .NET, matched in linear time.</summary>
/// <remarks>
/// https://json-schema.org/draft/2020-12/json-schema-core#section-6.4. The two differ in what \d, \w, \s, "." and "$" mean, and in that .NET counts a character beyond U+FFFF twice.
/// Not translated, so that no pattern is matched otherwise than it was meant: look-around and back-references (they take exponential time), \b, scripts, characters beyond U+FFFF in a class.
/// </remarks>
internal sealed class EcmaPattern
{
    private const int MaxLength = 2048;

    /// <summary>Characters that a pattern may stand for when its repetitions are written out: the size of its automaton.</summary>
    private const int MaxSize = 5000;

    private const string Pair = EcmaEscape.Pair;
    private const string Surrogates = @"\uD800-\uDFFF";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private readonly string _text;
    private readonly StringBuilder _net = new();
    private readonly Stack<long> _groups = new();
    private int _at;
    private long _size;
    private long _last;

    private EcmaPattern(string text) => _text = text;

    /// <summary>The pattern, or null when it is none, or none that is translated.</summary>
    public static SchemaPattern? Compile(string pattern)
    {
        var source = new EcmaPattern(pattern);
        if (pattern.Length > MaxLength || source.Translate() is not { } translated)
        {
            return null;
        }

        try
        {
            return new(new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Timeout), UsesCategories(translated), (int)source._size);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static bool UsesCategories(string translated) =>
        translated.Replace(@"\\", "", StringComparison.Ordinal).Replace(@"\p{Zs}", "", StringComparison.Ordinal) is var rest && (rest.Contains(@"\p{", StringComparison.Ordinal) || rest.Contains(@"\P{", StringComparison.Ordinal));

    private string? Translate()
    {
        while (_at < _text.Length)
        {
            if (!TranslateOne() || _size + _groups.Sum() > MaxSize)
            {
                return null;
            }
        }

        return _groups.Count == 0 ? _net.ToString() : null;
    }

    private bool TranslateOne()
    {
        char c = _text[_at++];
        return c switch
        {
            '\\' => EcmaEscape.Read(_text, ref _at, inClass: false) is { } escape && Atom(escape),
            '[' => Class(),
            '(' => Open(),
            ')' => Close(),
            '.' => Atom($@"(?:{Pair}|[^\n\r\u2028\u2029{Surrogates}])"),
            '$' => Zero(@"\z"),
            '^' => Zero("^"),
            '|' => Zero("|"),
            '*' or '+' or '?' => Repeat(c.ToString(), c == '?' ? 1 : 2),
            '{' => Braces(),
            _ when char.IsHighSurrogate(c) && _at < _text.Length && char.IsLowSurrogate(_text[_at]) => Atom($"(?:{c}{_text[_at++]})"),
            _ when char.IsSurrogate(c) => false,
            '}' or ']' => false, // Nothing that they could end.
            _ => Atom(Regex.Escape(c.ToString())),
        };
    }

    private bool Atom(string net)
    {
        _net.Append(net);
        _size += _last = 1;
        return true;
    }

    private bool Zero(string net)
    {
        _net.Append(net);
        _last = 0;
        return true;
    }

    private bool Open()
    {
        if (_at < _text.Length && _text[_at] == '?')
        {
            int end = _text.IndexOf('>', _at);
            bool named = _text[_at..].StartsWith("?<", StringComparison.Ordinal) && end > _at + 2 && char.IsAsciiLetter(_text[_at + 2]);
            if (!named && !_text[_at..].StartsWith("?:", StringComparison.Ordinal))
            {
                return false;
            }

            _at = named ? end + 1 : _at + 2;
        }

        _net.Append("(?:");
        _groups.Push(_size);
        (_size, _last) = (0, 0);
        return true;
    }

    private bool Close()
    {
        if (!_groups.TryPop(out long outer))
        {
            return false;
        }

        _net.Append(')');
        _last = _size;
        _size += outer;
        return true;
    }

    private bool Repeat(string net, long times)
    {
        _net.Append(net);
        _size += _last * (times - 1);
        _last *= times;
        if (_at < _text.Length && _text[_at] == '?')
        {
            _net.Append(_text[_at++]);
        }

        return true;
    }

    private bool Braces()
    {
        int end = _text.IndexOf('}', _at);
        string[] bounds = end < 0 ? [] : _text[_at..end].Split(',');
        if (bounds is not ([_] or [_, _]) || !int.TryParse(bounds[0], NumberStyles.None, CultureInfo.InvariantCulture, out int most)
            || (bounds is [_, { Length: > 0 } high] && !int.TryParse(high, NumberStyles.None, CultureInfo.InvariantCulture, out most)))
        {
            return false;
        }

        _at = end + 1;
        return most <= MaxSize && Repeat($"{{{string.Join(',', bounds)}}}", Math.Max(1, most));
    }

    private bool Class()
    {
        bool negated = _at < _text.Length && _text[_at] == '^';
        _at += negated ? 1 : 0;
        var inner = new StringBuilder();
        bool pairs = negated;
        while (_at < _text.Length && _text[_at] != ']')
        {
            char c = _text[_at++];
            pairs = c == '\\' && _at < _text.Length && EcmaEscape.TakesPairs(_text[_at]) ? !negated : pairs;
            string? part = c switch
            {
                '\\' => EcmaEscape.Read(_text, ref _at, inClass: true),
                '[' => "\\[", // .NET subtracts classes with it.
                _ => char.IsSurrogate(c) ? null : c.ToString(),
            };
            if (part is null)
            {
                return false;
            }

            inner.Append(part);
        }

        string net = negated ? $"[^{inner}{Surrogates}]" : $"[{inner}]";
        return _at++ < _text.Length && inner.Length > 0 && Atom(pairs ? $"(?:{Pair}|{net})" : net);
    }
}

/// <summary>A pattern, compiled.</summary>
/// <param name="Regex">In the words of .NET.</param>
/// <param name="UsesCategories">Whether it asks for letters and the like, which .NET knows up to U+FFFF only.</param>
/// <param name="Size">Characters that it stands for when its repetitions are written out.</param>
internal sealed record SchemaPattern(Regex Regex, bool UsesCategories, int Size);
