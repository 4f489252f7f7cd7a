using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Credentials.Encoding;

namespace Credentials.Anchoring;

/// <summary>Reads the members of a receipt, a receipt file or a piece of evidence, and keeps the first problem: the caller reads on with empty values and asks at the end.</summary>
internal sealed class AnchorJsonReader
{
    private readonly JsonElement _json;
    private readonly string _pointer;
    private readonly string _code;

    internal AnchorJsonReader(JsonElement json, string pointer = "", string code = ProblemCode.AnchorReceiptError)
    {
        (_json, _pointer, _code) = (json, pointer, code);
        if (json.ValueKind != JsonValueKind.Object)
        {
            Fault("Expected a JSON object.", null);
        }
    }

    /// <summary>The first problem, if any.</summary>
    internal Problem? Problem { get; private set; }

    internal void Fault(string detail, string? member) =>
        Problem ??= new(_code, detail, member is null ? _pointer : JsonPointer.Member(_pointer, member));

    internal void Fault(string detail, string member, int index) =>
        Problem ??= new(_code, detail, JsonPointer.Item(JsonPointer.Member(_pointer, member), index));

    /// <summary>Takes over the problem of a member's own reader.</summary>
    internal void Adopt(AnchorJsonReader other) => Adopt(other.Problem);

    /// <summary>Takes over a problem, if it is one; its pointer is of the whole document.</summary>
    internal void Adopt(Problem? problem) => Problem ??= problem;

    /// <summary>Reads <c>version</c> before all else, so that a newer document is told apart from a broken one.</summary>
    internal void Version()
    {
        if (Member("version") is not { } version)
        {
            Fault("The version is missing.", "version");
        }
        else if (version.ValueKind != JsonValueKind.Number || version.GetRawText() != "1")
        {
            string other = version.ValueKind == JsonValueKind.Number && version.TryGetInt64(out long number) ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : "unknown";
            Problem ??= AnchorReceiptFormat.UnknownVersion(other, $"{_pointer}/version") with { Code = _code };
        }
    }

    /// <summary>Refuses a document that says that it is another one.</summary>
    internal void Type(string type)
    {
        if (Text("type") != type)
        {
            Fault($"Expected the type {type}.", "type");
        }
    }

    /// <summary>Refuses members that this version does not have.</summary>
    internal void AllowOnly(params ReadOnlySpan<string> names)
    {
        if (_json.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (JsonProperty member in _json.EnumerateObject())
        {
            if (!names.Contains(member.Name))
            {
                Fault("Version 1 has no such member.", member.Name);
            }
        }
    }

    internal string? Text(string name) => Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    internal long Number(string name)
    {
        if (Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long value) && value >= 0)
        {
            return value;
        }

        Fault("Expected an integer of 0 or more.", name);
        return 0;
    }

    internal ulong Unsigned(string name)
    {
        if (Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetUInt64(out ulong value))
        {
            return value;
        }

        Fault("Expected an integer of 0 or more.", name);
        return 0;
    }

    internal Bytes32 Hash(string name)
    {
        if (!Bytes32.TryParse(Text(name), out Bytes32 value))
        {
            Fault("Expected 0x and 64 hexadecimal digits.", name);
        }

        return value;
    }

    internal RegistryAddress? Registry()
    {
        if (!RegistryAddress.TryParse(Text("registry"), out RegistryAddress? value))
        {
            Fault("Expected eip155:CHAIN:0xCONTRACT.", "registry");
        }

        return value;
    }

    /// <summary>The items of an array; empty when there is none.</summary>
    internal JsonElement[] Array(string name, int most)
    {
        if (Member(name) is not { ValueKind: JsonValueKind.Array } array)
        {
            Fault("Expected an array.", name);
            return [];
        }

        if (array.GetArrayLength() > most)
        {
            Fault($"Expected at most {most} items.", name);
            return [];
        }

        return [.. array.EnumerateArray()];
    }

    /// <summary>A member that may be absent; an object when it is there.</summary>
    internal bool TryObject(string name, [NotNullWhen(true)] out AnchorJsonReader? reader)
    {
        reader = Member(name) is { } json ? new(json, JsonPointer.Member(_pointer, name), _code) : null;
        return reader is not null;
    }

    /// <summary>A member's value; null when it is absent.</summary>
    internal JsonElement? Member(string name) =>
        _json.ValueKind == JsonValueKind.Object && _json.TryGetProperty(name, out JsonElement value) ? value : null;
}
