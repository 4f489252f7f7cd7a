using Credentials.OpenId.Messages;
using Credentials.OpenId.OAuth;

namespace Credentials.IssuerApi.Wallets;

/// <summary>Reads what wallets send, within bounds.</summary>
internal static class WalletForm
{
    private const int MaxForm = 64 * 1024;
    private const int MaxJson = 512 * 1024;

    /// <summary>A form (<c>application/x-www-form-urlencoded</c>).</summary>
    public static async Task<Parsed<FormParameters>> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!IsOf(request, "application/x-www-form-urlencoded"))
        {
            return new Problem(OAuthError.InvalidRequest, "Send the parameters as application/x-www-form-urlencoded.");
        }

        byte[]? body = await ReadAsync(request, MaxForm, cancellationToken);
        return body is null ? new Problem(OAuthError.InvalidRequest, "The request is too long.") : FormParameters.Read(System.Text.Encoding.UTF8.GetString(body));
    }

    /// <summary>A JSON body's bytes.</summary>
    public static async Task<Parsed<byte[]>> ReadJsonAsync(HttpRequest request, string code, CancellationToken cancellationToken) =>
        !IsOf(request, "application/json") ? new Problem(code, "Send the request as application/json.")
        : await ReadAsync(request, MaxJson, cancellationToken) is { } body ? body : new Problem(code, "The request is too long.");

    /// <summary>The bytes of a body that is a JWT.</summary>
    public static async Task<Parsed<byte[]>> ReadJwtAsync(HttpRequest request, string code, CancellationToken cancellationToken) =>
        await ReadAsync(request, MaxJson, cancellationToken) is { } body ? body : new Problem(code, "The request is too long.");

    /// <summary>Whether the body is of that media type, whatever its parameters.</summary>
    public static bool IsOf(HttpRequest request, string mediaType) => (request.ContentType ?? "").Split(';')[0].Trim().Equals(mediaType, StringComparison.OrdinalIgnoreCase);

    private static async Task<byte[]?> ReadAsync(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        if (request.ContentLength > most)
        {
            return null;
        }

        using var body = new MemoryStream();
        byte[] piece = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(piece, cancellationToken)) > 0;)
        {
            if (body.Length + read > most)
            {
                return null;
            }

            body.Write(piece, 0, read);
        }

        return body.ToArray();
    }
}
