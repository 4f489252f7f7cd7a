using System.Runtime.InteropServices;
using System.Text.Json;
using Credentials.Encoding;
using Credentials.Verification;
using Credentials.VerifierWeb.Intake;
using Credentials.VerifierWeb.Verifying;

namespace Credentials.VerifierWeb.Api;

/// <summary>Verification for machines: 200 when verified, 400 otherwise, the verdict and every check in the body either way.</summary>
/// <remarks>https://w3c-ccg.github.io/vc-api/#verify-credential</remarks>
internal static class VerifyEndpoints
{
    private const int MaximumBody = DocumentIntake.MaximumBytes + (64 * 1024);

    public static IEndpointRouteBuilder MapVerifyApi(this IEndpointRouteBuilder app)
    {
        app.MapPost("/credentials/verify", VerifyAsync)
            .WithName("verifyCredential")
            .WithTags("Credentials")
            .WithSummary("Verifies a credential.")
            .WithDescription("Takes {\"verifiableCredential\": {...}, \"options\": {\"policy\": \"default\" | \"require-anchor\" | \"offline\"}}, or the credential alone. Nothing of it is kept.")
            .Accepts<VerifyCredentialRequest>("application/json", "application/ld+json", "application/vc")
            .Produces<VerifyCredentialResponse>(StatusCodes.Status200OK, "application/json")
            .Produces<VerifyCredentialResponse>(StatusCodes.Status400BadRequest, "application/json")
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        return app;
    }

    private static async Task<IResult> VerifyAsync(HttpRequest request, VerificationDesk desk, CancellationToken cancellationToken)
    {
        if (await ReadAsync(request, cancellationToken) is not { } body)
        {
            return TypedResults.Problem($"The body is larger than {MaximumBody} bytes.", statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        (ReadOnlyMemory<byte> credential, string policy) = Open(body);
        if (!desk.Policies.Contains(policy))
        {
            return TypedResults.Problem($"options.policy must be one of {string.Join(", ", desk.Policies)}.", statusCode: StatusCodes.Status422UnprocessableEntity);
        }

        VerificationResult result = await desk.VerifyAsync(credential, policy, cancellationToken);
        return new JsonBytes(VerificationResultJson.ToUtf8(result), result.Verdict == Verdict.Verified ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    /// <summary>The credential's own bytes, never written anew. What is no such envelope is taken for the credential, and its format check says what is wrong with it.</summary>
    private static (ReadOnlyMemory<byte> Credential, string Policy) Open(ReadOnlyMemory<byte> body)
    {
        Parsed<JsonDocument> parsed = StrictJson.Parse(body);
        if (!parsed.Ok)
        {
            return (body, VerificationPolicy.Default.Name);
        }

        using JsonDocument envelope = parsed.Value;
        if (envelope.RootElement.ValueKind != JsonValueKind.Object || !envelope.RootElement.TryGetProperty("verifiableCredential", out JsonElement credential))
        {
            return (body, VerificationPolicy.Default.Name);
        }

        string? policy = envelope.RootElement.TryGetProperty("options", out JsonElement options) && options.ValueKind == JsonValueKind.Object && options.TryGetProperty("policy", out JsonElement named)
            ? named.ValueKind == JsonValueKind.String ? named.GetString() : ""
            : VerificationPolicy.Default.Name;
        return (JsonMarshal.GetRawUtf8Value(credential).ToArray(), policy ?? "");
    }

    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaximumBody)
        {
            return null;
        }

        using MemoryStream body = new();
        byte[] part = new byte[16 * 1024];
        while (await request.Body.ReadAsync(part, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > MaximumBody)
            {
                return null;
            }

            body.Write(part, 0, read);
        }

        return body.ToArray();
    }

    /// <summary>JSON that is already written.</summary>
    private sealed record JsonBytes(byte[] Utf8, int Status) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = Status;
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            httpContext.Response.ContentLength = Utf8.Length;
            await httpContext.Response.Body.WriteAsync(Utf8, httpContext.RequestAborted);
        }
    }
}
