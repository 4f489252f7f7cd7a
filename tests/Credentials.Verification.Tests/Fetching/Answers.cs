using System.Globalization;
using System.IO.Compression;
using Text = System.Text.Encoding;

namespace Credentials.Verification.Tests.Fetching;

/// <summary>The ways in which a web server answers, or fails to.</summary>
internal static class Answers
{
    public static Answer Json(string body) => Whole(200, "application/json", Text.UTF8.GetBytes(body));

    public static Answer Json(ReadOnlyMemory<byte> body) => Whole(200, "application/json", body);

    public static Answer Html() => Whole(200, "text/html; charset=utf-8", "<!doctype html><title>Sign in</title><p>This host moved."u8.ToArray());

    public static Answer Status(int code) => Whole(code, "application/json", "{}"u8.ToArray());

    public static Answer Redirect(string location, int code = 302) => (wire, ct) => SendAsync(wire, $"HTTP/1.1 {code} Moved\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", ct);

    public static Answer TruncatedGzip(ReadOnlyMemory<byte> body) => async (wire, ct) =>
    {
        byte[] whole = Gzip(body.Span);
        byte[] part = whole[..(whole.Length / 2)];
        await SendAsync(wire, $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {part.Length}\r\nConnection: close\r\n\r\n", ct);
        await wire.WriteAsync(part, ct);
    };

    public static Answer Gzipped(ReadOnlyMemory<byte> body) => async (wire, ct) =>
    {
        byte[] whole = Gzip(body.Span);
        await SendAsync(wire, $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {whole.Length}\r\nConnection: close\r\n\r\n", ct);
        await wire.WriteAsync(whole, ct);
    };

    /// <summary>Promises more bytes than it sends.</summary>
    public static Answer WrongLength(ReadOnlyMemory<byte> body) => async (wire, ct) =>
    {
        await SendAsync(wire, $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length + 100}\r\nConnection: close\r\n\r\n", ct);
        await wire.WriteAsync(body, ct);
    };

    public static Answer Endless() => async (wire, ct) =>
    {
        await SendAsync(wire, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n", ct);
        byte[] some = new byte[8192];
        while (true)
        {
            await wire.WriteAsync(some, ct);
        }
    };

    /// <summary>Never answers.</summary>
    public static Answer Silent() => (_, ct) => Task.Delay(Timeout.Infinite, ct);

    /// <summary>Sends its head a letter at a time, for ever.</summary>
    public static Answer SlowHead() => async (wire, ct) =>
    {
        await SendAsync(wire, "HTTP/1.1 200 OK\r\nX-Slow: ", ct);
        await DripAsync(wire, ct);
    };

    /// <summary>Sends its body a byte at a time, for ever.</summary>
    public static Answer SlowBody() => async (wire, ct) =>
    {
        await SendAsync(wire, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n", ct);
        await DripAsync(wire, ct);
    };

    /// <summary>Closes without a word.</summary>
    public static Answer HangUp() => (_, _) => Task.CompletedTask;

    public static Answer NoHttp() => (wire, ct) => SendAsync(wire, "220 mail.example.org ESMTP\r\n", ct);

    public static Answer Brotli() => (wire, ct) => SendAsync(wire, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\n{}", ct);

    /// <summary>Says gzip and sends plain text.</summary>
    public static Answer FalseGzip() => (wire, ct) => SendAsync(wire, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", ct);

    public static Answer HugeHead() => (wire, ct) => SendAsync(wire, $"HTTP/1.1 200 OK\r\nX-Big: {new string('x', 100_000)}\r\nContent-Length: 2\r\n\r\n{{}}", ct);

    public static Answer SetsCookie(string body) => (wire, ct) => SendAsync(wire, $"HTTP/1.1 200 OK\r\nSet-Cookie: who=you\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}", ct);

    private static Answer Whole(int code, string type, ReadOnlyMemory<byte> body) => async (wire, ct) =>
    {
        await SendAsync(wire, string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {code} Some\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"), ct);
        await wire.WriteAsync(body, ct);
    };

    private static async Task DripAsync(Stream wire, CancellationToken ct)
    {
        while (true)
        {
            await wire.WriteAsync("x"u8.ToArray(), ct);
            await Task.Delay(20, ct);
        }
    }

    private static byte[] Gzip(ReadOnlySpan<byte> body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(body);
        }

        return compressed.ToArray();
    }

    private static async Task SendAsync(Stream wire, string text, CancellationToken ct) => await wire.WriteAsync(Text.ASCII.GetBytes(text), ct);
}
