using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using Credentials.Encoding;

namespace Credentials.Canonicalization;

/// <summary>Writes canonical forms into one buffer, in a single pass over the raw text of the value; members that come out of order are moved when their object ends.</summary>
/// <remarks>RFC 8785. Each thread keeps one writer for its next document: rent it, and dispose it to give it back.</remarks>
internal sealed class JcsWriter : IDisposable
{
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = StrictJson.MaxDepth };

    private const int InitialSize = 4096;

    [ThreadStatic]
    private static JcsWriter? _idle;

    private readonly ByteBuffer _output = new(InitialSize);
    private readonly ByteBuffer _scratch = new(InitialSize);
    private readonly List<JcsMember> _members = new(32);

    private JcsWriter()
    {
    }

    /// <summary>What has been written; gone with the next document and with disposal.</summary>
    public ReadOnlySpan<byte> Written => _output.Written;

    /// <summary>This thread's writer, or a new one while that is in use.</summary>
    public static JcsWriter Rent()
    {
        JcsWriter writer = _idle ?? new();
        _idle = null;
        return writer;
    }

    /// <summary>Writes the canonical form of a value, in place of what was written before.</summary>
    /// <param name="value">The value.</param>
    /// <param name="exceptMember">A member of the value itself that is left out.</param>
    /// <param name="replacedMember">A member of the value itself that is written with another value.</param>
    /// <param name="replacement">That other value.</param>
    /// <exception cref="FormatException">There is no canonical form.</exception>
    public void WriteDocument(JsonElement value, string? exceptMember = null, string? replacedMember = null, JsonElement replacement = default)
    {
        _output.Clear();
        _members.Clear();
        ReadOnlySpan<byte> raw = Raw(value);
        try
        {
            var reader = new Utf8JsonReader(raw, ReaderOptions);
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                WriteObject(ref reader, exceptMember, replacedMember, replacement);
            }
            else
            {
                WriteValue(ref reader);
            }
        }
        catch (JsonException e)
        {
            throw new FormatException($"The value cannot be read: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        _output.Trim();
        _scratch.Trim();
        _idle = this;
    }

    private static ReadOnlySpan<byte> Raw(JsonElement value)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(value);
        return Utf8.IsValid(raw) ? raw : throw new FormatException("The value is not UTF-8.");
    }

    private void WriteValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                WriteObject(ref reader, null, null, default);
                break;
            case JsonTokenType.StartArray:
                WriteArray(ref reader);
                break;
            case JsonTokenType.String:
                JcsString.Write(_output, reader.ValueSpan, reader.ValueIsEscaped);
                break;
            case JsonTokenType.Number:
                JcsNumber.Write(_output, reader.ValueSpan);
                break;
            default:
                // RFC 8785 section 3.2.2.1: the literals as they are.
                _output.Append(reader.ValueSpan);
                break;
        }
    }

    private void WriteArray(ref Utf8JsonReader reader)
    {
        _output.Append((byte)'[');
        bool first = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!first)
            {
                _output.Append((byte)',');
            }

            first = false;
            WriteValue(ref reader);
        }

        _output.Append((byte)']');
    }

    private void WriteObject(ref Utf8JsonReader reader, string? exceptMember, string? replacedMember, JsonElement replacement)
    {
        _output.Append((byte)'{');
        int firstMember = _members.Count;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (exceptMember is not null && reader.ValueTextEquals(exceptMember))
            {
                reader.Skip();
                continue;
            }

            bool replaced = replacedMember is not null && reader.ValueTextEquals(replacedMember);
            WriteMember(ref reader, separated: _members.Count > firstMember, replaced ? replacement : null);
        }

        JcsMember.Order(_output, _scratch, CollectionsMarshal.AsSpan(_members)[firstMember..]);
        _members.RemoveRange(firstMember, _members.Count - firstMember);
        _output.Append((byte)'}');
    }

    private void WriteMember(ref Utf8JsonReader reader, bool separated, JsonElement? replacement)
    {
        if (separated)
        {
            _output.Append((byte)',');
        }

        int start = _output.Length;
        JcsString.Write(_output, reader.ValueSpan, reader.ValueIsEscaped);
        int nameEnd = _output.Length - 1;
        _output.Append((byte)':');
        reader.Read();
        if (replacement is { } other)
        {
            reader.Skip();
            var inner = new Utf8JsonReader(Raw(other), ReaderOptions);
            inner.Read();
            WriteValue(ref inner);
        }
        else
        {
            WriteValue(ref reader);
        }

        _members.Add(new(start, nameEnd, _output.Length));
    }
}
