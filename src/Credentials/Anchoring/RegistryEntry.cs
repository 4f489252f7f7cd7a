namespace Credentials.Anchoring;

/// <summary>The entry of <c>credentialStatus</c> by which a signed credential names its registry, its institution and its own handle.</summary>
/// <param name="Registry">Chain id and contract.</param>
/// <param name="Institution">The institution that anchors and may revoke.</param>
/// <param name="Handle">The credential's own random handle.</param>
/// <remarks>JSON: <c>{"id":"urn:credentials:registry:v1:eip155:CHAIN:0xCONTRACT:0xINSTITUTION:0xHANDLE","type":"urn:credentials:registry-entry:v1"}</c>. Both are absolute IRIs, so no extra context is needed.</remarks>
public sealed record RegistryEntry(RegistryAddress Registry, InstitutionId Institution, RegistryHandle Handle)
{
    /// <summary>The entry's <c>type</c>.</summary>
    public const string Type = "urn:credentials:registry-entry:v1";

    /// <summary>How the entry's <c>id</c> begins.</summary>
    public const string IdPrefix = "urn:credentials:registry:v1:";

    /// <summary>More characters than any entry's id has.</summary>
    private const int MaxLength = 256;

    /// <summary>The entry's <c>id</c>.</summary>
    public string Id => $"{IdPrefix}{Registry}:{Institution}:{Handle}";

    /// <summary>Reads an <c>id</c>. Refuses anything that <see cref="Id"/> would not write, so that one entry has one spelling.</summary>
    public static Parsed<RegistryEntry> Parse(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        string[] parts = id.Length <= MaxLength && id.StartsWith(IdPrefix, StringComparison.Ordinal) ? id[IdPrefix.Length..].Split(':') : [];
        return parts.Length == 5
            && RegistryAddress.TryParse(string.Join(':', parts[..3]), out RegistryAddress? registry)
            && InstitutionId.TryParse(parts[3], out InstitutionId institution)
            && RegistryHandle.TryParse(parts[4], out RegistryHandle handle)
            && new RegistryEntry(registry, institution, handle) is var entry
            && entry.Id == id
                ? entry
                : new Problem(ProblemCode.MalformedValueError, $"A registry entry's id must read {IdPrefix}eip155:CHAIN:0xCONTRACT:0xINSTITUTION:0xHANDLE in lower case.");
    }
}
