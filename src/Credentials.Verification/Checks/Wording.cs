using System.Runtime.InteropServices;
using System.Text.Json;
using Credentials.Encoding;
using Credentials.JsonLd;

namespace Credentials.Verification.Checks;

/// <summary>Whether the words of a document are those of contexts that are trusted, each in its one spelling.</summary>
/// <remarks>
/// A signature over statements covers what the words mean, not the words. Whoever hands a document over can append a context of his own in which <c>degreeName</c> and <c>thesisTitle</c> have changed places, exchange the two, and the signature holds;
/// or write <c>validUntil</c> as the IRI that it stands for, where no reader of JSON looks for it. So such a document is read by its words only if all of them are plain:
/// contexts named by URL, one place for each thing that is described, no member that is an IRI, no type that is one for which a context has a word, no keyword of JSON-LD but in a language value. This is "validating contexts" by the strictest of the ways that the specification gives: https://www.w3.org/TR/vc-data-integrity/#validating-contexts.
/// </remarks>
internal sealed class Wording
{
    private readonly JsonElement _document;
    private readonly ContextLibrary _contexts;
    private List<ReadOnlyMemory<byte>>? _named;

    private Wording(JsonElement document, ContextLibrary contexts) => (_document, _contexts) = (document, contexts);

    /// <summary>The first word of which the signature does not say that it was the signer's, or null.</summary>
    /// <param name="document">A document whose signature holds.</param>
    /// <param name="contexts">The contexts that are trusted.</param>
    public static Problem? FaultIn(JsonElement document, ContextLibrary contexts) => new Wording(document, contexts).FaultIn(document);

    private Problem? FaultIn(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => FaultInObject(json),
        JsonValueKind.Array => FaultInArray(json),
        _ => null,
    };

    private Problem? FaultInObject(JsonElement json)
    {
        bool isValue = json.TryGetProperty("@value", out _);
        foreach (JsonProperty member in json.EnumerateObject())
        {
            Problem? problem = member.NameEquals("@context") ? IsByUrl(member.Value) ? null : Fault("It brings a context of its own, in which words may mean anything.")
                : !IsPlain(member, isValue) ? Fault("It uses an IRI or a keyword of JSON-LD where a word is expected.")
                : member.NameEquals("id") && IsElsewhere(json, member.Value) ? Fault("It describes one thing in several places, so that what is said of it can be moved about.")
                : member.NameEquals("type") && IsSpeltOut(member.Value) ? Fault("It names a type by its IRI where a word is expected.")
                : FaultIn(member.Value) is { } inner ? inner
                : null;
            if (problem is not null)
            {
                return problem with { Pointer = JsonPointer.Member("", member.Name) + problem.Pointer };
            }
        }

        return null;
    }

    private Problem? FaultInArray(JsonElement json)
    {
        int index = 0;
        HashSet<string>? ids = null;
        foreach (JsonElement item in json.EnumerateArray())
        {
            bool isTwice = IdOf(item) is { } id && !(ids ??= new(StringComparer.Ordinal)).Add(id);
            if ((isTwice ? Fault("It describes one thing in several items of a list.") : FaultIn(item)) is { } problem)
            {
                return problem with { Pointer = JsonPointer.Item("", index) + problem.Pointer };
            }

            index++;
        }

        return null;
    }

    private static bool IsPlain(JsonProperty member, bool isValue)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8PropertyName(member);
        if (!raw.ContainsAny((byte)':', (byte)'@', (byte)'\\'))
        {
            return true;
        }

        string name = member.Name;
        return name.StartsWith('@') ? isValue && name is "@value" or "@language" or "@direction" or "@type" : !name.Contains(':', StringComparison.Ordinal);
    }

    // A blank node that is named can be taken apart; so can the document itself, where something in it bears its id.
    private bool IsElsewhere(JsonElement owner, JsonElement id) =>
        id.ValueKind == JsonValueKind.String
        && (id.GetString()!.StartsWith("_:", StringComparison.Ordinal) || (IdOf(_document) == id.GetString() && owner.GetPropertyCount() > 1 && !JsonElement.DeepEquals(owner, _document)));

    private static string? IdOf(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;

    private static bool IsByUrl(JsonElement context) =>
        context.ValueKind == JsonValueKind.String
        || (context.ValueKind == JsonValueKind.Array && context.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String));

    private bool IsSpeltOut(JsonElement type) => type.ValueKind switch
    {
        JsonValueKind.String => type.GetString() is { } name && name.Contains(':', StringComparison.Ordinal) && HasWordFor(name),
        JsonValueKind.Array => type.EnumerateArray().Any(IsSpeltOut),
        _ => false,
    };

    /// <summary>Whether a context may have a word for a type that is written as an IRI: it speaks of the IRI's namespace, or of a prefix of the name of its scheme.</summary>
    private bool HasWordFor(string type)
    {
        byte[] space = System.Text.Encoding.UTF8.GetBytes(type[..(type.LastIndexOfAny(['#', '/', ':']) + 1)]);
        byte[] prefix = System.Text.Encoding.UTF8.GetBytes($"\"{type[..type.IndexOf(':', StringComparison.Ordinal)]}\"");
        _named ??= [.. ContextsIn(_document).Distinct(StringComparer.Ordinal).Select(_contexts.Find).OfType<ReadOnlyMemory<byte>>()];
        return _named.Exists(context => context.Span.IndexOf(space) >= 0 || context.Span.IndexOf(prefix) >= 0);
    }

    private static IEnumerable<string> ContextsIn(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => member.NameEquals("@context") ? UrlsOf(member.Value) : ContextsIn(member.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(ContextsIn),
        _ => [],
    };

    private static IEnumerable<string> UrlsOf(JsonElement context) =>
        (context.ValueKind == JsonValueKind.Array ? [.. context.EnumerateArray()] : new[] { context }).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);

    private static Problem Fault(string detail) => new(ProblemCode.UnknownContext, $"The signature covers what the document's words mean, not the words, so that they can be exchanged. {detail}", "");
}
