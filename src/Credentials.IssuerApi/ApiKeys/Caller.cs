using System.Security.Claims;

namespace Credentials.IssuerApi.ApiKeys;

/// <summary>What an API key may do.</summary>
internal static class Role
{
    /// <summary>Creates institutions and their API keys. Reads and issues no credentials.</summary>
    public const string Administrator = "administrator";

    /// <summary>Issues, reads and revokes the credentials of one institution.</summary>
    public const string Registrar = "registrar";

    /// <summary>Reads the credentials of one institution.</summary>
    public const string Reader = "reader";

    /// <summary>The policy that lets every key in.</summary>
    public const string Any = "administrator, registrar or reader";
}

/// <summary>Who asks: an API key, its role, and the one institution that it speaks for (none for the administrator).</summary>
internal sealed record Caller(string KeyId, string Role, string? InstitutionId)
{
    private const string InstitutionClaim = "institution";

    /// <summary>The institution of a registrar or reader; endpoints that need one have a policy that lets nobody else in.</summary>
    public string Institution => InstitutionId ?? throw new InvalidOperationException("This key speaks for no institution.");

    public static Caller? Of(ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true, Name: { } name } && user.FindFirstValue(ClaimTypes.Role) is { } role
            ? new Caller(name, role, user.FindFirstValue(InstitutionClaim))
            : null;

    /// <summary>Bound by minimal APIs as a parameter; the endpoint's policy has made sure that there is one.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context.User));

    public ClaimsPrincipal ToPrincipal(string scheme)
    {
        List<Claim> claims = [new(ClaimTypes.Name, KeyId), new(ClaimTypes.Role, Role)];
        if (InstitutionId is not null)
        {
            claims.Add(new Claim(InstitutionClaim, InstitutionId));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }
}
