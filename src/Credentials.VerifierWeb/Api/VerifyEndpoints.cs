using Credentials.Verification;
using Credentials.VerifierWeb.Http;
using Credentials.VerifierWeb.Intake;
using Credentials.VerifierWeb.Verifying;

namespace Credentials.VerifierWeb.Api;

/// <summary>Verification for machines: 200 when verified, 400 otherwise, the verdict and every check in the body either way.</summary>
/// <remarks>https://w3c-ccg.github.io/vc-api/#verify-credential, https://w3c-ccg.github.io/vc-api/#verify-presentation</remarks>
internal static class VerifyEndpoints
{
    private const int MaximumCredentialBody = DocumentIntake.MaximumBytes + (64 * 1024);

    // A presentation holds several credentials; the host reads no more than this of any body.
    private const int MaximumPresentationBody = 4 * 1024 * 1024;

    public static IEndpointRouteBuilder MapVerifyApi(this IEndpointRouteBuilder app)
    {
        Describe<VerifyCredentialResponse>(app.MapPost("/credentials/verify", VerifyCredentialAsync), "verifyCredential", "Credentials")
            .WithSummary("Verifies a credential.")
            .WithDescription("Takes {\"verifiableCredential\": {...}, \"options\": {\"policy\": \"default\" | \"require-anchor\" | \"offline\", \"checks\": [\"proof\", \"credentialStatus\", ...]}}, or the credential alone. With checks, only these decide, and format, proof and issuer, which always do. Nothing of it is kept.")
            .Accepts<VerifyCredentialRequest>("application/json", "application/ld+json", "application/vc");
        Describe<VerifyPresentationResponse>(app.MapPost("/presentations/verify", VerifyPresentationAsync), "verifyPresentation", "Presentations")
            .WithSummary("Verifies a presentation and every credential in it.")
            .WithDescription("Takes {\"verifiablePresentation\": {...}, \"options\": {\"challenge\": \"...\", \"domain\": \"...\", \"policy\": ..., \"checks\": [...]}}, or the presentation alone. Without challenge and domain it may be a replay. Nothing of it is kept.")
            .Accepts<VerifyPresentationRequest>("application/json", "application/ld+json", "application/vp");
        return app;
    }

    private static RouteHandlerBuilder Describe<TAnswer>(RouteHandlerBuilder endpoint, string name, string tag) => endpoint
        .RequireCors(WalletCors.Policy)
        .WithName(name)
        .WithTags(tag)
        .Produces<TAnswer>(StatusCodes.Status200OK, "application/json")
        .Produces<TAnswer>(StatusCodes.Status400BadRequest, "application/json")
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<IResult> VerifyCredentialAsync(HttpRequest request, VerificationDesk desk, CancellationToken cancellationToken)
    {
        (VerifyRequest? asked, IResult? refusal) = await ReadAsync(request, "verifiableCredential", MaximumCredentialBody, desk, cancellationToken);
        if (asked is null)
        {
            return refusal!;
        }

        VerificationResult result = await desk.VerifyAsync(asked.Document, asked.Policy, asked.Checks, cancellationToken);
        return new JsonBytes(VerificationResultJson.ToUtf8(result), result.Verdict);
    }

    private static async Task<IResult> VerifyPresentationAsync(HttpRequest request, VerificationDesk desk, CancellationToken cancellationToken)
    {
        (VerifyRequest? asked, IResult? refusal) = await ReadAsync(request, "verifiablePresentation", MaximumPresentationBody, desk, cancellationToken);
        if (asked is null)
        {
            return refusal!;
        }

        // The caller gave out the challenge, or did not: whether a replay matters here is for it to say.
        var expected = PresentationExpectation.ReplayableUnsafe(asked.Challenge, asked.Domain);
        PresentationResult result = await desk.VerifyPresentationAsync(asked.Document, expected, asked.Policy, asked.Checks, cancellationToken);
        return new JsonBytes(VerificationResultJson.ToUtf8(result), result.Verdict);
    }

    private static async Task<(VerifyRequest? Asked, IResult? Refusal)> ReadAsync(HttpRequest request, string member, int maximum, VerificationDesk desk, CancellationToken cancellationToken)
    {
        if (await BodyAsync(request, maximum, cancellationToken) is not { } body)
        {
            return (null, TypedResults.Problem($"The body is larger than {maximum} bytes.", statusCode: StatusCodes.Status413PayloadTooLarge));
        }

        Parsed<VerifyRequest> asked = VerifyRequest.Read(body, member);
        return !asked.Ok ? (null, TypedResults.Problem(asked.Problem.Detail, statusCode: StatusCodes.Status422UnprocessableEntity))
            : !desk.Policies.Contains(asked.Value.Policy) ? (null, TypedResults.Problem($"options.policy must be one of {string.Join(", ", desk.Policies)}.", statusCode: StatusCodes.Status422UnprocessableEntity))
            : (asked.Value, null);
    }

    private static async Task<byte[]?> BodyAsync(HttpRequest request, int maximum, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maximum)
        {
            return null;
        }

        using MemoryStream body = new();
        byte[] part = new byte[16 * 1024];
        while (await request.Body.ReadAsync(part, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > maximum)
            {
                return null;
            }

            body.Write(part, 0, read);
        }

        return body.ToArray();
    }

    /// <summary>JSON that is already written.</summary>
    private sealed record JsonBytes(byte[] Utf8, Verdict Verdict) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = Verdict == Verdict.Verified ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            httpContext.Response.ContentLength = Utf8.Length;
            await httpContext.Response.Body.WriteAsync(Utf8, httpContext.RequestAborted);
        }
    }
}
