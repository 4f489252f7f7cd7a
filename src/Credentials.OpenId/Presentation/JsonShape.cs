using System.Text.Json;
using Credentials.Encoding;

namespace Credentials.OpenId.Presentation;

/// <summary>Reads members of one object and remembers the first that has the wrong shape, with its pointer.</summary>
internal sealed class JsonShape(JsonElement json, string pointer, string code = PresentationError.InvalidRequest)
{
    /// <summary>The first fault.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>The object.</summary>
    public JsonElement Json => json;

    /// <summary>The pointer to a member.</summary>
    public string At(string name) => JsonPointer.Member(pointer, name);

    /// <summary>The member, if it is there.</summary>
    public JsonElement? Find(string name) => json.TryGetProperty(name, out JsonElement value) ? value : null;

    /// <summary>A text; null when absent.</summary>
    public string? Text(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : Blame<string>(name, "is text");

    /// <summary>A text that must be there and not be empty; empty after a fault.</summary>
    public string RequiredText(string name) => Text(name) is { Length: > 0 } text ? text : Blame<string>(name, "is text that must be there") ?? "";

    /// <summary>A boolean, or what holds in its absence.</summary>
    public bool Flag(string name, bool otherwise) => Find(name) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => Blame<string>(name, "is true or false") is not null,
    };

    /// <summary>A non-empty array of non-empty texts; empty when absent.</summary>
    public IReadOnlyList<string> Texts(string name, int max) => Items<string>(name, max, (item, at) =>
        item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 0 } text ? text : new Problem(code, "A text stands here, and is not empty.", at));

    /// <summary>A non-empty array of non-empty arrays of non-empty texts; empty when absent.</summary>
    public IReadOnlyList<IReadOnlyList<string>> TextLists(string name, int max) => Items<string[]>(name, max, (item, at) => ReadTexts(item, at, max));

    /// <summary>A non-empty array, each item read; empty when absent.</summary>
    public IReadOnlyList<T> Items<T>(string name, int max, Func<JsonElement, string, Parsed<T>> read)
        where T : class
    {
        if (Find(name) is not { } array)
        {
            return [];
        }

        if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() == 0 || array.GetArrayLength() > max)
        {
            return Blame<T[]>(name, $"is an array of 1 to {max} items") ?? [];
        }

        List<T> items = [];
        foreach (JsonElement item in array.EnumerateArray())
        {
            Parsed<T> one = read(item, JsonPointer.Item(At(name), items.Count));
            if (!one.Ok)
            {
                Problem ??= one.Problem;
                return [];
            }

            items.Add(one.Value);
        }

        return items;
    }

    /// <summary>Says that a member is wrong.</summary>
    public T? Blame<T>(string name, string what)
        where T : class
    {
        Problem ??= new(code, $"The member {name} {what}.", At(name));
        return null;
    }

    private Parsed<string[]> ReadTexts(JsonElement array, string at, int max)
    {
        string?[] texts = array.ValueKind == JsonValueKind.Array && array.GetArrayLength() <= max
            ? [.. array.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString() : null)]
            : [];
        return texts.Length > 0 && Array.TrueForAll(texts, text => text is { Length: > 0 })
            ? texts.OfType<string>().ToArray()
            : new Problem(code, $"An array of 1 to {max} texts stands here.", at);
    }
}
