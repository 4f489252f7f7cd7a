using System.Text.Json;

namespace Credentials.OpenId.Presentation.Dcql;

/// <summary>A DCQL query: which credentials, and which claims of them, a verifier asks for.</summary>
/// <param name="Credentials">The credentials asked for, at least one, each with an id of its own.</param>
/// <param name="CredentialSets">Which combinations of them will do; empty: all of them are asked for.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#name-digital-credentials-query-l. Unknown members are passed over in reading.</remarks>
public sealed record DcqlQuery(IReadOnlyList<CredentialQuery> Credentials, IReadOnlyList<CredentialSetQuery> CredentialSets)
{
    /// <summary>Credential queries above which a query is refused; a bound of ours, as is <see cref="MaxSets"/>.</summary>
    public const int MaxCredentials = 64;

    /// <summary>Credential set queries, options of one, claim sets and values above which a query is refused.</summary>
    public const int MaxSets = 64;

    /// <summary>Claims of one credential query above which a query is refused.</summary>
    public const int MaxClaims = 256;

    /// <summary>Reads a query strictly; the problem's code is <c>invalid_request</c> and its pointer leads to the fault.</summary>
    /// <param name="json">The object.</param>
    public static Parsed<DcqlQuery> Read(JsonElement json) => DcqlReader.Read(json);

    /// <summary>Reads a query from its text.</summary>
    public static Parsed<DcqlQuery> Parse(ReadOnlyMemory<byte> utf8)
    {
        Parsed<JsonDocument> parsed = Encoding.StrictJson.Parse(utf8, AuthorizationRequest.MaxLength);
        if (!parsed.Ok)
        {
            return new Problem(PresentationError.InvalidRequest, parsed.Problem.Detail, parsed.Problem.Pointer);
        }

        using JsonDocument document = parsed.Value;
        return Read(document.RootElement);
    }

    /// <summary>What a verifier must not ask although a wallet would pass over it: one claim twice in one credential query. Null when there is nothing.</summary>
    public Problem? CheckAsVerifier()
    {
        for (int i = 0; i < Credentials.Count; i++)
        {
            // An SD-JWT that was presented has only those elements of an array that were disclosed: which index each had before, it does not say.
            if (Credentials[i].Format == CredentialFormat.SdJwtVc && Credentials[i].Claims.FirstOrDefault(claim => claim.Path.Steps.Any(step => step.Index is not null)) is { } indexed)
            {
                return new(PresentationError.InvalidRequest, $"The claim {indexed.Path} goes through an array by number, which means nothing in an SD-JWT of which elements are withheld: go through all of them (null), by values if need be.", $"/credentials/{i}/claims");
            }

            // "Verifiers MUST NOT point to the same claim more than once in a single query."
            if (Credentials[i].Claims.GroupBy(claim => claim.Path).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
            {
                return new(PresentationError.InvalidRequest, $"The claim {twice.Key} is asked for twice.", $"/credentials/{i}/claims");
            }
        }

        return null;
    }

    /// <summary>The credential query of that id, or null.</summary>
    public CredentialQuery? Find(string id) => Credentials.FirstOrDefault(query => query.Id == id);

    /// <summary>Writes the object.</summary>
    public void Write(Utf8JsonWriter writer) => DcqlWriter.Write(writer, this);

    /// <summary>The UTF-8 JSON text.</summary>
    public byte[] ToUtf8() => JsonText.Write(Write);
}

/// <summary>One credential that is asked for.</summary>
/// <param name="Id">Its id in the query and in the answer.</param>
/// <param name="Format">As in <see cref="CredentialFormat"/>; a format that is not known here matches nothing.</param>
public sealed record CredentialQuery(string Id, string Format)
{
    /// <summary>Whether several credentials may answer.</summary>
    public bool Multiple { get; init; }

    /// <summary>Whether the holder must prove possession of the key to which the credential is bound.</summary>
    public bool RequiresHolderBinding { get; init; } = true;

    /// <summary><c>vct_values</c> of <c>dc+sd-jwt</c>; empty for any type.</summary>
    public IReadOnlyList<string> VctValues { get; init; } = [];

    /// <summary><c>type_values</c> of the W3C formats: each inner list one alternative of fully expanded types that must all be there; empty for any.</summary>
    public IReadOnlyList<IReadOnlyList<string>> TypeValues { get; init; } = [];

    /// <summary><c>doctype_value</c> of <c>mso_mdoc</c>; null for any. Read and written; no mdoc is held here.</summary>
    public string? DoctypeValue { get; init; }

    /// <summary>Who must stand behind the issuer: one of these will do; empty for anybody.</summary>
    public IReadOnlyList<TrustedAuthoritiesQuery> TrustedAuthorities { get; init; } = [];

    /// <summary>The claims; empty: none that can be withheld, and of a format that withholds nothing the whole credential.</summary>
    public IReadOnlyList<ClaimsQuery> Claims { get; init; } = [];

    /// <summary>Combinations of claims by their ids, the preferred one first; empty: all claims.</summary>
    public IReadOnlyList<IReadOnlyList<string>> ClaimSets { get; init; } = [];

    /// <summary>The combinations of claims that answer this query, the preferred one first: one of all claims where no claim sets are given.</summary>
    public IEnumerable<IReadOnlyList<ClaimsQuery>> Combinations => ClaimSets.Count == 0 ? [Claims] : ClaimSets.Select(Combination);

    private IReadOnlyList<ClaimsQuery> Combination(IReadOnlyList<string> ids) => [.. ids.Select(id => Claims.First(claim => claim.Id == id))];
}

/// <summary>One claim that is asked for.</summary>
/// <param name="Path">Where it stands.</param>
public sealed record ClaimsQuery(ClaimsPath Path)
{
    /// <summary>Its id within the credential query, for claim sets.</summary>
    public string? Id { get; init; }

    /// <summary>The values of which it must have one, type and value exactly: strings, integers, booleans; empty for any.</summary>
    public IReadOnlyList<JsonElement> Values { get; init; } = [];

    /// <summary><c>intent_to_retain</c> of <c>mso_mdoc</c>; null when not said.</summary>
    public bool? IntentToRetain { get; init; }
}

/// <summary>One way to know the authority behind an issuer.</summary>
/// <param name="Type"><c>aki</c>, <c>etsi_tl</c>, <c>openid_federation</c>, or one that is not known here and matches nothing.</param>
/// <param name="Values">The values of which one must fit.</param>
public sealed record TrustedAuthoritiesQuery(string Type, IReadOnlyList<string> Values)
{
    /// <summary>By the KeyIdentifier in the AuthorityKeyIdentifier of a certificate that the credential carries, base64url.</summary>
    public const string AuthorityKeyIdentifier = "aki";

    /// <summary>By an ETSI trusted list.</summary>
    public const string EtsiTrustedList = "etsi_tl";

    /// <summary>By an entity of an OpenID Federation.</summary>
    public const string OpenIdFederation = "openid_federation";
}

/// <summary>One use to which credentials are put, and the combinations of them that will do.</summary>
/// <param name="Options">Each a set of ids of credential queries.</param>
/// <param name="Required">Whether one of the options must be answered.</param>
public sealed record CredentialSetQuery(IReadOnlyList<IReadOnlyList<string>> Options, bool Required = true);
