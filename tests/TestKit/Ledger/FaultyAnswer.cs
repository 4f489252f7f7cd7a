using System.Globalization;
using System.IO.Compression;

namespace Credentials.TestKit.Ledger;

/// <summary>What a <see cref="FaultyNode"/> sends, and how.</summary>
/// <param name="Bytes">The whole answer, head and body.</param>
public sealed record FaultyAnswer(byte[] Bytes)
{
    /// <summary>Time before the first byte.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Bytes sent at once.</summary>
    public int PieceSize { get; init; } = int.MaxValue;

    /// <summary>Time after each piece.</summary>
    public TimeSpan PieceDelay { get; init; }

    /// <summary>Whether the connection is reset instead of answered.</summary>
    public bool Resets { get; init; }

    /// <summary>A reset connection.</summary>
    public static FaultyAnswer Reset { get; } = new([]) { Resets = true };

    /// <summary>A connection that is closed without a word.</summary>
    public static FaultyAnswer Nothing { get; } = new([]);

    /// <summary>A body with a status and a type; its length may lie.</summary>
    public static FaultyAnswer Http(int status, string type, byte[] body, int? length = null, string headers = "") => new(
    [
        .. System.Text.Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Status\r\nContent-Type: {type}\r\nContent-Length: {length ?? body.Length}\r\n{headers}Connection: close\r\n\r\n")),
        .. body,
    ]);

    /// <summary>JSON with a status.</summary>
    public static FaultyAnswer Json(string json, int status = 200) => Http(status, "application/json", System.Text.Encoding.UTF8.GetBytes(json));

    /// <summary>A page, such as a proxy's.</summary>
    public static FaultyAnswer Html(int status = 200) => Http(status, "text/html", "<!doctype html><title>Welcome</title><h1>It works!</h1>"u8.ToArray());

    /// <summary>JSON as gzip, cut short.</summary>
    public static FaultyAnswer TruncatedGzip(string json)
    {
        byte[] whole = Gzip(json);
        return Http(200, "application/json", whole[..(whole.Length / 2)], headers: "Content-Encoding: gzip\r\n");
    }

    /// <summary>JSON as whole gzip.</summary>
    public static FaultyAnswer Gzipped(string json) => Http(200, "application/json", Gzip(json), headers: "Content-Encoding: gzip\r\n");

    private static byte[] Gzip(string json)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(json));
        }

        return packed.ToArray();
    }
}
