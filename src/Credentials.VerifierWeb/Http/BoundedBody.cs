namespace Credentials.VerifierWeb.Http;

/// <summary>Reads a body up to a bound.</summary>
internal static class BoundedBody
{
    private const int PartLength = 16 * 1024;

    /// <summary>The bytes; null when there are more.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int maximum, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maximum)
        {
            return null;
        }

        using MemoryStream body = new();
        byte[] part = new byte[PartLength];
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
}
