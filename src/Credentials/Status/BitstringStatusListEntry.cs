using System.Globalization;
using System.Text.Json;
using Credentials.DataModel;
using Credentials.Encoding;

namespace Credentials.Status;

/// <summary>An entry of <c>credentialStatus</c> that points into a Bitstring Status List.</summary>
/// <param name="StatusPurpose">Such as <c>revocation</c> or <c>suspension</c>.</param>
/// <param name="StatusListIndex">Zero-based index.</param>
/// <param name="StatusListCredential">URL of the list's credential.</param>
/// <remarks>https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry. Entries of one bit only: a greater <c>statusSize</c> is not known here.</remarks>
public sealed record BitstringStatusListEntry(string StatusPurpose, long StatusListIndex, Uri StatusListCredential)
{
    /// <summary>The entry's <c>type</c>.</summary>
    public const string Type = "BitstringStatusListEntry";

    /// <summary>Reads an entry and tells its problems; null, without a problem, where the entry has more than one bit.</summary>
    internal static BitstringStatusListEntry? Read(ShapeCheck check, JsonElement entry, string pointer)
    {
        string? purpose = check.RequiredText(entry, "statusPurpose", pointer);
        long? index = ReadIndex(check, entry, pointer);
        Uri? list = ReadList(check, entry, pointer);
        bool oneBit = ReadSize(check, entry, pointer);
        return purpose is not null && index is not null && list is not null && oneBit ? new(purpose, index.Value, list) : null;
    }

    /// <summary>"statusListIndex MUST be an arbitrary size integer greater than or equal to 0, expressed as a string in base 10."</summary>
    private static long? ReadIndex(ShapeCheck check, JsonElement entry, string pointer)
    {
        string at = JsonPointer.Member(pointer, "statusListIndex");
        if (!entry.TryGetProperty("statusListIndex", out JsonElement value))
        {
            check.Malformed(at, "The statusListIndex is missing: add it.");
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number)
        {
            check.Malformed(at, "The statusListIndex must be a string: put the number between quotation marks.");
            return null;
        }

        string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        if (text.Length == 0 || text.Any(c => !char.IsAsciiDigit(c)) || (text.Length > 1 && text[0] == '0'))
        {
            check.Malformed(at, "The statusListIndex must be an integer of 0 or more, written as a string of digits.");
            return null;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long index))
        {
            check.OutOfRange(at, "No status list is as long as this statusListIndex.");
            return null;
        }

        return index;
    }

    /// <summary>"statusListCredential MUST be a URL to a verifiable credential"; the entry's id "MUST NOT be the URL for the status list".</summary>
    private static Uri? ReadList(ShapeCheck check, JsonElement entry, string pointer)
    {
        string at = JsonPointer.Member(pointer, "statusListCredential");
        if (check.RequiredText(entry, "statusListCredential", pointer) is not { } text)
        {
            return null;
        }

        if (!AbsoluteUrl.Is(text) || !Uri.TryCreate(text, UriKind.Absolute, out Uri? url))
        {
            check.Malformed(at, "Expected the absolute URL of the status list credential.");
            return null;
        }

        if (entry.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.String && id.ValueEquals(text))
        {
            check.Malformed(JsonPointer.Member(pointer, "id"), "The entry's id must not be the URL of the list: append the index as a fragment, or leave it out.");
            return null;
        }

        return url;
    }

    /// <summary>"statusSize: If present, its value MUST be an integer greater than zero. If not present, the default is 1."</summary>
    private static bool ReadSize(ShapeCheck check, JsonElement entry, string pointer)
    {
        if (!entry.TryGetProperty("statusSize", out JsonElement size))
        {
            return true;
        }

        if (size.ValueKind != JsonValueKind.Number || !size.TryGetInt32(out int bits) || bits < 1)
        {
            check.Malformed(JsonPointer.Member(pointer, "statusSize"), "The statusSize must be an integer above 0, not a string.");
            return false;
        }

        return bits == 1;
    }
}
