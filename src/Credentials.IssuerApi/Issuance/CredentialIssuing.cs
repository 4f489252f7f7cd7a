using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Keys;
using Credentials.IssuerApi.Status;
using Credentials.IssuerApi.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Credentials.IssuerApi.Issuance;

/// <summary>Issues one credential at the request of a registrar: once a key, however often the request is sent.</summary>
internal sealed class CredentialIssuing(
    IDatabase database,
    InstitutionStore institutions,
    StatusAllocator statuses,
    CredentialSigner signer,
    InstitutionKeys keys,
    CredentialStore credentials,
    IdempotencyKeys idempotency,
    AuditLog audit)
{
    /// <returns>The credential that this request made, now or the first time; or why it is refused.</returns>
    public async Task<(CredentialRecord? Credential, ProblemHttpResult? Refusal)> IssueAsync(IssueRequest request, IdempotencyKey? key, Caller caller, CancellationToken cancellationToken)
    {
        Institution institution = await institutions.GetAsync(caller.Institution, cancellationToken);
        if (key is not null && await idempotency.FindAsync(institution.Id, key, cancellationToken) is { } earlier)
        {
            return await RepeatAsync(institution, key, earlier, cancellationToken);
        }

        if (await signer.RefusalAsync(institution, request.Plan, "/options/cryptosuite", cancellationToken) is { } keyless)
        {
            return (null, ApiProblem.Invalid(keyless));
        }

        StatusPosition position = (await statuses.LeaseAsync(institution.Id, 1, cancellationToken))[0];
        (Signing signing, Stored outcome, IdempotencyRecord? other) = await SignAndStoreAsync(institution, request, position, key, caller, cancellationToken);
        if (signing.Credential is not { } signed)
        {
            statuses.Return(institution.Id, [position]);
            return (null, ApiProblem.Invalid([.. signing.Problems.Select(problem => problem with { Pointer = "/credential" + problem.Pointer })]));
        }

        if (outcome != Stored.Now)
        {
            statuses.Return(institution.Id, [position]);
            return outcome == Stored.Before
                ? await RepeatAsync(institution, key!, other!, cancellationToken)
                : (null, ApiProblem.Of(StatusCodes.Status409Conflict, ApiProblem.Conflict, "A credential with this id was issued before. Leave the id out to be given one, or send an Idempotency-Key to repeat a request safely."));
        }

        Telemetry.CredentialsIssued.Add(1);
        return (await credentials.FindAsync(institution.Id, signed.Id, cancellationToken), null);
    }

    /// <summary>Signs, and again when a key was given up between signing and storing: by this process it is known at once, by another it was within the last moment.</summary>
    private async Task<(Signing Signing, Stored Outcome, IdempotencyRecord? Other)> SignAndStoreAsync(
        Institution institution, IssueRequest request, StatusPosition position, IdempotencyKey? key, Caller caller, CancellationToken cancellationToken)
    {
        while (true)
        {
            Signing signing = await signer.SignAsync(institution, request.Credential, position, request.Plan, cancellationToken);
            if (signing.Credential is not { } signed)
            {
                return (signing, Stored.Now, null);
            }

            (Stored outcome, IdempotencyRecord? other) = await StoreAsync(institution, signed, key, caller, cancellationToken);
            if (outcome != Stored.KeyGivenUp)
            {
                return (signing, outcome, other);
            }

            keys.Forget(institution.Id);
        }
    }

    private enum Stored
    {
        Now,
        Before,
        Duplicate,
        KeyGivenUp,
    }

    private Task<(Stored Outcome, IdempotencyRecord? Other)> StoreAsync(Institution institution, SignedCredential signed, IdempotencyKey? key, Caller caller, CancellationToken cancellationToken) =>
        database.WriteAsync<(Stored, IdempotencyRecord?)>(
            async transaction =>
            {
                // Two requests under one key may have come this far together: the second one finds the first one's mark here.
                if (key is not null && await IdempotencyKeys.FindAsync(transaction, institution.Id, key) is { } other)
                {
                    return (Stored.Before, other);
                }

                if (!await SigningKeyStore.AllSignAsync(transaction, institution.Id, signed.SignedBy))
                {
                    return (Stored.KeyGivenUp, null);
                }

                if (!await credentials.InsertAsync(transaction, institution.Id, signed))
                {
                    return (Stored.Duplicate, null);
                }

                if (key is not null)
                {
                    await idempotency.InsertAsync(transaction, institution.Id, key, signed.Id);
                }

                await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, institution.Id, AuditAction.Issue, signed.Id));
                return (Stored.Now, null);
            },
            cancellationToken);

    private async Task<(CredentialRecord?, ProblemHttpResult?)> RepeatAsync(Institution institution, IdempotencyKey key, IdempotencyRecord earlier, CancellationToken cancellationToken) =>
        earlier.RequestHash.AsSpan().SequenceEqual(key.RequestHash)
            ? (await credentials.FindAsync(institution.Id, earlier.Resource, cancellationToken), null)
            : (null, ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, ApiProblem.IdempotencyKeyReused, $"This {IdempotencyKey.Header} was used for another request. Use a new key for a new request."));
}
