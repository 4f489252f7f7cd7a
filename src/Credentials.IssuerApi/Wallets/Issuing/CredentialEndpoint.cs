using System.Security.Cryptography;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Wallets.Authorization;
using Credentials.OpenId.Issuance;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Wallets.Issuing;

/// <summary>The credential endpoint: token, request, proofs, nonce, in this order.</summary>
internal sealed class CredentialEndpoint(InstitutionStore institutions, AccessGate gate, ServerNonces nonces, IssueStore issues, CopyIssuing issuing, RequestEncryption encryption, WalletUrls urls, IOptions<WalletOptions> options, TimeProvider clock)
{
    private const string RetryAfterSeconds = "60";

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/institutions/{slug}/openid/credential", (string slug, HttpContext context, CredentialEndpoint endpoint, CancellationToken cancellationToken) => endpoint.HandleAsync(slug, context, cancellationToken)).AllowWallets()
        .Accepts<object>("application/json", "application/jwt").Produces(200, contentType: "application/json", additionalContentTypes: "application/jwt").Produces(202, contentType: "application/json").Produces(400, contentType: "application/json").Produces(401, contentType: "application/json").ProducesProblem(404)
        .WithTags("OpenID4VCI").WithSummary("Credential endpoint: copies of the offered diploma, bound to the wallet's keys");

    private async Task<IResult> HandleAsync(string slug, HttpContext context, CancellationToken cancellationToken)
    {
        if (await institutions.FindAsync(slug, cancellationToken) is not { } institution)
        {
            return ApiProblem.Missing("institution");
        }

        (Access? access, IResult? refusal) = await gate.AuthorizeAsync(context, institution.Id, cancellationToken);
        if (access is null)
        {
            return refusal!;
        }

        Parsed<byte[]> body = await encryption.ReadAsync(context.Request, IssuanceError.InvalidCredentialRequest, cancellationToken);
        Parsed<CredentialRequest> request = body.Ok ? CredentialRequest.Read(body.Value) : body.Problem;
        Parsed<WalletConfiguration> configuration = request.Ok ? ConfigurationOf(access, request.Value) : request.Problem;
        if (!configuration.Ok)
        {
            return WalletAnswer.Refusal(context, configuration.Problem);
        }

        byte[] hash = SHA256.HashData(body.Value!);
        Parsed<CredentialResponse> response = await issues.FindAsync(access.Offer.Id, configuration.Value.Id, cancellationToken) is { } earlier
            ? await issuing.RepeatAsync(earlier, hash, cancellationToken)
            : await IssueAsync(access, institution, configuration.Value, request.Value!, hash, cancellationToken);
        if (response.Problem?.Code == CopyIssuing.Held.Code)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            return WalletAnswer.Refusal(context, CopyIssuing.Held, StatusCodes.Status503ServiceUnavailable);
        }

        return response.Ok ? AnswerOf(context, response.Value, request.Value!.ResponseEncryption) : WalletAnswer.Refusal(context, response.Problem);
    }

    /// <summary>The answer, encrypted where that was asked for.</summary>
    public static IResult AnswerOf(HttpContext context, CredentialResponse response, ResponseEncryption? encryption)
    {
        int status = response.TransactionId is null ? StatusCodes.Status200OK : StatusCodes.Status202Accepted;
        byte[] message = response.Write();
        return encryption is null ? WalletAnswer.Message(context, message, status) : WalletAnswer.Encrypted(context, encryption.Encrypt(message), status);
    }

    // "credential_identifier: REQUIRED when an Authorization Details of type openid_credential was returned from the Token Response. It MUST NOT be used otherwise", and the other way round.
    private static Parsed<WalletConfiguration> ConfigurationOf(Access access, CredentialRequest request)
    {
        IReadOnlyList<string> granted = WalletConfiguration.Split(access.Offer.Granted!);
        if (request.CredentialIdentifier is { } identifier)
        {
            return access.Offer.ByIdentifiers != 0 && granted.FirstOrDefault(id => access.Offer.IdentifierOf(id) == identifier) is { } named
                ? WalletConfiguration.Find(named)!
                : new Problem(IssuanceError.UnknownCredentialIdentifier, "The credential_identifier is none of those that the token response gave.");
        }

        return access.Offer.ByIdentifiers != 0 ? new Problem(IssuanceError.InvalidCredentialRequest, "The token response gave credential_identifiers: ask by one of them.")
            : granted.Contains(request.ConfigurationId, StringComparer.Ordinal) && WalletConfiguration.Find(request.ConfigurationId) is { } configuration ? configuration
            : new Problem(IssuanceError.UnknownCredentialConfiguration, "The credential_configuration_id is not known, or not granted.");
    }

    private async Task<Parsed<CredentialResponse>> IssueAsync(Access access, Institution institution, WalletConfiguration configuration, CredentialRequest request, byte[] hash, CancellationToken cancellationToken)
    {
        // "The proofs parameter MUST be present if the proof_types_supported parameter is present ... for the requested Credential."
        if (request.Proofs.Count == 0 || request.Proofs.Count > options.Value.BatchSize)
        {
            return new Problem(IssuanceError.InvalidProof, $"Send 1 to {options.Value.BatchSize} key proofs.");
        }

        KeyProofExpectation expected = new(urls.IssuerOf(institution.Id), clock.GetUtcNow()) { ClientId = access.Offer.ClientId };
        List<KeyProof> proofs = [];
        foreach (string text in request.Proofs)
        {
            Parsed<KeyProof> proof = await KeyProof.VerifyAsync(text, expected);
            if (!proof.Ok)
            {
                return proof.Problem;
            }

            proofs.Add(proof.Value);
        }

        // "invalid_proof: ... if at least one of the key proofs does not contain a c_nonce value".
        if (proofs.Exists(proof => proof.Nonce is null))
        {
            return new Problem(IssuanceError.InvalidProof, "Each proof holds a nonce of this issuer: get one at the nonce endpoint.");
        }

        // "invalid_nonce: at least one of the key proofs contains an invalid c_nonce value."
        if (proofs.Exists(proof => proof.Nonce != proofs[0].Nonce) || nonces.EndOf(ServerNonces.ForKeys, institution.Id, proofs[0].Nonce) is not { } end)
        {
            return new Problem(IssuanceError.InvalidNonce, "The proofs hold no nonce of this issuer, the same in all of them, that is still good: get another one.");
        }

        // "Each key provided by the Wallet is used to bind to, at most, one Credential."
        if (proofs.Select(proof => proof.Key).Distinct().Count() != proofs.Count)
        {
            return new Problem(IssuanceError.InvalidProof, "A key is proven twice.");
        }

        return access.Offer.RevokedAt is not null ? new Problem(IssuanceError.CredentialRequestDenied, "The offer was taken back.")
            : access.Offer.Held != 0 ? CopyIssuing.Held
            : await issuing.IssueAsync(access, configuration, [.. proofs.Select(proof => new CopyHolder(proof.Key, proof.HolderDid))], new UsedNonce(WalletSecret.HashOf(proofs[0].Nonce!), end), hash, cancellationToken);
    }
}
