using System.Security.Cryptography;
using Credentials.Jose.Encryption;
using Credentials.OpenId.Presentation;
using Credentials.VerifierWeb.Options;
using Microsoft.Extensions.Options;

namespace Credentials.VerifierWeb.Presentations;

/// <summary>Takes wallets' answers: reads them, ties them to their question, has them judged, and says to the wallet how it went.</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#name-response-mode-direct_post</remarks>
internal sealed class ResponseDesk(AnswerJudge judge, PresentationDesk desk, PresentationStore store, IOptions<VerifierOptions> options, TimeProvider clock)
{
    private static readonly DirectPostReply s_used = Refused(new(PresentationError.InvalidRequest, "This request was answered already."));
    private static readonly DirectPostReply s_over = Refused(new(PresentationError.InvalidRequest, "This request has expired."));

    private static readonly DirectPostReply s_full = new(StatusCodes.Status503ServiceUnavailable, new(PresentationError.InvalidRequest, "This verifier has no room for an answer now. Send it again in a minute."));

    /// <summary>Takes the form that a wallet posted.</summary>
    /// <param name="session">The question.</param>
    /// <param name="handle">The way by which it reached the wallet.</param>
    /// <param name="body">The form as received.</param>
    public async Task<DirectPostReply> TakeFormAsync(PresentationSession session, RequestHandle handle, ReadOnlyMemory<byte> body)
    {
        Parsed<Dictionary<string, string>> form = FormText.Read(System.Text.Encoding.UTF8.GetString(body.Span));
        if (!form.Ok)
        {
            return Refused(form.Problem);
        }

        Parsed<AuthorizationResponse> response = ReadForm(session, handle, form.Value);
        return !response.Ok ? Refused(response.Problem)

            // The state ties the answer to this request and no other: one that was made for another session is refused, and leaves this one open.
            : response.Value.State != handle.Request.State ? Refused(new(PresentationError.InvalidRequest, "The state is not the one of this request: the answer belongs to another."))
            : await TakeAsync(session, handle, response.Value, body, handle.Request.Client!.Text);
    }

    /// <summary>Takes the data that the browser handed over.</summary>
    /// <param name="session">The question.</param>
    /// <param name="data">The JSON as received.</param>
    public async Task<DirectPostReply> TakeDcApiAsync(PresentationSession session, ReadOnlyMemory<byte> data)
    {
        RequestHandle handle = session.Browser!;
        Parsed<AuthorizationResponse> response = DcApiAnswer.Read(session, data);
        return response.Ok ? await TakeAsync(session, handle, response.Value, data, ClientIdentifier.OfOrigin(desk.Origin)) : Refused(response.Problem);
    }

    private static Parsed<AuthorizationResponse> ReadForm(PresentationSession session, RequestHandle handle, Dictionary<string, string> form)
    {
        if (!ResponseMode.IsEncrypted(handle.Request.ResponseMode))
        {
            return AuthorizationResponse.Read(form);
        }

        // "If a Wallet is unable to generate an encrypted response, it MAY send an error response without encryption".
        return form.TryGetValue(EncryptedResponse.Parameter, out string? jwe) ? Decrypt(session, handle, jwe) is { Ok: true, Value: { } opened }
                ? opened with { State = opened.State ?? form.GetValueOrDefault("state") }
                : Decrypt(session, handle, jwe).Problem!
            : form.ContainsKey("error") ? AuthorizationResponse.Read(form)
            : new Problem(PresentationError.InvalidRequest, "The answer was to be encrypted.", "/response");
    }

    /// <summary>Opens an encrypted answer.</summary>
    internal static Parsed<AuthorizationResponse> Decrypt(PresentationSession session, RequestHandle handle, string jwe) =>
        EncryptedResponse.Decrypt(jwe, session.ResponseKey!, handle.Request.ClientMetadata!.ResponseKeys[0].KeyId, CompactJwe.Encryptions);

    private async Task<DirectPostReply> TakeAsync(PresentationSession session, RequestHandle handle, AuthorizationResponse response, ReadOnlyMemory<byte> body, string audience)
    {
        string digest = Convert.ToHexString(SHA256.HashData([.. System.Text.Encoding.ASCII.GetBytes(handle.Id), .. body.Span]));
        if (session.Expires <= clock.GetUtcNow() && session.Closing is null)
        {
            return s_over;
        }

        if (!store.HasRoom(body.Length))
        {
            return s_full;
        }

        return session.TryAnswer(digest, () => JudgeAsync(session, handle, response, audience, body.Length), out Task<DirectPostReply>? reply) ? await reply : s_used;
    }

    private async Task<DirectPostReply> JudgeAsync(PresentationSession session, RequestHandle handle, AuthorizationResponse response, string audience, int length)
    {
        PresentationOutcome outcome = response.VpToken is { } token
            ? await judge.JudgeAsync(handle.Request.Query, token, handle.Request.Nonce, audience, CancellationToken.None)
            : new(WalletError(response), [], clock.GetUtcNow());

        // Only the browser that asked gets to see what came by its own link: somebody who sent that link to another learns nothing.
        string? code = ReferenceEquals(handle, session.SameDevice) ? PresentationDesk.Secret() : null;
        session.Close(outcome, code);
        store.Answered(session, outcome.Problem is null ? length : 0);
        string? back = code is null ? null : $"{options.Value.PublicBaseUrl.TrimEnd('/')}/presentations/{handle.Id}/return?response_code={code}";
        return outcome.Problem is { } problem && response.VpToken is not null
            ? new(StatusCodes.Status400BadRequest, new(PresentationError.InvalidRequest, $"{problem.Code}: {problem.Detail}"), back)
            : new(StatusCodes.Status200OK, RedirectUri: back);
    }

    // The code is one of the specification's, or none of its own words are shown.
    private static Problem WalletError(AuthorizationResponse response) => new(
        response.Error is PresentationError.AccessDenied or PresentationError.InvalidRequest or PresentationError.InvalidClient or PresentationError.InvalidScope or PresentationError.VpFormatsNotSupported
            or PresentationError.InvalidRequestUriMethod or PresentationError.InvalidTransactionData or PresentationError.WalletUnavailable or PresentationError.UnsupportedResponseType ? response.Error : PresentationError.InvalidRequest,
        "The wallet answered: " + (response.ErrorDescription ?? response.Error));

    private static DirectPostReply Refused(Problem problem) => new(StatusCodes.Status400BadRequest, problem);
}
