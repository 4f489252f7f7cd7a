using System.Text.Json;
using Credentials.Jose;
using Credentials.Keys;

namespace Credentials.OpenId.Presentation;

/// <summary>A request as a signed JWT (JAR).</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9101, https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#name-authorization-request</remarks>
public static class RequestObject
{
    /// <summary>The <c>typ</c> without which no wallet may process it.</summary>
    public const string Type = "oauth-authz-req+jwt";

    /// <summary>The media type of the answer of a <c>request_uri</c>.</summary>
    public const string MediaType = "application/" + Type;

    /// <summary>Signs a request.</summary>
    /// <param name="request">What is asked; <see cref="AuthorizationRequest.Audience"/> is set to <see cref="AuthorizationRequest.AnyWallet"/> unless it is there.</param>
    /// <param name="signer">The verifier's key.</param>
    /// <param name="keyId">DID URL of the key, under <c>decentralized_identifier</c>; null otherwise.</param>
    /// <param name="certificates">The key's certificate and those above it, DER, under the <c>x509</c> prefixes.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ArgumentException">The client identifier must not be signed with.</exception>
    public static Task<Parsed<string>> SignAsync(AuthorizationRequest request, ISigner signer, string? keyId, IReadOnlyList<ReadOnlyMemory<byte>> certificates, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Client is not { MustBeSigned: true })
        {
            throw new ArgumentException("Nobody could tell whose signature that is: the client identifier has no prefix that is proven by one.", nameof(request));
        }

        byte[] claims = (request with { Audience = request.Audience ?? AuthorizationRequest.AnyWallet }).ToUtf8();
        return Jwt.SignAsync(claims, signer, new(Type) { KeyId = keyId, Certificates = certificates }, cancellationToken);
    }

    /// <summary>Reads the JWT; nothing of it is believed yet.</summary>
    internal static Parsed<Jwt> Open(string text)
    {
        if (text.Length > AuthorizationRequest.MaxLength)
        {
            return Fault("The request object is too long.");
        }

        Parsed<Jwt> jwt = Jwt.Read(text);

        // "Wallets MUST NOT process Request Objects where the typ Header Parameter is not present or does not have the value oauth-authz-req+jwt."
        return !jwt.Ok ? Fault("The request object is no signed JWT: " + jwt.Problem.Detail)
            : jwt.Value.Type != Type ? Fault($"The typ of a request object is {Type}.")
            : jwt;
    }

    /// <summary>The claims as a request.</summary>
    internal static Parsed<AuthorizationRequest> Read(Jwt jwt)
    {
        JsonElement claims = jwt.Payload;
        return claims.TryGetProperty("aud", out JsonElement audience) && audience.ValueKind == JsonValueKind.Array
            ? Fault("The aud of a request object is one text.")
            : AuthorizationRequest.Read(claims);
    }

    private static Problem Fault(string detail) => new(PresentationError.InvalidRequest, detail, "");
}
