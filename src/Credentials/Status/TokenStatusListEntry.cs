using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.DataModel;
using Credentials.Encoding;

namespace Credentials.Status;

/// <summary>A reference into a Token Status List: the <c>status.status_list</c> of a JWT, and in VCDM documents an entry of <c>credentialStatus</c>.</summary>
/// <param name="Index">Zero-based index, counted in entries (<c>idx</c>).</param>
/// <param name="Uri">Where the status list token lies (<c>uri</c>), which its <c>sub</c> repeats character by character.</param>
/// <remarks>https://www.ietf.org/archive/id/draft-ietf-oauth-status-list-20.html#name-referenced-token. As an entry: <c>{"type":"TokenStatusListEntry","idx":7,"uri":"https://…"}</c>.</remarks>
public sealed record TokenStatusListEntry(long Index, Uri Uri)
{
    /// <summary>The entry's <c>type</c>.</summary>
    public const string Type = "TokenStatusListEntry";

    /// <summary>The value of the claim <c>status</c>: <c>{"status_list":{"idx":…,"uri":…}}</c>.</summary>
    public JsonObject ToClaim() => new() { ["status_list"] = new JsonObject { ["idx"] = Index, ["uri"] = Uri.OriginalString } };

    /// <summary>Reads <c>idx</c> and <c>uri</c> and tells their problems; null where there are any.</summary>
    internal static TokenStatusListEntry? Read(ShapeCheck check, JsonElement entry, string pointer)
    {
        // "The idx claim MUST specify a non-negative Integer"
        long index = -1;
        if (!entry.TryGetProperty("idx", out JsonElement idx) || idx.ValueKind != JsonValueKind.Number || !idx.TryGetInt64(out index) || index < 0)
        {
            check.Malformed(JsonPointer.Member(pointer, "idx"), "The idx of a status list reference is a whole number of 0 or more.");
            index = -1;
        }

        // "The value of uri MUST be a URI conforming to RFC 3986."
        Uri? url = null;
        if (check.RequiredText(entry, "uri", pointer) is { } text && (!AbsoluteUrl.Is(text) || !Uri.TryCreate(text, UriKind.Absolute, out url)))
        {
            check.Malformed(JsonPointer.Member(pointer, "uri"), "Expected the absolute URI of the status list token.");
        }

        return index >= 0 && url is not null ? new(index, url) : null;
    }
}
