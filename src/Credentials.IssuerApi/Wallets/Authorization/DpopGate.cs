using Credentials.OpenId.OAuth;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Wallets.Authorization;

/// <summary>Looks at the DPoP proof of a request, if it has one.</summary>
internal sealed class DpopGate(ServerNonces nonces, ProofReplays replays, WalletUrls urls, IOptions<WalletOptions> options, TimeProvider clock)
{
    public const string Header = "DPoP";
    public const string NonceHeader = "DPoP-Nonce";

    /// <summary>The thumbprint of the proof's key (null without a proof), or what is wrong with it; a nonce is put into the answer where one is wanted.</summary>
    public (string? Thumbprint, Problem? Problem) Check(HttpContext context, string institutionId, string? accessToken)
    {
        // RFC 9449 section 4.3: 1. There is not more than one DPoP HTTP request header field.
        Microsoft.Extensions.Primitives.StringValues headers = context.Request.Headers[Header];
        if (headers.Count != 1)
        {
            return headers.Count == 0 ? (null, null) : (null, new Problem(OAuthError.InvalidDpopProof, "Send one DPoP proof."));
        }

        DpopExpectation expected = new(context.Request.Method, urls.Of(context.Request), clock.GetUtcNow()) { AccessToken = accessToken };
        Parsed<DpopProof> read = DpopProof.Verify(headers.ToString(), expected);
        if (!read.Ok)
        {
            return (null, read.Problem);
        }

        // 10. If the server provided a nonce value to the client, the nonce claim matches the server-provided nonce value.
        DpopProof proof = read.Value;
        if (proof.Nonce is null ? options.Value.RequireDpopNonce : nonces.EndOf(ServerNonces.ForDpop, institutionId, proof.Nonce) is null)
        {
            context.Response.Headers[NonceHeader] = nonces.Create(ServerNonces.ForDpop, institutionId);
            return (null, new Problem(OAuthError.UseDpopNonce, "The DPoP proof needs the nonce of this answer."));
        }

        return replays.IsNew(proof.Thumbprint, proof.Id, proof.IssuedAt + expected.MaxAge + expected.ClockSkew)
            ? (proof.Thumbprint, null)
            : (null, new Problem(OAuthError.InvalidDpopProof, "The DPoP proof was used before."));
    }
}
