using System.Text.Json;
using Credentials.Encoding;

namespace Credentials.OpenId.Messages;

/// <summary>Reads the members of a message one after the other and keeps the first thing that is wrong, so that a reader reads like the specification's list of members. Members that are not asked for are passed over, as the specifications demand.</summary>
internal sealed class ObjectReader
{
    private readonly JsonElement _json;
    private readonly string _code;
    private readonly string _at;

    /// <param name="json">What should be an object.</param>
    /// <param name="code">The protocol's own code for what is malformed.</param>
    /// <param name="at">Pointer to it.</param>
    public ObjectReader(JsonElement json, string code, string at = "")
    {
        (_json, _code, _at) = (json, code, at);
        if (json.ValueKind != JsonValueKind.Object)
        {
            Fault("an object is wanted here", null);
        }
    }

    /// <summary>The first thing that is wrong.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>The message, unless something was wrong.</summary>
    public Parsed<T> Or<T>(Func<T> make)
        where T : class => Problem is { } problem ? problem : make();

    /// <summary>Text that must be there and not be empty; empty when it is not.</summary>
    public string Required(string name)
    {
        string? text = Optional(name);
        if (Problem is null && string.IsNullOrEmpty(text))
        {
            Fault("it is missing or empty", name);
        }

        return text ?? "";
    }

    /// <summary>Text, or null when the member is absent.</summary>
    public string? Optional(string name)
    {
        if (!Has(name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        Fault("it is no text", name);
        return null;
    }

    /// <summary>An absolute http or https URL without a fragment; null when the member is absent.</summary>
    public Uri? OptionalUrl(string name)
    {
        if (Optional(name) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "https" or "http" && url!.Fragment.Length == 0)
        {
            return url;
        }

        Fault("it is no https URL", name);
        return null;
    }

    /// <summary>A URL that must be there.</summary>
    public Uri RequiredUrl(string name)
    {
        Uri? url = OptionalUrl(name);
        if (Problem is null && url is null)
        {
            Fault("it is missing", name);
        }

        return url ?? new Uri("https://missing.invalid");
    }

    /// <summary>A whole number from a least one upwards; null when the member is absent.</summary>
    public int? Integer(string name, int least)
    {
        if (!Has(name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= least)
        {
            return number;
        }

        Fault($"it is no whole number from {least} upwards", name);
        return null;
    }

    /// <summary>True or false; the default when the member is absent.</summary>
    public bool Boolean(string name, bool otherwise = false)
    {
        if (!Has(name, out JsonElement value))
        {
            return otherwise;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Fault("it is neither true nor false", name);
        }

        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>An array of texts, none of them twice; empty when the member is absent. One that is there is not empty.</summary>
    public IReadOnlyList<string> Texts(string name, bool required = false)
    {
        List<string> texts = [];
        foreach (JsonElement item in Items(name, required))
        {
            if (item.ValueKind != JsonValueKind.String || item.GetString() is not { Length: > 0 } text || texts.Contains(text, StringComparer.Ordinal))
            {
                Fault("its items are texts, each once", name);
                return [];
            }

            texts.Add(text);
        }

        return texts;
    }

    /// <summary>The items of an array; none when the member is absent. An array that is there is not empty.</summary>
    public IReadOnlyList<JsonElement> Items(string name, bool required = false)
    {
        if (!Has(name, out JsonElement value))
        {
            if (required)
            {
                Fault("it is missing", name);
            }

            return [];
        }

        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0)
        {
            return [.. value.EnumerateArray()];
        }

        Fault("it is no array, or an empty one", name);
        return [];
    }

    /// <summary>A member that is an object, read by its own reader; null when it is absent.</summary>
    public T? Object<T>(string name, Func<JsonElement, string, Parsed<T>> read)
        where T : class => Has(name, out JsonElement value) ? Keep(read(value, JsonPointer.Member(_at, name))) : null;

    /// <summary>The items of an array of objects, each read by its own reader.</summary>
    public IReadOnlyList<T> Objects<T>(string name, Func<JsonElement, string, Parsed<T>> read)
        where T : class
    {
        List<T> objects = [];
        foreach (JsonElement item in Items(name))
        {
            if (Keep(read(item, JsonPointer.Item(JsonPointer.Member(_at, name), objects.Count))) is not { } value)
            {
                return [];
            }

            objects.Add(value);
        }

        return objects;
    }

    /// <summary>The value of a parsed part; keeps its problem.</summary>
    public T? Keep<T>(Parsed<T> part)
        where T : class
    {
        Problem ??= part.Problem;
        return part.Value;
    }

    /// <summary>Whether a member is there; null counts as absent.</summary>
    public bool Has(string name, out JsonElement value)
    {
        value = default;
        return _json.ValueKind == JsonValueKind.Object && _json.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    /// <summary>Keeps a fault of a member, or of the whole.</summary>
    public void Fault(string what, string? name) =>
        Problem ??= new Problem(_code, name is null ? $"The message cannot be read: {what}." : $"The member {name} cannot be read: {what}.", name is null ? _at : JsonPointer.Member(_at, name));
}
