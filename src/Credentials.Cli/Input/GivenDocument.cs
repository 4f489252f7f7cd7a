using Credentials.DataModel;

namespace Credentials.Cli.Input;

/// <summary>The document that an operand stands for: a file, standard input, or a link.</summary>
/// <param name="Utf8">Its bytes.</param>
/// <param name="Fault">Why it could not be fetched; the document may well be genuine.</param>
internal sealed record GivenDocument(ReadOnlyMemory<byte> Utf8, string? Fault)
{
    private const int MaximumBytes = 16 * 1024 * 1024;

    /// <summary>Reads it.</summary>
    /// <param name="operand">A path, <c>-</c>, a URL, a QR link or a locator.</param>
    /// <param name="around">For standard input.</param>
    /// <param name="fetcher">For links; null where the network is off limits.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="MisuseException">There is no such file, and it is no link.</exception>
    public static async Task<GivenDocument> ReadAsync(string operand, Surroundings around, IDocumentFetcher? fetcher, CancellationToken cancellationToken)
    {
        if (operand == "-")
        {
            await using Stream input = around.Input();
            return new(Trim(await ReadAsync(input, cancellationToken)), null);
        }

        if (File.Exists(operand))
        {
            try
            {
                await using FileStream file = File.OpenRead(operand);
                return new(Trim(await ReadAsync(file, cancellationToken)), null);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new MisuseException($"{operand} cannot be read: {e.Message}");
            }
        }

        if (!CredentialLink.TryParse(operand, out CredentialLink? link))
        {
            throw new MisuseException($"{DisplayText.Of(operand, 100)} is no file that exists, and no link.");
        }

        if (fetcher is null)
        {
            throw new MisuseException("A link needs the network: save the document to a file first, or take another policy.");
        }

        FetchedDocument answer = await fetcher.FetchAsync(link.CredentialUrl, "application/vc, application/vp, application/vc+jwt, application/vp+jwt, application/vc+sd-jwt, application/ld+json;q=0.9, application/json;q=0.9", cancellationToken);
        return !answer.Ok ? new(default, $"The document could not be fetched: {answer.Fault}.")
            : Trim(answer.Body) is var body && body.Span is [(byte)'{', ..] or [(byte)'e', (byte)'y', (byte)'J', ..] ? new(body, null)
            : new(default, "The link does not lead to a JSON document or a JWT.");
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using MemoryStream whole = new();
        byte[] part = new byte[64 * 1024];
        while (await stream.ReadAsync(part, cancellationToken) is > 0 and var read)
        {
            whole.Write(part, 0, read);
            if (whole.Length > MaximumBytes)
            {
                throw new MisuseException("The document is larger than 16 MiB: that is no credential.");
            }
        }

        return whole.ToArray();
    }

    // COSE begins with a CBOR tag or array, no text does: every byte of it is its own.
    private static bool IsBinary(ReadOnlySpan<byte> given) => given is [>= 0x80 and not 0xEF, ..];

    /// <summary>Without the byte order mark and the blanks that editors add: no signature covers them.</summary>
    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> given) => IsBinary(given.Span) ? given :
        (given.Span.StartsWith(System.Text.Encoding.UTF8.Preamble) ? given[System.Text.Encoding.UTF8.Preamble.Length..] : given).Trim(" \t\r\n"u8);
}
