using System.Text.Encodings.Web;
using Credentials.IssuerApi.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.ApiKeys;

/// <summary>Reads <c>Authorization: Bearer KEY</c>; answers 401 and 403 as problems that say what to do.</summary>
internal sealed class ApiKeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeyStore keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";
    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        Caller? caller = await keys.FindAsync(header[Prefix.Length..].Trim(), Context.RequestAborted);
        return caller is null
            ? AuthenticateResult.Fail("The API key is not known.")
            : AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(SchemeName), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        bool sent = Request.Headers.Authorization.Count > 0;
        Response.Headers.WWWAuthenticate = sent ? "Bearer error=\"invalid_token\"" : "Bearer";
        return ApiProblem.Of(
            StatusCodes.Status401Unauthorized,
            ApiProblem.Unauthenticated,
            sent ? "This API key is not known here, or it was withdrawn. Ask the administrator for a new one." : "Send an API key in the header Authorization: Bearer KEY.")
            .ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => ApiProblem.Of(
        StatusCodes.Status403Forbidden,
        ApiProblem.Forbidden,
        $"An API key of the role {Caller.Of(Context.User)?.Role ?? "unknown"} may not do this.")
        .ExecuteAsync(Context);
}
