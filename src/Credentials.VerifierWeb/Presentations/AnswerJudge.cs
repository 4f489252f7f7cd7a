using System.Security.Cryptography;
using Credentials.DcSdJwt;
using Credentials.Encoding;
using Credentials.Enveloping;
using Credentials.Jose;
using Credentials.OpenId;
using Credentials.OpenId.Presentation;
using Credentials.OpenId.Presentation.Dcql;
using Credentials.Verification;
using Credentials.VerifierWeb.Options;
using Credentials.VerifierWeb.Verifying;
using Microsoft.Extensions.Options;

namespace Credentials.VerifierWeb.Presentations;

/// <summary>Judges an answer: every presentation by the verifier that the page has, then all of them against the query.</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#name-vp-token-validation</remarks>
internal sealed class AnswerJudge(VerificationDesk desk, IOptions<VerifierOptions> options, TimeProvider clock)
{
    private const byte ObjectStart = (byte)'{';
    private const string DataIntegrity = "data-integrity";

    /// <summary>Judges.</summary>
    /// <param name="query">What was asked.</param>
    /// <param name="token">What was answered.</param>
    /// <param name="nonce">The nonce that was given out.</param>
    /// <param name="audience">The name under which it was asked.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<PresentationOutcome> JudgeAsync(DcqlQuery query, VpToken token, string nonce, string audience, CancellationToken cancellationToken)
    {
        if (token.Presentations.Count == 0)
        {
            return Refused(new(AnswerProblem.MissingCredential, "The wallet agreed, and gave nothing.", "/vp_token"));
        }

        List<JudgedPresentation> judged = [];
        foreach ((string id, IReadOnlyList<ReadOnlyMemory<byte>> presentations) in token.Presentations)
        {
            // 1. Validate the format of the VP Token. What nobody asked for is not even looked at.
            if (query.Find(id) is not { } asked)
            {
                return Refused(new(AnswerProblem.SurplusCredential, "The wallet gave something for which nobody asked.", JsonPointer.Member("/vp_token", id)));
            }

            foreach (ReadOnlyMemory<byte> presentation in presentations)
            {
                // 2. Check the individual Presentations according to the specific Credential Format requested.
                JudgedPresentation one = await JudgeAsync(asked, presentation, nonce, audience, cancellationToken);
                judged.Add(one);
                if (Flaw(one, presentation, nonce, audience) is { } flaw)
                {
                    return Refused(flaw);
                }
            }
        }

        if (judged.Find(one => one.Shown is null) is { } unreadable)
        {
            return Refused(new(AnswerProblem.WrongFormat, $"What the wallet gave cannot be read as a presentation of {unreadable.Format}.", JsonPointer.Member("/vp_token", unreadable.QueryId)));
        }

        // 3. Check that the set of Presentations returned satisfies all requirements defined in the Verifier's request.
        Dictionary<string, IReadOnlyList<DcqlCredential>> shown = judged.GroupBy(one => one.QueryId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<DcqlCredential>)[.. group.Select(one => one.Shown!)], StringComparer.Ordinal);
        return DcqlAnswer.Check(query, shown) is [var problem, ..] ? Refused(problem) : new(null, [.. judged.Select(one => one.Kept())], clock.GetUtcNow());
    }

    private async Task<JudgedPresentation> JudgeAsync(CredentialQuery asked, ReadOnlyMemory<byte> presentation, string nonce, string audience, CancellationToken cancellationToken)
    {
        bool isSdJwt = asked.Format == CredentialFormat.SdJwtVc;
        if (!asked.RequiresHolderBinding && (!isSdJwt || SdJwt.Open(presentation) is { Value.KeyBinding: null }))
        {
            VerificationResult alone = await desk.VerifyAsync(presentation, options.Value.Policy, checks: null, cancellationToken);
            return new(asked.Id, asked.Format) { Credential = alone, Shown = isSdJwt ? ShownOf(presentation, isBound: false) : ShownOf(alone, presentation, isBound: false) };
        }

        PresentationExpectation expected = PresentationExpectation.Of(nonce, audience) with { HolderBinding = HolderBinding.Required, MaxCredentials = 1 };
        PresentationResult result = await desk.VerifyPresentationAsync(presentation, expected, options.Value.Policy, checks: null, cancellationToken);
        VerificationResult? credential = result.Credentials.Count == 1 ? result.Credentials[0] : null;
        bool isBound = IsBound(result, credential);

        // A signature that cannot be judged is no reason to say that there is none: then the verdict says that it cannot be told.
        bool isSigned = isBound || IsSigned(result, presentation);
        return new(asked.Id, asked.Format)
        {
            Presentation = result,
            Credential = credential,
            IsBound = isBound,
            Shown = isSdJwt ? ShownOf(presentation, isSigned) : credential is not null && result.Presentation?.Credentials is [var inside] ? ShownOf(credential, inside, isSigned) : null,
        };
    }

    // Whoever answers has signed it now and for us, with a key of the one whom the credential is about. A check that was not made proves nothing.
    private static bool IsBound(PresentationResult result, VerificationResult? credential) =>
        result[CheckName.Proof].Outcome == CheckOutcome.Passed
        && result[CheckName.HolderBinding].Outcome == CheckOutcome.Passed
        && credential?[CheckName.HolderBinding].Outcome == CheckOutcome.Passed;

    private static bool IsSigned(PresentationResult result, ReadOnlyMemory<byte> presentation) =>
        Envelope.Open(presentation) is { Value: { } envelope } ? envelope.IsPresentation || envelope.KeyBinding is not null
            : result.Presentation?.Json is { } document && (document.TryGetProperty("proof", out _) || result.Form != DataIntegrity);

    // "If any Verifiable Presentation in the response does not contain the correct nonce value, the response MUST be rejected." A holder's proof that is not his, or not of now, says nothing against the diploma: it is the answer that is refused.
    private static Problem? Flaw(JudgedPresentation one, ReadOnlyMemory<byte> presentation, string nonce, string audience)
    {
        KeyBinding? binding = one.Format == CredentialFormat.SdJwtVc ? SdJwt.Open(presentation).Value?.KeyBinding : null;
        return binding is not null && binding.Nonce != nonce ? new(ProblemCode.InvalidChallenge, "The key binding answers another nonce than was given out.")
            : binding is not null && binding.Audience != audience ? new(ProblemCode.InvalidDomain, "The key binding was made for another verifier.")
            : one.Presentation?.Checks.FirstOrDefault(check => check.Outcome == CheckOutcome.Failed || check.Problem?.Code is ProblemCode.InvalidChallenge or ProblemCode.InvalidDomain)?.Problem;
    }

    // Not any SD-JWT: one that keeps to the rules of the format that was asked for.
    // Its certificates are what it says of itself, and this host trusts no roots by which they could be proven: no authority is known by them.
    private static DcqlCredential? ShownOf(ReadOnlyMemory<byte> presentation, bool isBound) =>
        SdJwtVc.Open(presentation).Ok && SdJwt.Open(presentation) is { Value: { } sdJwt } ? DcqlCredential.Of(Digest(sdJwt.IssuerSigned.Span), sdJwt, isBound) with { Authorities = [] } : null;

    private static DcqlCredential? ShownOf(VerificationResult result, ReadOnlyMemory<byte> credential, bool isBound)
    {
        if (result.Credential is not { } read)
        {
            return null;
        }

        // Forms are called here as among wallets, but for one.
        string format = result.Form switch
        {
            DataIntegrity => CredentialFormat.LdpVc,
            null when credential.Span[0] == ObjectStart => CredentialFormat.LdpVc,
            { } form => form,
            null => "",
        };
        return DcqlCredential.Of(Digest(credential.Span), format, read.Json, isBound);
    }

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexString(SHA256.HashData(bytes));

    // Nothing of an answer that is refused is handed on, so nothing of it is kept.
    private PresentationOutcome Refused(Problem problem) => new(problem, [], clock.GetUtcNow());
}
