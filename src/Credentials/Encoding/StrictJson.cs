using System.Text.Json;

namespace Credentials.Encoding;

/// <summary>Reads JSON that came from outside: UTF-8, no duplicate members, bounded depth and size.</summary>
public static class StrictJson
{
    /// <summary>Parses a document; the problem points at the place (JSON pointer of the duplicate member, or line and column in its text).</summary>
    /// <param name="utf8">The bytes as received. A byte order mark is refused.</param>
    public static Parsed<JsonDocument> Parse(ReadOnlyMemory<byte> utf8) => throw new NotImplementedException();
}
