using System.Text.Json;
using Credentials.CredentialTypes;
using Credentials.IssuerApi.Configuration;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Keys;
using Credentials.Keys;
using Credentials.Status;

namespace Credentials.IssuerApi.Wallets.Metadata;

internal static class MetadataEndpoints
{
    private static readonly TimeSpan s_maxAge = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_listAge = TimeSpan.FromMinutes(1);

    public static void MapMetadata(this IEndpointRouteBuilder app)
    {
        // The well-known name stands before the path of the identifier, that of our own address included.
        string path = new Uri(app.ServiceProvider.GetRequiredService<IssuerOptions>().PublicBaseUrl).AbsolutePath.TrimEnd('/');
        Map("openid-credential-issuer", "Credential issuer metadata", (institution, description, _, _) => Task.FromResult(description.IssuerOf(institution)));
        Map("oauth-authorization-server", "Authorization server metadata", (institution, description, _, _) => Task.FromResult(description.ServerOf(institution)));
        Map("jwt-vc-issuer", "The keys of an issuer of SD-JWT VCs", (institution, _, services, cancellationToken) => KeysAsync(institution, services, cancellationToken));
        app.MapGet("/credential-types/diploma", (HttpContext context) => PublicReading.Cacheable(context, DiplomaType.Document, "application/json", s_maxAge)).AllowWallets()
            .Produces(200, contentType: "application/json").WithTags("OpenID4VCI").WithSummary("Type metadata of our diplomas as SD-JWT VCs");
        app.MapGet("/status-lists/{listId}/token", GetListAsync).AllowWallets().Produces(200, contentType: StatusListToken.JwtMediaType, additionalContentTypes: StatusListToken.CwtMediaType).ProducesProblem(404)
            .WithTags("Status").WithSummary("A token status list, as JWT or (by Accept) as CWT");

        void Map(string name, string summary, Func<Institution, IssuerDescription, IServiceProvider, CancellationToken, Task<byte[]>> write)
        {
            Delegate handler = (string slug, HttpContext context, InstitutionStore institutions, IssuerDescription description, CancellationToken cancellationToken) => AnswerAsync(slug, context, institutions, description, write, cancellationToken);
            app.MapGet($"/.well-known/{name}{path}/institutions/{{slug}}", handler).AllowWallets().Produces(200, contentType: "application/json").ProducesProblem(404).WithTags("OpenID4VCI").WithSummary(summary);

            // Where earlier drafts had it.
            app.MapGet($"/institutions/{{slug}}/.well-known/{name}", handler).AllowWallets().Produces(200, contentType: "application/json").ProducesProblem(404).WithTags("OpenID4VCI").WithSummary($"{summary}, where earlier drafts had it");
        }
    }

    private static async Task<IResult> AnswerAsync(
        string slug, HttpContext context, InstitutionStore institutions, IssuerDescription description, Func<Institution, IssuerDescription, IServiceProvider, CancellationToken, Task<byte[]>> write, CancellationToken cancellationToken) =>
        await institutions.FindAsync(slug, cancellationToken) is { } institution
            ? PublicReading.Cacheable(context, await write(institution, description, context.RequestServices, cancellationToken), "application/json", s_maxAge)
            : ApiProblem.Missing("institution");

    // A set of keys cannot say since when one is bad: those that somebody else may have are left out. Keys that were retired in good order stay,
    // for copies outlive them, and a verifier that reads nothing but this set could not check those any more; that it would take a retired key that is stolen
    // later is the price. Ours looks for the same key in the DID document, which tells when it was retired.
    private static async Task<byte[]> KeysAsync(Institution institution, IServiceProvider services, CancellationToken cancellationToken)
    {
        IReadOnlyList<KeyRecord> keys = await services.GetRequiredService<SigningKeyStore>().ListAsync(institution.Id, cancellationToken);
        string issuer = services.GetRequiredService<WalletUrls>().IssuerOf(institution.Id);
        return RawJson.TextOf(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("issuer", issuer);
            writer.WriteStartObject("jwks");
            writer.WriteStartArray("keys");
            foreach (KeyRecord key in keys.Where(key => key.Reason != RetirementReason.Compromised))
            {
                Write(writer, institution, key);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter writer, Institution institution, KeyRecord key)
    {
        using var jwk = JsonDocument.Parse(RawJson.TextOf(members => JsonWebKey.Write(members, Multikey.Decode(key.Id).Require())));
        writer.WriteStartObject();
        writer.WriteString("kid", $"{institution.Did}#{key.Id}");
        writer.WriteString("use", "sig");
        foreach (JsonProperty member in jwk.RootElement.EnumerateObject())
        {
            member.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static async Task<IResult> GetListAsync(string listId, HttpContext context, StatusListTokenPublisher publisher, CancellationToken cancellationToken)
    {
        bool cbor = context.Request.GetTypedHeaders().Accept.Any(accept => accept.MediaType.Equals(StatusListToken.CwtMediaType, StringComparison.OrdinalIgnoreCase) && accept.Quality is not 0)
            && !context.Request.GetTypedHeaders().Accept.Any(accept => accept.MediaType.Equals(StatusListToken.JwtMediaType, StringComparison.OrdinalIgnoreCase) && accept.Quality is not 0);
        context.Response.Headers.Vary = "Accept";
        return await publisher.GetAsync(listId, cbor, cancellationToken) is { } token
            ? PublicReading.Cacheable(context, token, cbor ? StatusListToken.CwtMediaType : StatusListToken.JwtMediaType, s_listAge)
            : ApiProblem.Missing("status list");
    }
}
