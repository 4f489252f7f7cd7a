using System.Buffers;
using System.Text.Json;

namespace Credentials.OpenId.Presentation.Dcql;

/// <summary>Reads queries: every rule of section 6 that a query alone can break.</summary>
internal static class DcqlReader
{
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    public static Parsed<DcqlQuery> Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Fault("A DCQL query is an object.", "");
        }

        var shape = new JsonShape(json, "");

        // credentials: REQUIRED. A non-empty array of Credential Queries.
        IReadOnlyList<CredentialQuery> credentials = shape.Items("credentials", DcqlQuery.MaxCredentials, ReadCredential);
        if (credentials.Count == 0)
        {
            shape.Blame<string>("credentials", "must be there");
        }

        // "Within the Authorization Request, the same id MUST NOT be present more than once."
        if (credentials.GroupBy(query => query.Id, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
        {
            shape.Blame<string>("credentials", $"has the id {twice.Key} twice");
        }

        // credential_sets: OPTIONAL. A non-empty array of Credential Set Queries.
        HashSet<string> ids = credentials.Select(query => query.Id).ToHashSet(StringComparer.Ordinal);
        IReadOnlyList<CredentialSetQuery> sets = shape.Items("credential_sets", DcqlQuery.MaxSets, (item, at) => ReadSet(item, at, ids));
        return shape.Problem is { } problem ? problem : new DcqlQuery(credentials, sets);
    }

    private static Parsed<CredentialQuery> ReadCredential(JsonElement json, string at)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Fault("A credential query is an object.", at);
        }

        var shape = new JsonShape(json, at);
        string id = ReadId(shape) ?? shape.Blame<string>("id", "is letters, digits, _ and -, and must be there") ?? "";
        string format = shape.RequiredText("format");

        // meta: REQUIRED. "If empty, no specific constraints are placed on the metadata or validity of the requested Credential."
        var meta = new JsonShape(shape.Find("meta") is { ValueKind: JsonValueKind.Object } found ? found : JsonDocument.Parse("{}").RootElement, shape.At("meta"));
        if (shape.Find("meta") is not { ValueKind: JsonValueKind.Object })
        {
            shape.Blame<string>("meta", "is an object that must be there");
        }

        // "Within the particular claims array, the same id MUST NOT be present more than once."
        IReadOnlyList<ClaimsQuery> claims = shape.Items("claims", DcqlQuery.MaxClaims, (item, where) => ReadClaim(item, where, format));
        if (claims.Where(claim => claim.Id is not null).GroupBy(claim => claim.Id, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
        {
            shape.Blame<string>("claims", $"has the id {twice.Key} twice");
        }

        var query = new CredentialQuery(id, format)
        {
            Multiple = shape.Flag("multiple", otherwise: false),
            RequiresHolderBinding = shape.Flag("require_cryptographic_holder_binding", otherwise: true),
            VctValues = format == CredentialFormat.SdJwtVc ? ReadMeta(meta, "vct_values", m => m.Texts("vct_values", DcqlQuery.MaxSets)) : [],
            TypeValues = CredentialFormats.IsW3C(format) ? ReadMeta(meta, "type_values", m => m.TextLists("type_values", DcqlQuery.MaxSets)) : [],
            DoctypeValue = format == CredentialFormats.Mdoc && meta.Json.EnumerateObject().Any() ? meta.RequiredText("doctype_value") : null,
            TrustedAuthorities = shape.Items("trusted_authorities", DcqlQuery.MaxSets, ReadAuthorities),
            Claims = claims,
            ClaimSets = ReadClaimSets(shape, claims),
        };
        return (shape.Problem ?? meta.Problem) is { } problem ? problem : query;
    }

    // The parameter of the format is REQUIRED in a meta that is not empty.
    private static IReadOnlyList<T> ReadMeta<T>(JsonShape meta, string name, Func<JsonShape, IReadOnlyList<T>> read)
    {
        if (meta.Json.EnumerateObject().Any() && meta.Find(name) is null)
        {
            meta.Blame<string>(name, "must be there");
        }

        return read(meta);
    }

    private static Parsed<TrustedAuthoritiesQuery> ReadAuthorities(JsonElement json, string at)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Fault("A trusted authorities query is an object.", at);
        }

        var shape = new JsonShape(json, at);
        var query = new TrustedAuthoritiesQuery(shape.RequiredText("type"), shape.Texts("values", DcqlQuery.MaxClaims));
        if (query.Values.Count == 0)
        {
            shape.Blame<string>("values", "must be there");
        }

        return shape.Problem is { } problem ? problem : query;
    }

    private static Parsed<ClaimsQuery> ReadClaim(JsonElement json, string at, string format)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Fault("A claims query is an object.", at);
        }

        var shape = new JsonShape(json, at);
        string? id = shape.Find("id") is null ? null : ReadId(shape) ?? shape.Blame<string>("id", "is letters, digits, _ and -");
        Parsed<ClaimsPath> path = shape.Find("path") is { } steps ? ClaimsPath.Read(steps, shape.At("path")) : Fault("A claims query has a path.", shape.At("path"));
        IReadOnlyList<JsonValue> values = shape.Items("values", DcqlQuery.MaxSets, ReadValue);
        if (shape.Problem is not null || !path.Ok)
        {
            return (shape.Problem ?? path.Problem)!;
        }

        // Section 7.2: into an mdoc lead exactly two names.
        bool isMdoc = format == CredentialFormats.Mdoc;
        if (isMdoc && (path.Value.Steps.Count != 2 || path.Value.Steps.Any(step => step.Name is null)))
        {
            return Fault("A claims path into an mdoc has two names: namespace and data element.", shape.At("path"));
        }

        bool? retain = isMdoc && shape.Find("intent_to_retain") is not null ? shape.Flag("intent_to_retain", otherwise: false) : null;
        return shape.Problem is { } problem ? problem
            : new ClaimsQuery(path.Value) { Id = id, Values = [.. values.Select(value => value.Json)], IntentToRetain = retain };
    }

    private static Parsed<JsonValue> ReadValue(JsonElement json, string at) =>
        json.ValueKind is JsonValueKind.String or JsonValueKind.True or JsonValueKind.False || (json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out _))
            ? new JsonValue(json.Clone())
            : Fault("The values of a claim are strings, integers and booleans.", at);

    private static IReadOnlyList<IReadOnlyList<string>> ReadClaimSets(JsonShape shape, IReadOnlyList<ClaimsQuery> claims)
    {
        IReadOnlyList<IReadOnlyList<string>> sets = shape.TextLists("claim_sets", DcqlQuery.MaxSets);
        if (shape.Find("claim_sets") is null)
        {
            return [];
        }

        // "claim_sets MUST NOT be present if claims is absent."
        if (claims.Count == 0)
        {
            shape.Blame<string>("claim_sets", "must not be there without claims");
            return [];
        }

        // id: "REQUIRED if claim_sets is present in the Credential Query".
        if (claims.Any(claim => claim.Id is null))
        {
            shape.Blame<string>("claims", "has an id for each where there are claim_sets");
            return [];
        }

        if (sets.SelectMany(set => set).FirstOrDefault(id => claims.All(claim => claim.Id != id)) is { } unknown)
        {
            shape.Blame<string>("claim_sets", $"names {unknown}, which is no claim of this query");
            return [];
        }

        return sets;
    }

    private static Parsed<CredentialSetQuery> ReadSet(JsonElement json, string at, HashSet<string> ids)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Fault("A credential set query is an object.", at);
        }

        var shape = new JsonShape(json, at);
        IReadOnlyList<IReadOnlyList<string>> options = shape.TextLists("options", DcqlQuery.MaxSets);
        if (options.Count == 0)
        {
            shape.Blame<string>("options", "must be there");
        }

        // "a non-empty array of identifiers which reference elements in credentials".
        if (options.SelectMany(option => option).FirstOrDefault(id => !ids.Contains(id)) is { } unknown)
        {
            shape.Blame<string>("options", $"names {unknown}, which is no credential of this query");
        }

        var set = new CredentialSetQuery(options, shape.Flag("required", otherwise: true));
        return shape.Problem is { } problem ? problem : set;
    }

    private static string? ReadId(JsonShape shape) => shape.Text("id") is { Length: > 0 } id && !id.AsSpan().ContainsAnyExcept(IdCharacters) ? id : null;

    private static Problem Fault(string detail, string pointer) => new(PresentationError.InvalidRequest, detail, pointer);

    private sealed record JsonValue(JsonElement Json);
}
