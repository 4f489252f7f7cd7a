using Credentials.OpenId.Messages;

namespace Credentials.OpenId.OAuth;

/// <summary>A token response.</summary>
/// <param name="AccessToken">The token.</param>
/// <param name="TokenType"><c>Bearer</c> or <c>DPoP</c>.</param>
/// <param name="ExpiresIn">Seconds; null when it was not said.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#token-response</remarks>
public sealed record TokenResponse(string AccessToken, string TokenType, int? ExpiresIn)
{
    /// <summary>A token for whoever has it.</summary>
    public const string Bearer = "Bearer";

    /// <summary>A token for whoever has the key that it is bound to.</summary>
    public const string Dpop = "DPoP";

    /// <summary>What may be asked for, when the request named it by authorization details.</summary>
    public IReadOnlyList<AuthorizationDetail> Details { get; init; } = [];

    /// <summary>Reads the body. The type is compared as the specification says, whatever the case of its letters.</summary>
    public static Parsed<TokenResponse> Read(ReadOnlyMemory<byte> utf8) => MessageText.Read(utf8, OAuthError.ServerError, json =>
    {
        ObjectReader reader = new(json, OAuthError.ServerError);
        string token = reader.Required("access_token");
        string type = reader.Required("token_type");
        string? known = type.Equals(Bearer, StringComparison.OrdinalIgnoreCase) ? Bearer : type.Equals(Dpop, StringComparison.OrdinalIgnoreCase) ? Dpop : null;
        if (known is null)
        {
            reader.Fault("the type of the token is neither Bearer nor DPoP", "token_type");
        }

        int? expires = reader.Integer("expires_in", 0);
        IReadOnlyList<AuthorizationDetail> details = reader.Has("authorization_details", out var array) ? reader.Keep(AuthorizationDetail.ReadArray(array)) ?? [] : [];
        return reader.Or(() => new TokenResponse(token, known!, expires) { Details = details });
    });

    /// <summary>Writes the body.</summary>
    public byte[] Write() => MessageText.Write(writer =>
    {
        writer.WriteString("access_token", AccessToken);
        writer.WriteString("token_type", TokenType);
        writer.Member("expires_in", ExpiresIn);
        if (Details.Count > 0)
        {
            writer.WritePropertyName("authorization_details");
            AuthorizationDetail.WriteArray(writer, Details);
        }
    });
}
