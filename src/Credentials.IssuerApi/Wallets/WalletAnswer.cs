using Credentials.OpenId.Issuance;
using Credentials.OpenId.Messages;
using Credentials.OpenId.OAuth;
using Microsoft.Net.Http.Headers;

namespace Credentials.IssuerApi.Wallets;

/// <summary>Answers to wallets, in the words of their protocols. None of them is ever stored.</summary>
internal static class WalletAnswer
{
    private const string Json = "application/json";

    /// <summary>A message.</summary>
    public static IResult Message(HttpContext context, byte[] json, int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Bytes(context, json, Json, status);
    }

    /// <summary>An encrypted message.</summary>
    public static IResult Encrypted(HttpContext context, string jwe, int status)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Bytes(context, System.Text.Encoding.ASCII.GetBytes(jwe), "application/jwt", status);
    }

    /// <summary>A refusal whose code is the protocol's. Those that concern the token are 401 with a challenge.</summary>
    public static IResult Refusal(HttpContext context, Problem problem, int status = StatusCodes.Status400BadRequest) => Message(context, ErrorMessage.Of(problem).Write(), status);

    /// <summary>A refusal of an access token or its proof at a protected resource.</summary>
    public static IResult Challenge(HttpContext context, Problem? problem)
    {
        // RFC 6750 section 3.1: without any token there is nothing to say but how to ask. RFC 9449 section 7.1: the algorithms are named.
        string algorithms = string.Join(' ', KeyProof.Algorithms);
        string error = problem is null ? "" : $", error=\"{problem.Code}\", error_description=\"{ErrorMessage.Printable(problem.Detail)}\"";
        context.Response.Headers.Append(HeaderNames.WWWAuthenticate, $"DPoP algs=\"{algorithms}\"{error}");
        if (problem?.Code is null or OAuthError.InvalidToken)
        {
            context.Response.Headers.Append(HeaderNames.WWWAuthenticate, problem is null ? "Bearer" : $"Bearer {error[2..]}");
        }

        return Refusal(context, problem ?? new Problem(OAuthError.InvalidToken, "Send an access token."), StatusCodes.Status401Unauthorized);
    }

    private static IResult Bytes(HttpContext context, byte[] body, string contentType, int status)
    {
        context.Response.StatusCode = status;
        return Results.Bytes(body, contentType);
    }
}
