using System.Data.Common;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Configuration;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Status;
using Credentials.OpenId.Issuance;
using Credentials.OpenId.OAuth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Wallets.Offers;

/// <summary>Makes offers of credentials: secrets for the learner, hashes for the database.</summary>
internal sealed class OfferMaking(OfferStore offers, WalletUrls urls, IssuerOptions issuer, IOptions<WalletOptions> options, AuditLog audit, TimeProvider clock)
{
    private const int TransactionDigits = 6;
    private const int CollectionDigits = 8;

    /// <summary>Makes one in the caller's transaction.</summary>
    /// <returns>The offer, or why this credential is not offered.</returns>
    public async Task<(OfferAnswer? Offer, ProblemHttpResult? Refusal)> MakeAsync(DbTransaction transaction, CredentialRecord credential, OfferRequest request, Caller caller)
    {
        if (credential.MasterId is not null)
        {
            return (null, ApiProblem.Of(StatusCodes.Status409Conflict, ApiProblem.Conflict, $"This credential is itself a wallet's copy: offer its master, {credential.MasterId}."));
        }

        if (await StatusListStore.GetAsync(transaction, credential.Position, StatusPurpose.Revocation) || await StatusListStore.GetAsync(transaction, credential.Position, StatusPurpose.Suspension))
        {
            return (null, ApiProblem.Of(StatusCodes.Status409Conflict, ApiProblem.Conflict, "This credential is revoked, superseded or suspended: nothing of it goes into a wallet."));
        }

        if (Issuing.CopyMaster.DocumentOf(credential).ValidUntil <= clock.GetUtcNow())
        {
            return (null, ApiProblem.Of(StatusCodes.Status409Conflict, ApiProblem.Conflict, "This credential's validUntil has passed: its copies would be good for nothing."));
        }

        string token = WalletSecret.Create();
        string id = Guid.NewGuid().ToString();
        string? digits = request.WantsLearnerCode ? WalletSecret.CreateDigits(request.GrantType == TokenRequest.AuthorizationCode ? CollectionDigits : TransactionDigits) : null;
        DateTimeOffset expires = clock.GetUtcNow() + (request.ExpiresIn is { } seconds ? TimeSpan.FromSeconds(seconds) : options.Value.OfferLifetime);
        string configurations = WalletConfiguration.Join(request.Ids);
        NewOffer made = new(
            id, credential.InstitutionId, credential.Id, request.GrantType, configurations, WalletSecret.HashOf(token), WalletSecret.HashOf(CodeOf(token, request.GrantType)), digits is null ? null : WalletSecret.HashOfDigits(id, digits), expires);
        // Whoever asks again because an answer was lost, or the learner lost the code, is not to leave a second key under the mat.
        if (request.KeepOthers != true)
        {
            await offers.RevokeUnredeemedAsync(transaction, credential.Id);
        }

        await offers.InsertAsync(transaction, made);
        await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, credential.InstitutionId, AuditAction.CreateOffer, credential.Id, id));
        Uri reference = urls.Offer(token);
        return (new OfferAnswer(
            id,
            new RawJson(Write(credential.InstitutionId, token, request.GrantType, configurations, digits?.Length).Write()),
            reference.AbsoluteUri,
            CredentialOfferLink.ByReference(reference),
            CredentialOfferLink.At(issuer.WalletUrl("offer"), reference),
            reference.AbsoluteUri + "/qr.svg",
            digits,
            expires), null);
    }

    /// <summary>The offer of a token, as wallets get it.</summary>
    public CredentialOffer Of(OfferRecord offer, string token) => Write(
        offer.InstitutionId, token, offer.GrantType, offer.Configurations, offer.LearnerCodeHash is null ? null : TransactionDigits);

    private CredentialOffer Write(string institutionId, string token, string grantType, string configurations, int? digits)
    {
        CredentialOffer offer = new(urls.IssuerOf(institutionId), WalletConfiguration.Split(configurations));
        string code = CodeOf(token, grantType);
        return grantType == TokenRequest.AuthorizationCode
            ? offer with { AuthorizationCode = new AuthorizationCodeGrant(code) }
            : offer with { PreAuthorizedCode = new PreAuthorizedCodeGrant(code, digits is null ? null : new TransactionCodePrompt { Length = digits, Description = "The code that your institution sent you." }) };
    }

    // The offer by reference holds the code, and of the code only a hash is kept: it follows from the reference.
    private static string CodeOf(string token, string grantType) => WalletSecret.Derive(token, grantType);
}
