using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Credentials.JsonLd.Canonicalization;

/// <summary>Reads N-Quads, statement by statement.</summary>
/// <remarks>https://www.w3.org/TR/n-quads/#sec-grammar</remarks>
internal ref struct NQuadsReader(string text)
{
    private const string LangString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";

    private readonly ReadOnlySpan<char> _text = text;
    private int _at;
    private int _line = 1;
    private bool _broken;

    /// <summary>Why there is no next statement although the text is not at its end.</summary>
    public readonly JsonLdError? Error => _broken
        ? new(JsonLdErrorCode.InvalidStatement, string.Create(CultureInfo.InvariantCulture, $"Line {_line} is no statement of N-Quads."))
        : null;

    private readonly char Current => _at < _text.Length ? _text[_at] : '\0';

    /// <summary>The next statement; false at the end and at the first fault.</summary>
    public bool TryRead([NotNullWhen(true)] out RdfQuad? quad)
    {
        quad = null;
        SkipLines();
        if (_at == _text.Length)
        {
            return false;
        }

        // statement ::= subject predicate object graphLabel? '.'
        _broken = true;
        if (Term() is not { Kind: not RdfTermKind.Literal } subject
            || Term() is not { Kind: RdfTermKind.Iri } predicate
            || Term() is not { } value)
        {
            return false;
        }

        RdfTerm? graph = null;
        SkipSpace();
        if (Current != '.')
        {
            graph = Term();
            if (graph is null or { Kind: RdfTermKind.Literal })
            {
                return false;
            }

            SkipSpace();
        }

        if (Current != '.')
        {
            return false;
        }

        _at++;
        SkipSpace();
        if (_at < _text.Length && Current is not ('\r' or '\n' or '#'))
        {
            return false;
        }

        _broken = false;
        quad = new(subject, predicate, value, graph);
        return true;
    }

    private void SkipSpace()
    {
        while (Current is ' ' or '\t')
        {
            _at++;
        }
    }

    private void SkipLines()
    {
        for (SkipSpace(); Current is '\r' or '\n' or '#'; SkipSpace())
        {
            if (Current == '#')
            {
                int end = _text[_at..].IndexOfAny('\r', '\n');
                _at = end < 0 ? _text.Length : _at + end;
            }
            else
            {
                _line += Current == '\n' ? 1 : 0;
                _at++;
            }
        }
    }

    private RdfTerm? Term()
    {
        SkipSpace();
        return Current switch
        {
            '<' => Quoted('>', inIri: true) is { } iri ? RdfTerm.Iri(iri) : null,
            '"' => Literal(),
            '_' => BlankNode(),
            _ => null,
        };
    }

    // BLANK_NODE_LABEL ::= '_:' (PN_CHARS_U | [0-9]) ((PN_CHARS | '.')* PN_CHARS)?
    private RdfTerm? BlankNode()
    {
        if (!_text[_at..].StartsWith("_:"))
        {
            return null;
        }

        int start = _at + 2;
        int end = start;
        while (end < _text.Length && (char.IsLetterOrDigit(_text[end]) || char.IsSurrogate(_text[end]) || _text[end] is '_' or '-' or '.' or ':' or '\u00b7'))
        {
            end++;
        }

        while (end > start && _text[end - 1] == '.')
        {
            end--;
        }

        _at = end;
        return end == start || _text[start] is '-' or '.' ? null : RdfTerm.BlankNode(_text[start..end].ToString());
    }

    // literal ::= STRING_LITERAL_QUOTE ('^^' IRIREF | LANGTAG)?
    private RdfTerm? Literal()
    {
        if (Quoted('"', inIri: false) is not { } value)
        {
            return null;
        }

        if (Current == '@')
        {
            int start = ++_at;
            while (char.IsAsciiLetterOrDigit(Current) || Current == '-')
            {
                _at++;
            }

            ReadOnlySpan<char> tag = _text[start.._at];
            return NQuadsTerm.IsLanguageTag(tag) ? RdfTerm.Literal(value, LangString, tag.ToString()) : null;
        }

        if (!_text[_at..].StartsWith("^^<"))
        {
            return RdfTerm.Literal(value, NQuadsTerm.XsdString);
        }

        _at += 2;
        return Quoted('>', inIri: true) is { } datatype ? RdfTerm.Literal(value, datatype) : null;
    }

    // IRIREF and STRING_LITERAL_QUOTE, with their escapes.
    private string? Quoted(char close, bool inIri)
    {
        int start = ++_at;
        StringBuilder? unescaped = null;
        while (Current != close)
        {
            char c = Current;
            if (_at == _text.Length || c is '\r' or '\n' || (inIri && (c <= ' ' || c is '<' or '"' or '{' or '}' or '|' or '^' or '`')))
            {
                return null;
            }

            if (c == '\\')
            {
                unescaped ??= new StringBuilder().Append(_text[start.._at]);
                if (!Escape(unescaped, inIri))
                {
                    return null;
                }

                continue;
            }

            unescaped?.Append(c);
            _at++;
        }

        string value = unescaped?.ToString() ?? _text[start.._at].ToString();
        _at++;
        return value;
    }

    // ECHAR ::= '\' [tbnrf"'\], UCHAR ::= '\u' HEX HEX HEX HEX | '\U' and eight of them.
    private bool Escape(StringBuilder output, bool inIri)
    {
        char kind = _at + 1 < _text.Length ? _text[_at + 1] : '\0';
        if (kind is 'u' or 'U')
        {
            int digits = kind == 'u' ? 4 : 8;
            if (_text.Length - _at - 2 < digits
                || !int.TryParse(_text.Slice(_at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code)
                || !Rune.IsValid(code))
            {
                return false;
            }

            output.Append(new Rune(code).ToString());
            _at += 2 + digits;
            return true;
        }

        int named = inIri ? -1 : "tbnrf\"'\\".IndexOf(kind, StringComparison.Ordinal);
        if (named < 0)
        {
            return false;
        }

        output.Append("\t\b\n\r\f\"'\\"[named]);
        _at += 2;
        return true;
    }
}
