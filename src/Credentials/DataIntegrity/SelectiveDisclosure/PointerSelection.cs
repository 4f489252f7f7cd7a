using System.Text.Json.Nodes;

namespace Credentials.DataIntegrity.SelectiveDisclosure;

/// <summary>Selects a part of a compact JSON-LD document by JSON pointers: what they point to, and the ids and types on the way there.</summary>
/// <remarks>https://www.w3.org/TR/vc-di-ecdsa/#selectjsonld</remarks>
internal sealed class PointerSelection
{
    private static readonly string[] AlwaysSelected = ["id", "@id", "type", "@type"];

    private readonly JsonObject _document;

    // An array of the selection is kept by index, so that items stay in their order however the pointers come; made dense at the end.
    private readonly Dictionary<JsonArray, SortedDictionary<int, JsonNode?>> _arrays = [];

    private PointerSelection(JsonObject document) => _document = document;

    /// <summary>The selection, null (no value and no problem) for no pointers; a pointer to nothing is a problem.</summary>
    public static (JsonObject? Selection, Problem? Problem) Select(JsonObject document, IReadOnlyList<string> pointers)
    {
        // 1. If pointers is empty, return null. This indicates nothing has been selected from the original document.
        if (pointers.Count == 0)
        {
            return default;
        }

        if (pointers.Contains("", StringComparer.Ordinal))
        {
            return ((JsonObject)document.DeepClone(), null);
        }

        // 3. Initialize selectionDocument to an initial selection passing document as source. 4. Set the value of the @context property in selectionDocument to a copy of the value of the @context property in document.
        var selection = new PointerSelection(document);
        JsonObject selected = InitialSelection(document);
        if (document.TryGetPropertyValue("@context", out JsonNode? context))
        {
            selected.Insert(0, "@context", context?.DeepClone());
        }

        // 5. For each pointer in pointers, walk the document from root to the pointer target value, building the selectionDocument.
        // What a pointer leads to is copied: one that comes again selects nothing more. There are no two spellings of one.
        foreach (string pointer in pointers.Distinct(StringComparer.Ordinal))
        {
            if (JsonPointerPath.Parse(pointer) is not { } paths || !selection.SelectPaths(paths, selected))
            {
                return (null, new(ProblemCode.ProofGenerationError, $"The JSON pointer \"{Shorten(pointer)}\" points to nothing in the document.", Shorten(pointer)));
            }
        }

        // 6. For each array in arrays: make array dense by removing any undefined elements between elements that are defined.
        selection.Fill();
        return (selected, null);
    }

    /// <remarks>https://www.w3.org/TR/vc-di-ecdsa/#createinitialselection</remarks>
    private static JsonObject InitialSelection(JsonObject source)
    {
        // 2. If source has an id that is not a blank node identifier, set selection.id to its value. 3. If source.type is set, set selection.type to its value.
        var selection = new JsonObject();
        foreach (string name in AlwaysSelected)
        {
            if (source.TryGetPropertyValue(name, out JsonNode? value) && !IsBlank(value))
            {
                selection[name] = value?.DeepClone();
            }
        }

        return selection;
    }

    /// <remarks>https://www.w3.org/TR/vc-di-ecdsa/#selectpaths</remarks>
    private bool SelectPaths(string[] paths, JsonObject selectionDocument)
    {
        JsonNode? value = _document;
        JsonNode? selectedValue = selectionDocument;
        JsonNode? selectedParent = selectedValue;

        // 5. For each path in paths:
        foreach (string path in paths)
        {
            // 5.1 Set selectedParent to selectedValue. 5.2 Set parentValue to value.
            selectedParent = selectedValue;

            // 5.3 Set value to parentValue.path. If value is now undefined, an error MUST be raised and SHOULD convey an error type of PROOF_GENERATION_ERROR.
            if (!JsonPointerPath.TryStep(value, path, out value))
            {
                return false;
            }

            // 5.4 Set selectedValue to selectedParent.path.
            // 5.5 If selectedValue is now undefined: an empty array for an array, otherwise an initial selection passing value as source.
            if (!TryGet(selectedParent, path, out selectedValue))
            {
                selectedValue = value switch
                {
                    JsonArray => Sparse(),
                    JsonObject source => InitialSelection(source),
                    _ => null,
                };
                Set(selectedParent, path, selectedValue);
            }
        }

        // 7. If value is a literal, set selectedValue to value. 8. If value is an array, set selectedValue to a copy of value.
        // 9. In all other cases, set selectedValue to an object that merges a shallow copy of selectedValue with a deep copy of value: all of value then, for a selection holds nothing that its source does not.
        Set(selectedParent, paths[^1], value?.DeepClone());
        return true;
    }

    private JsonArray Sparse()
    {
        var array = new JsonArray();
        _arrays.Add(array, []);
        return array;
    }

    private bool TryGet(JsonNode? parent, string path, out JsonNode? value)
    {
        if (parent is JsonArray array && _arrays.TryGetValue(array, out SortedDictionary<int, JsonNode?>? items))
        {
            value = null;
            return JsonPointerPath.TryIndex(path, int.MaxValue, out int index) && items.TryGetValue(index, out value);
        }

        // Inside of what was selected whole before.
        return JsonPointerPath.TryStep(parent, path, out value);
    }

    private void Set(JsonNode? parent, string path, JsonNode? value)
    {
        if (parent is JsonArray array)
        {
            _ = JsonPointerPath.TryIndex(path, int.MaxValue, out int index);
            if (_arrays.TryGetValue(array, out SortedDictionary<int, JsonNode?>? items))
            {
                items[index] = value;
            }

            return;
        }

        ((JsonObject)parent!)[path] = value;
    }

    private void Fill()
    {
        foreach ((JsonArray array, SortedDictionary<int, JsonNode?> items) in _arrays)
        {
            foreach (JsonNode? item in items.Values)
            {
                array.Add(item);
            }
        }
    }

    private static bool IsBlank(JsonNode? id) =>
        id is JsonValue text && text.TryGetValue(out string? value) && value.StartsWith("_:", StringComparison.Ordinal);

    private static string Shorten(string pointer) => pointer.Length <= 200 ? pointer : pointer[..200] + "…";
}
