using System.Security.Cryptography;
using System.Text.Json;
using Credentials.DataModel;

namespace Credentials.Schema;

/// <summary>An entry of <c>credentialSchema</c>: where the schema is, of what kind, and the digests by which the signed credential knows it.</summary>
/// <remarks>https://www.w3.org/TR/vc-json-schema/. A digest stands in the entry itself, or in a <c>relatedResource</c> of the same id.</remarks>
public sealed class CredentialSchema
{
    /// <summary>A JSON Schema lies at the id.</summary>
    public const string JsonSchemaType = "JsonSchema";

    /// <summary>A credential that holds a JSON Schema lies at the id.</summary>
    public const string JsonSchemaCredentialType = "JsonSchemaCredential";

    /// <summary>What Open Badges 3.0 calls a JSON Schema of draft 2019-09.</summary>
    public const string OpenBadgesType = "1EdTechJsonSchemaValidator2019";

    private static readonly (string Member, Func<string, IEnumerable<byte[]>?> Read)[] DigestMembers =
    [
        ("digestSRI", ResourceDigest.ReadSri),
        ("digestMultibase", ResourceDigest.ReadMultibase),
    ];

    // One list for each digest member that was written: all of them must match.
    private readonly IReadOnlyList<IReadOnlyList<byte[]>> _digests;

    private CredentialSchema(string id, IReadOnlyList<string> types, IReadOnlyList<IReadOnlyList<byte[]>> digests) => (Id, Types, _digests) = (id, types, digests);

    /// <summary>The URL of the schema, as written.</summary>
    public string Id { get; }

    /// <summary>The entry's types.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>Whether the signed credential has a digest of the schema.</summary>
    public bool HasDigest => _digests.Count > 0;

    /// <summary>The entries of a credential; one that is no object or has no id is left out.</summary>
    public static IReadOnlyList<CredentialSchema> ReadAll(VerifiableCredential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        JsonElement[] related = ItemsOf(credential.Json, "relatedResource");
        var schemas = new List<CredentialSchema>();
        foreach (JsonElement entry in ItemsOf(credential.Json, "credentialSchema"))
        {
            if (IdOf(entry) is { } id)
            {
                schemas.Add(new(id, entry.TryGetProperty("type", out JsonElement type) ? CredentialRules.TypesOf(type) : [], [.. related.Where(resource => IdOf(resource) == id).Prepend(entry).SelectMany(DigestsOf)]));
            }
        }

        return schemas;
    }

    /// <summary>Whether bytes have every digest that the signed credential gives; true where it gives none.</summary>
    public bool Matches(ReadOnlySpan<byte> bytes)
    {
        byte[][] own = [SHA256.HashData(bytes), SHA384.HashData(bytes), SHA512.HashData(bytes)];
        return _digests.All(said => said.Any(digest => own.Any(one => one.AsSpan().SequenceEqual(digest))));
    }

    /// <summary>The schema in a <c>JsonSchemaCredential</c>, or the problem with it.</summary>
    /// <remarks>"The credentialSubject property MUST contain two properties: type – the value of which MUST be JsonSchema; jsonSchema – an object which contains a valid JSON Schema".</remarks>
    public static Parsed<JsonSchema> ReadFrom(VerifiableCredential credential, Uri? retrievedFrom)
    {
        ArgumentNullException.ThrowIfNull(credential);
        JsonElement subject = credential.Json.GetProperty("credentialSubject");
        return credential.Types.Contains(JsonSchemaCredentialType, StringComparer.Ordinal)
            && subject.ValueKind == JsonValueKind.Object && subject.TryGetProperty("type", out JsonElement type) && CredentialRules.TypesOf(type).Contains(JsonSchemaType, StringComparer.Ordinal)
            && subject.TryGetProperty("jsonSchema", out JsonElement schema)
                ? JsonSchema.Read(schema, retrievedFrom)
                : new Problem(ProblemCode.MalformedValueError, $"This is no {JsonSchemaCredentialType} with a jsonSchema.", "/credentialSubject");
    }

    private static IEnumerable<IReadOnlyList<byte[]>> DigestsOf(JsonElement entry)
    {
        foreach ((string member, Func<string, IEnumerable<byte[]>?> read) in DigestMembers)
        {
            if (entry.TryGetProperty(member, out _))
            {
                // A digest that cannot be read matches nothing: it was meant to count.
                yield return [.. ItemsOf(entry, member).Where(item => item.ValueKind == JsonValueKind.String).SelectMany(item => read(item.GetString()!) ?? [])];
            }
        }
    }

    private static JsonElement[] ItemsOf(JsonElement owner, string name) =>
        !owner.TryGetProperty(name, out JsonElement value) ? [] : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];

    private static string? IdOf(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
}
