using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Encoding;
using Credentials.Status;

namespace Credentials.DataModel;

/// <summary>The entries of <c>credentialStatus</c>: what each must be, and what it says.</summary>
/// <remarks>https://www.w3.org/TR/vc-data-model-2.0/#status</remarks>
internal static class StatusShape
{
    /// <summary>A typed entry; one of a type that is known here must keep that type's rules.</summary>
    internal static Shape Entry(bool idRequired)
    {
        Shape typed = Shapes.Typed(idRequired);
        return (check, value, pointer) =>
        {
            typed(check, value, pointer);
            string[] types = TypesOf(value);
            if (types.Contains(BitstringStatusListEntry.Type))
            {
                BitstringStatusListEntry.Read(check, value, pointer);
            }

            if (types.Contains(TokenStatusListEntry.Type))
            {
                TokenStatusListEntry.Read(check, value, pointer);
            }

            if (types.Contains(RegistryEntry.Type) && ReadRegistryEntry(value) is { Problem: { } problem })
            {
                check.Malformed(JsonPointer.Member(pointer, "id"), problem.Detail);
            }
        };
    }

    /// <summary>The entries of a document that has no problem, sorted by what they are.</summary>
    internal static (IReadOnlyList<BitstringStatusListEntry> Lists, IReadOnlyList<TokenStatusListEntry> Tokens, IReadOnlyList<RegistryEntry> Registries, IReadOnlyList<string> Unknown) Read(JsonElement document)
    {
        var lists = new List<BitstringStatusListEntry>();
        var tokens = new List<TokenStatusListEntry>();
        var registries = new List<RegistryEntry>();
        var unknown = new List<string>();
        if (document.TryGetProperty("credentialStatus", out JsonElement status))
        {
            foreach (JsonElement entry in status.ValueKind == JsonValueKind.Array ? status.EnumerateArray().ToArray() : [status])
            {
                string[] types = TypesOf(entry);
                bool known = false;
                if (types.Contains(BitstringStatusListEntry.Type) && BitstringStatusListEntry.Read(new ShapeCheck(), entry, "") is { } list)
                {
                    lists.Add(list);
                    known = true;
                }

                if (types.Contains(TokenStatusListEntry.Type) && TokenStatusListEntry.Read(new ShapeCheck(), entry, "") is { } token)
                {
                    tokens.Add(token);
                    known = true;
                }

                if (types.Contains(RegistryEntry.Type) && ReadRegistryEntry(entry) is { Ok: true, Value: { } registry })
                {
                    registries.Add(registry);
                    known = true;
                }

                if (!known)
                {
                    unknown.Add(string.Join(' ', types));
                }
            }
        }

        return (lists, tokens, registries, unknown);
    }

    private static string[] TypesOf(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("type", out JsonElement type) ? CredentialRules.TypesOf(type) : [];

    private static Parsed<RegistryEntry> ReadRegistryEntry(JsonElement entry) =>
        entry.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.String
            ? RegistryEntry.Parse(id.GetString()!)
            : new Problem(ProblemCode.MalformedValueError, "A registry entry needs an id that names registry, institution and handle.");
}
