using System.Text.Json;
using Credentials.DataModel;
using Credentials.Encoding;
using Credentials.Schema;

namespace Credentials.Verification.Evidence;

/// <summary>A schema, and whether what it says is authenticated.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="Authentic">Whether nobody but the issuer, or the relying party itself, can have written it.</param>
/// <param name="Source">Where it is from, for people.</param>
internal sealed record FoundSchema(JsonSchema Schema, bool Authentic, string Source);

/// <summary>Finds schemas: among those that the relying party keeps first, then on the network. Those are kept for five minutes.</summary>
internal sealed class Schemas(TrustedMaterial trusted, VerificationPolicy policy, SignedCredentials credentials, TimeProvider clock)
{
    private const string Accept = "application/schema+json, application/json;q=0.9, application/vc;q=0.8, application/vc+jwt;q=0.8, application/ld+json;q=0.5";

    /// <summary>In bytes; Open Badges' own has 60 KiB.</summary>
    private const int Largest = 512 * 1024;

    private static readonly TimeSpan TimeKept = TimeSpan.FromMinutes(5);

    private readonly BoundedCache<FetchedDocument> _fetched = new(32);

    /// <summary>The schema of an entry, or why it cannot be had, believed or read.</summary>
    public async Task<(FoundSchema? Found, Doubt? Doubt)> GetAsync(CredentialSchema entry, string issuer, DateTimeOffset now, Patience patience)
    {
        bool inCredential = entry.Types.Contains(CredentialSchema.JsonSchemaCredentialType, StringComparer.Ordinal);
        if (!inCredential && !entry.Types.Any(type => type is CredentialSchema.JsonSchemaType or CredentialSchema.OpenBadgesType))
        {
            return (null, new(ProblemCode.Unsupported, $"The credential names a schema of the type '{string.Join(' ', entry.Types)}', which this verifier does not know.", Remedy.Verifier));
        }

        if (trusted.Schemas.TryGetValue(entry.Id, out ReadOnlyMemory<byte> kept))
        {
            return entry.Matches(kept.Span)
                ? Found(ReadKept(kept, inCredential), authentic: true, "that this verifier keeps", Remedy.Verifier)
                : (null, new(ProblemCode.SchemaRetrievalError, "The schema that this verifier keeps is another one than the credential was issued with.", Remedy.Verifier));
        }

        (FetchedDocument? fetched, Doubt? doubt) = await FetchAsync(entry.Id, patience).ConfigureAwait(false);
        if (fetched is null)
        {
            return (null, doubt);
        }

        string place = $"at {PlaceOf(entry.Id)}";
        return !entry.Matches(fetched.Body.Span) ? (null, new(ProblemCode.SchemaRetrievalError, $"The schema {place} is another one than the credential was issued with: its digest is not the signed one.", Remedy.Issuer))
            : inCredential ? await OpenAsync(entry, fetched.Body, place, issuer, now, patience).ConfigureAwait(false)
            : Found(Read(fetched.Body, entry.Id), entry.HasDigest, place, Remedy.Issuer);
    }

    private async Task<(FetchedDocument? Fetched, Doubt? Doubt)> FetchAsync(string id, Patience patience)
    {
        if (_fetched.TryGet(id, clock.GetUtcNow(), out FetchedDocument? known))
        {
            return (known, null);
        }

        if (!policy.UseNetwork || trusted.Fetcher is not { } fetcher || !Uri.TryCreate(id, UriKind.Absolute, out Uri? url))
        {
            return (null, new(ProblemCode.Offline, "The schema of the credential was not fetched: no network is to be used, or its id is no address on one.", Remedy.Verifier));
        }

        var late = new FetchedDocument(default, null, "no answer in time");
        FetchedDocument answer = await patience.AskAsync(token => fetcher.FetchAsync(url, Accept, token), late).ConfigureAwait(false);
        if (!answer.Ok || answer.Body.Length > Largest)
        {
            return (null, new(ProblemCode.SchemaRetrievalError, $"The credential's schema at {PlaceOf(id)} could not be fetched: {answer.Fault ?? $"it is larger than {Largest} bytes"}.", Remedy.TryLater));
        }

        _fetched.Put(id, answer, clock.GetUtcNow() + TimeKept);
        return (answer, null);
    }

    /// <summary>A schema in a credential is authentic when the credential's own issuer signed that, or somebody whom the relying party has pinned; or when the digest of the whole is signed.</summary>
    private async Task<(FoundSchema? Found, Doubt? Doubt)> OpenAsync(CredentialSchema entry, ReadOnlyMemory<byte> body, string place, string issuer, DateTimeOffset now, Patience patience)
    {
        (SignedCredential? signed, CheckResult? why) = await credentials.VerifyAsync(body, patience).ConfigureAwait(false);
        if (signed is null)
        {
            return (null, new(ProblemCode.SchemaRetrievalError, $"The credential {place} that holds the schema cannot be believed. {why!.Detail}", why.Outcome == CheckOutcome.Failed ? Remedy.Issuer : why.Remedy));
        }

        if (now > signed.Until || signed.Credential.ValidFrom > now + policy.ClockTolerance)
        {
            return (null, new(ProblemCode.SchemaRetrievalError, $"The credential {place} that holds the schema is not valid at this time.", Remedy.Issuer));
        }

        string author = signed.Credential.IssuerId;
        return Found(CredentialSchema.ReadFrom(signed.Credential, UrlOf(entry.Id)), entry.HasDigest || author == issuer || credentials.IsTrusted(author), $"{place}, signed by {author}", Remedy.Issuer);
    }

    private static Parsed<JsonSchema> ReadKept(ReadOnlyMemory<byte> text, bool inCredential)
    {
        if (!inCredential)
        {
            return Read(text, null);
        }

        Parsed<VerifiableCredential> credential = VerifiableCredential.Parse(text);
        return credential.Ok ? CredentialSchema.ReadFrom(credential.Value, null) : credential.Problem;
    }

    private static Parsed<JsonSchema> Read(ReadOnlyMemory<byte> text, string? id)
    {
        Parsed<JsonDocument> json = StrictJson.Parse(text, Largest);
        return json.Ok ? JsonSchema.Read(json.Value.RootElement, UrlOf(id)) : json.Problem;
    }

    private static (FoundSchema? Found, Doubt? Doubt) Found(Parsed<JsonSchema> schema, bool authentic, string source, Remedy remedy) => schema switch
    {
        { Ok: true } => (new(schema.Value, authentic, source), null),
        { Problem.Code: ProblemCode.Unsupported } => (null, new(ProblemCode.Unsupported, $"The schema {source} asks for more than this verifier can check. {schema.Problem.Detail}", Remedy.Verifier)),
        _ => (null, new(ProblemCode.SchemaRetrievalError, $"What was found {source} is no JSON Schema: {schema.Problem!.Detail}", remedy)),
    };

    private static Uri? UrlOf(string? id) => Uri.TryCreate(id, UriKind.Absolute, out Uri? url) ? url : null;

    private static string PlaceOf(string id) => UrlOf(id) is { Host.Length: > 0 } url ? url.Host : "the address that it names";
}
