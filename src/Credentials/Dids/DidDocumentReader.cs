using System.Text.Json;
using Credentials.Encoding;

namespace Credentials.Dids;

/// <summary>Reads one DID document.</summary>
/// <remarks>https://www.w3.org/TR/cid-1.0/#verification-relationships</remarks>
internal sealed class DidDocumentReader(string did)
{
    /// <summary>More methods than any institution has keys.</summary>
    private const int MaxMethods = 256;

    private readonly List<VerificationMethod> _methods = [];
    private Problem? _problem;

    internal Parsed<DidDocument> Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Fault("A DID document is a JSON object.", "");
        }

        if (!json.TryGetProperty("id", out JsonElement id) || id.ValueKind != JsonValueKind.String || !id.ValueEquals(did))
        {
            return Fault($"This document is not about {did}: its id must be exactly that.", "/id");
        }

        foreach ((JsonElement method, string pointer) in ItemsOf(json, "verificationMethod"))
        {
            Add(method, pointer);
        }

        string[] assertion = ReadRelationship(json, "assertionMethod");
        string[] authentication = ReadRelationship(json, "authentication");
        return _problem is null ? new DidDocument(did, _methods, assertion, authentication, json) : _problem;
    }

    private string[] ReadRelationship(JsonElement json, string name)
    {
        var ids = new List<string>();
        foreach ((JsonElement item, string pointer) in ItemsOf(json, name))
        {
            string? id = item.ValueKind == JsonValueKind.String
                ? VerificationMethod.AbsoluteId(item.GetString()!, did)
                : Add(item, pointer);
            if (id is not null)
            {
                ids.Add(id);
            }
            else
            {
                _problem ??= Fault("Expected a verification method, or the id of one.", pointer);
            }
        }

        return [.. ids];
    }

    /// <summary>Adds a method, and answers its id.</summary>
    private string? Add(JsonElement json, string pointer)
    {
        Parsed<VerificationMethod> read = VerificationMethod.Read(json, did, pointer);
        if (!read.Ok)
        {
            _problem ??= read.Problem;
            return null;
        }

        VerificationMethod method = read.Value;
        if (_methods.Exists(other => other.Id == method.Id))
        {
            _problem ??= Fault("Two verification methods have one id, so that nobody can tell which one counts.", pointer);
        }
        else if (_methods.Count == MaxMethods)
        {
            _problem ??= Fault($"A document with more than {MaxMethods} verification methods is not read.", pointer);
        }
        else if (method.Id.StartsWith(did + "#", StringComparison.Ordinal))
        {
            // Only this DID's own: nobody can lend somebody else's name to a key of theirs.
            _methods.Add(method);
        }

        return method.Id;
    }

    private List<(JsonElement Item, string Pointer)> ItemsOf(JsonElement json, string name)
    {
        var items = new List<(JsonElement, string)>();
        if (json.TryGetProperty(name, out JsonElement array))
        {
            if (array.ValueKind == JsonValueKind.Array)
            {
                items.AddRange(array.EnumerateArray().Select((item, index) => (item, JsonPointer.Item("/" + name, index))));
            }
            else
            {
                _problem ??= Fault("Expected an array.", "/" + name);
            }
        }

        return items;
    }

    private static Problem Fault(string detail, string pointer) => new(ProblemCode.InvalidDidDocument, detail, pointer);
}
