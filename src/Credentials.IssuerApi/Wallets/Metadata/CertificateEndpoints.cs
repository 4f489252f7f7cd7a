using System.Security.Cryptography.X509Certificates;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Keys;
using Credentials.IssuerApi.Storage;
using Credentials.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Credentials.IssuerApi.Wallets.Metadata;

/// <summary>The certificate of a key, as it was taken.</summary>
internal sealed record KeyCertificateInfo(string KeyId, string Subject, string Issuer, DateTimeOffset NotBefore, DateTimeOffset NotAfter, int Certificates);

internal static class CertificateEndpoints
{
    private const int MaxPem = 64 * 1024;

    public static void MapCertificates(this IEndpointRouteBuilder app) => app
        .MapPut("/institutions/{slug}/keys/{keyId}/certificate", PutAsync).RequireAuthorization(Role.Administrator)
        .Accepts<string>("application/pem-certificate-chain").ProducesProblem(400).ProducesProblem(404).ProducesProblem(413)
        .WithTags("Keys").WithSummary("Sets the X.509 chain of a signing key (PEM, that of the key first); it goes into SD-JWT VCs as x5c");

    private static async Task<Results<Ok<KeyCertificateInfo>, ProblemHttpResult>> PutAsync(
        string slug, string keyId, Caller caller, HttpRequest request, InstitutionStore institutions, SigningKeyStore keys, KeyCertificates certificates, WalletUrls urls, IDatabase database, AuditLog audit, CancellationToken cancellationToken)
    {
        if (await institutions.FindAsync(slug, cancellationToken) is not { } institution
            || (await keys.ListAsync(institution.Id, cancellationToken)).All(record => record.Id != keyId) || Multikey.Decode(keyId) is not { Ok: true, Value: { } key })
        {
            return ApiProblem.Missing("key");
        }

        if (request.ContentLength is null or > MaxPem)
        {
            return ApiProblem.Of(StatusCodes.Status413PayloadTooLarge, ApiProblem.BodyTooLarge, $"The body is larger than {MaxPem / 1024} KiB, or its length is not said.");
        }

        using var reader = new StreamReader(request.Body, System.Text.Encoding.ASCII);
        (IReadOnlyList<X509Certificate2>? chain, Problem? problem) = certificates.Check(await reader.ReadToEndAsync(cancellationToken), key, urls.IssuerOf(institution.Id));
        if (chain is null)
        {
            return ApiProblem.Invalid(problem!);
        }

        string pem = string.Join('\n', chain.Select(certificate => certificate.ExportCertificatePem()));
        await database.WriteAsync(
            async transaction =>
            {
                await certificates.SetAsync(transaction, institution.Id, keyId, pem);
                await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, institution.Id, AuditAction.SetCertificate, keyId));
                return true;
            },
            cancellationToken);
        X509Certificate2 leaf = chain[0];
        return TypedResults.Ok(new KeyCertificateInfo(keyId, leaf.Subject, leaf.Issuer, new DateTimeOffset(leaf.NotBefore), new DateTimeOffset(leaf.NotAfter), chain.Count));
    }
}
