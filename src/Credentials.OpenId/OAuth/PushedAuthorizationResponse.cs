using Credentials.OpenId.Messages;

namespace Credentials.OpenId.OAuth;

/// <summary>The answer to a pushed authorization request.</summary>
/// <param name="RequestUri">What stands for the request.</param>
/// <param name="ExpiresIn">Seconds.</param>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9126#section-2.2</remarks>
public sealed record PushedAuthorizationResponse(string RequestUri, int ExpiresIn)
{
    /// <summary>Reads the body.</summary>
    public static Parsed<PushedAuthorizationResponse> Read(ReadOnlyMemory<byte> utf8) => MessageText.Read(utf8, OAuthError.ServerError, json =>
    {
        ObjectReader reader = new(json, OAuthError.ServerError);
        string uri = reader.Required("request_uri");
        int expires = reader.Integer("expires_in", 1) ?? 0;
        return reader.Or(() => new PushedAuthorizationResponse(uri, expires));
    });

    /// <summary>Writes the body.</summary>
    public byte[] Write() => MessageText.Write(writer =>
    {
        writer.WriteString("request_uri", RequestUri);
        writer.WriteNumber("expires_in", ExpiresIn);
    });
}
