using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Credentials.IssuerApi.Http;

/// <summary>Refusals as RFC 9457 problems. <c>code</c> is stable and for programs, <c>detail</c> is for people, <c>errors</c> points into what was sent.</summary>
internal static class ApiProblem
{
    public const string BadRequest = "BAD_REQUEST";
    public const string BodyTooLarge = "BODY_TOO_LARGE";
    public const string Conflict = "CONFLICT";
    public const string Forbidden = "FORBIDDEN";
    public const string IdempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED";
    public const string InternalError = "INTERNAL_ERROR";
    public const string MethodNotAllowed = "METHOD_NOT_ALLOWED";
    public const string NotFound = "NOT_FOUND";
    public const string RateLimited = "RATE_LIMITED";
    public const string RevocationIsFinal = "REVOCATION_IS_FINAL";
    public const string StorageUnavailable = "STORAGE_UNAVAILABLE";
    public const string Unauthenticated = "UNAUTHENTICATED";
    public const string UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE";

    public static ProblemHttpResult Of(int status, string code, string detail) => TypedResults.Problem(Details(status, code, detail));

    /// <summary>400, with every problem of the document that was sent.</summary>
    public static ProblemHttpResult Invalid(params IReadOnlyList<Problem> problems)
    {
        ProblemDetails details = Details(StatusCodes.Status400BadRequest, problems[0].Code, problems[0].Detail);
        details.Extensions["errors"] = problems.Select(ProblemItem.Of).ToArray();
        return TypedResults.Problem(details);
    }

    /// <summary>404. The same for what is another institution's and for what is not there: nobody learns what others have.</summary>
    public static ProblemHttpResult Missing(string what) => Of(StatusCodes.Status404NotFound, NotFound, $"There is no such {what} here.");

    public static ProblemDetails Details(int status, string code, string detail) => new()
    {
        Status = status,
        Type = ProblemCode.TypeOf(code).OriginalString,
        Title = TitleOf(status),
        Detail = detail,
        Extensions = { ["code"] = code },
    };

    /// <summary>Gives the framework's own refusals (no such route, wrong method, bad parameter) the members that ours have.</summary>
    public static void Complete(ProblemDetails details)
    {
        if (details.Extensions.ContainsKey("code"))
        {
            return;
        }

        (string code, string detail) = details.Status switch
        {
            StatusCodes.Status404NotFound => (NotFound, "There is nothing at this path: see /openapi/v1.json."),
            StatusCodes.Status405MethodNotAllowed => (MethodNotAllowed, "This path does not take this method: see /openapi/v1.json."),
            StatusCodes.Status413PayloadTooLarge => (BodyTooLarge, "The body is too large."),
            StatusCodes.Status415UnsupportedMediaType => (UnsupportedMediaType, "This path does not take this Content-Type: see /openapi/v1.json."),
            StatusCodes.Status503ServiceUnavailable => (StorageUnavailable, "The issuer's database cannot be reached or has no room. Try again later, with the same Idempotency-Key: nothing is done twice."),
            >= StatusCodes.Status500InternalServerError => (InternalError, "The issuer failed. Nothing that was not answered with success was done; try again later."),
            _ => (BadRequest, "The request cannot be read: see /openapi/v1.json."),
        };
        details.Type = ProblemCode.TypeOf(code).OriginalString;
        details.Detail = detail;
        details.Extensions["code"] = code;
    }

    private static string TitleOf(int status) => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status);
}

/// <summary>One thing that is wrong with what was sent.</summary>
/// <param name="Type">URL of the kind of problem.</param>
/// <param name="Code">Its name.</param>
/// <param name="Detail">A sentence for a person.</param>
/// <param name="Pointer">RFC 6901 pointer into what was sent.</param>
internal sealed record ProblemItem(string Type, string Code, string Detail, string? Pointer)
{
    public static ProblemItem Of(Problem problem) => new(problem.Type.OriginalString, problem.Code, problem.Detail, problem.Pointer);
}
