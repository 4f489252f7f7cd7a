using System.Data.Common;
using System.Security.Cryptography;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Keys;
using Credentials.IssuerApi.Status;
using Credentials.IssuerApi.Storage;
using Credentials.IssuerApi.Wallets.Offers;
using Credentials.OpenId.Issuance;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Wallets.Issuing;

/// <summary>
/// Issues copies: once for each configuration of an offer. The same request again gets the same answer again, whatever became of the first one;
/// any other is refused. Signing holds no transaction open; storing is one transaction, in which nonce, token and offer are looked at again.
/// </summary>
internal sealed class CopyIssuing(
    IDatabase database, IssueStore issues, CopyMasters masters, CopySigner signer, StatusAllocator statuses, InstitutionKeys keys, CredentialStore credentials, AuditLog audit, IOptions<WalletOptions> options, TimeProvider clock)
{
    private static readonly Problem s_nonceUsed = new(IssuanceError.InvalidNonce, "The nonce was used before: get another one.");

    private enum Stored
    {
        Now,
        Before,
        NonceUsed,
        Closed,
        Held,
        KeyGivenUp,
    }

    /// <summary>Answers a request whose proofs hold.</summary>
    public async Task<Parsed<CredentialResponse>> IssueAsync(Access access, WalletConfiguration configuration, IReadOnlyList<CopyHolder> holders, UsedNonce nonce, byte[] requestHash, CancellationToken cancellationToken)
    {
        // Before anything is signed: the transaction looks again.
        if (await issues.IsNonceUsedAsync(nonce.Hash, cancellationToken))
        {
            return await issues.FindAsync(access.Offer.Id, configuration.Id, cancellationToken) is { } meanwhile ? await RepeatAsync(meanwhile, requestHash, cancellationToken) : s_nonceUsed;
        }

        if (access.Offer.Copies + holders.Count > options.Value.CopiesPerOffer)
        {
            return new Problem(IssuanceError.CredentialRequestDenied, $"The offer is good for {options.Value.CopiesPerOffer} copies, over all forms, and {access.Offer.Copies} of them are out.");
        }

        CopyMaster master = await masters.GetAsync(access.Offer.InstitutionId, access.Offer.CredentialId, cancellationToken);
        if (master.Document.ValidUntil <= clock.GetUtcNow())
        {
            return new Problem(IssuanceError.CredentialRequestDenied, "The diploma is not valid any more.");
        }

        bool isDeferred = options.Value.DeferUntilFinal && master.Evidence.Receipt is null;
        IssueRecord issue = new()
        {
            Id = Guid.NewGuid().ToString(),
            OfferId = access.Offer.Id,
            Configuration = configuration.Id,
            RequestHash = requestHash,
            NotificationId = WalletSecret.Create(),
            TransactionId = isDeferred ? WalletSecret.Create() : null,
            Holders = isDeferred ? CopyHolder.Join(holders) : null,
        };
        Parsed<IReadOnlyList<SignedCredential>> outcome = await SignAndStoreAsync(
            master, configuration, isDeferred ? [] : holders, issue.Id, (transaction, copies) => StoreAsync(transaction, access, issue, nonce, master, holders.Count, copies), cancellationToken);
        return outcome.Ok ? AnswerOf(issue, [.. outcome.Value.Select(copy => (ReadOnlyMemory<byte>)copy.Document)])
            : outcome.Problem.Code == Again.Code ? await RepeatAsync((await issues.FindAsync(access.Offer.Id, configuration.Id, cancellationToken))!, requestHash, cancellationToken)
            : outcome.Problem;
    }

    /// <summary>The answer to a request that was answered before, if it is the same.</summary>
    public async Task<Parsed<CredentialResponse>> RepeatAsync(IssueRecord issue, byte[] requestHash, CancellationToken cancellationToken) =>
        CryptographicOperations.FixedTimeEquals(issue.RequestHash, requestHash)
            ? AnswerOf(issue, await issues.DocumentsAsync(issue.Id, cancellationToken))
            : new Problem(IssuanceError.CredentialRequestDenied, "This was issued before, at another request, and it is issued once.");

    /// <summary>Issues what was deferred, if it is time.</summary>
    public async Task<Parsed<CredentialResponse>> SettleAsync(Access access, IssueRecord issue, CancellationToken cancellationToken)
    {
        if (issue.Holders is null || access.Offer.Held != 0)
        {
            return AnswerOf(issue, issue.Holders is null ? await issues.DocumentsAsync(issue.Id, cancellationToken) : []);
        }

        CopyMaster master = await masters.GetAsync(access.Offer.InstitutionId, access.Offer.CredentialId, cancellationToken);
        if (options.Value.DeferUntilFinal && master.Evidence.Receipt is null)
        {
            return AnswerOf(issue, []);
        }

        Parsed<IReadOnlyList<SignedCredential>> outcome = await SignAndStoreAsync(
            master,
            WalletConfiguration.Find(issue.Configuration)!,
            CopyHolder.Split(issue.Holders!),
            issue.Id,
            async (transaction, copies) =>
                !await issues.MarkIssuedAsync(transaction, access, copies: 0) ? await ClosedAsync(transaction, access)
                : await IssueStore.SettleAsync(transaction, issue.Id) ? Stored.Now : Stored.Before,
            cancellationToken);
        return outcome.Ok ? new CredentialResponse { Credentials = [.. outcome.Value.Select(copy => (ReadOnlyMemory<byte>)copy.Document)], NotificationId = issue.NotificationId }
            : outcome.Problem.Code == Again.Code ? AnswerOf(issue, await issues.DocumentsAsync(issue.Id, cancellationToken))
            : outcome.Problem.Code == Held.Code ? AnswerOf(issue, [])
            : outcome.Problem;
    }

    /// <summary>The diploma is suspended: that may pass.</summary>
    public static Problem Held { get; } = new("temporarily_unavailable", "The diploma is suspended for now: ask again later.");

    private static Problem Again { get; } = new("AGAIN", "It was answered by another request of the same moment.");

    private CredentialResponse AnswerOf(IssueRecord issue, IReadOnlyList<ReadOnlyMemory<byte>> documents) => documents.Count == 0
        ? new CredentialResponse { TransactionId = issue.TransactionId, Interval = options.Value.DeferredInterval }
        : new CredentialResponse { Credentials = documents, NotificationId = issue.NotificationId };

    /// <summary>Signs, stores in one transaction, and does both again when the key was given up in between.</summary>
    private async Task<Parsed<IReadOnlyList<SignedCredential>>> SignAndStoreAsync(
        CopyMaster master, WalletConfiguration configuration, IReadOnlyList<CopyHolder> holders, string issueId, Func<DbTransaction, IReadOnlyList<SignedCredential>, Task<Stored>> settle, CancellationToken cancellationToken)
    {
        string institutionId = master.Institution.Id;
        IReadOnlyList<StatusPosition> positions = holders.Count == 0 ? [] : await statuses.LeaseAsync(institutionId, holders.Count, cancellationToken);
        while (true)
        {
            Parsed<SignedCredential[]> signed = await SignAsync(master, configuration, holders, positions, cancellationToken);
            if (!signed.Ok)
            {
                return new Problem(IssuanceError.CredentialRequestDenied, $"This diploma cannot be issued in this form: {signed.Problem.Detail}");
            }

            // From here on to its end, whether or not the wallet still listens: what is signed and stored is there when it asks again.
            SignedCredential[] copies = signed.Value;
            Stored outcome = await database.WriteAsync(
                async transaction =>
                {
                    if (copies.Length > 0 && !await SigningKeyStore.AllSignAsync(transaction, institutionId, copies[0].SignedBy))
                    {
                        return Stored.KeyGivenUp;
                    }

                    Stored settled = await settle(transaction, copies);
                    if (settled == Stored.Now)
                    {
                        await InsertAsync(transaction, master, configuration, issueId, copies);
                    }

                    return settled;
                },
                CancellationToken.None);
            if (outcome == Stored.Now)
            {
                Telemetry.CredentialsIssued.Add(copies.Length);
                return copies;
            }

            if (outcome == Stored.KeyGivenUp)
            {
                keys.Forget(institutionId);
                continue;
            }

            statuses.Return(institutionId, positions);
            return outcome switch
            {
                Stored.Before => Again,
                Stored.NonceUsed => s_nonceUsed,
                Stored.Held => Held,
                _ => new Problem(IssuanceError.CredentialRequestDenied, "The offer was revoked, or its diploma was, or a newer access token was given out."),
            };
        }
    }

    // Positions go back where nothing was signed for them, whatever the reason.
    private async Task<Parsed<SignedCredential[]>> SignAsync(CopyMaster master, WalletConfiguration configuration, IReadOnlyList<CopyHolder> holders, IReadOnlyList<StatusPosition> positions, CancellationToken cancellationToken)
    {
        SignedCredential[] copies = new SignedCredential[holders.Count];
        bool isDone = false;
        try
        {
            for (int i = 0; i < copies.Length; i++)
            {
                Parsed<SignedCredential> signed = await signer.SignAsync(master, configuration, holders[i], positions[i], cancellationToken);
                if (!signed.Ok)
                {
                    return signed.Problem;
                }

                copies[i] = signed.Value;
            }

            isDone = true;
            return copies;
        }
        finally
        {
            if (!isDone)
            {
                statuses.Return(master.Institution.Id, positions);
            }
        }
    }

    private async Task<Stored> StoreAsync(DbTransaction transaction, Access access, IssueRecord issue, UsedNonce nonce, CopyMaster master, int keys, IReadOnlyList<SignedCredential> copies)
    {
        // Every step writes and none looks first, so that redemptions of different offers have nothing of one another's to read.
        if (!await IssueStore.UseNonceAsync(transaction, nonce.Hash, nonce.Expires))
        {
            return await IssueStore.FindAsync(transaction, issue.OfferId, issue.Configuration) is null ? Stored.NonceUsed : Stored.Before;
        }

        if (!await issues.MarkIssuedAsync(transaction, access, keys))
        {
            return await ClosedAsync(transaction, access);
        }

        if (!await issues.InsertAsync(transaction, issue))
        {
            return Stored.Before;
        }

        await audit.WriteAsync(transaction, new AuditEntry("wallet", master.Institution.Id, AuditAction.IssueCopy, master.Credential.Id, $"{issue.Configuration} {copies.Count}"));
        return Stored.Now;
    }

    private static async Task<Stored> ClosedAsync(DbTransaction transaction, Access access) =>
        await OfferStore.GetAsync(transaction, access.Offer.Id) is { Held: not 0, RevokedAt: null } ? Stored.Held : Stored.Closed;

    private async Task InsertAsync(DbTransaction transaction, CopyMaster master, WalletConfiguration configuration, string issueId, SignedCredential[] copies)
    {
        for (int i = 0; i < copies.Length; i++)
        {
            await credentials.InsertCopyAsync(transaction, master.Institution.Id, copies[i], new CopyOf(master.Credential.Id, configuration.Id, issueId, i));
        }
    }
}

/// <summary>A nonce that is used up with the issue.</summary>
internal sealed record UsedNonce(byte[] Hash, DateTimeOffset Expires);
