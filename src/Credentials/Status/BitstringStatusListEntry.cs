using System.Globalization;
using System.Text.Json;
using Credentials.DataModel;
using Credentials.Encoding;

namespace Credentials.Status;

/// <summary>An entry of <c>credentialStatus</c> that points into a Bitstring Status List.</summary>
/// <param name="StatusPurpose"><c>revocation</c>, <c>suspension</c>, <c>message</c>, <c>refresh</c>, or one of the issuer's own.</param>
/// <param name="StatusListIndex">Zero-based index, counted in entries.</param>
/// <param name="StatusListCredential">URL of the list's credential.</param>
/// <remarks>https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry</remarks>
public sealed record BitstringStatusListEntry(string StatusPurpose, long StatusListIndex, Uri StatusListCredential)
{
    /// <summary>The entry's <c>type</c>.</summary>
    public const string Type = "BitstringStatusListEntry";

    /// <summary>The number of bits of the entry, 1 to 16.</summary>
    public int StatusSize { get; init; } = 1;

    /// <summary>What its values mean, one for each; none where the issuer does not say.</summary>
    public IReadOnlyList<StatusMessage> StatusMessages { get; init; } = [];

    /// <summary>Where the issuer says more about the status. Not fetched here.</summary>
    public IReadOnlyList<string> StatusReferences { get; init; } = [];

    /// <summary>What a value means in the issuer's words; null where it does not say.</summary>
    public StatusMessage? MessageFor(int status) => StatusMessages.FirstOrDefault(message => message.Status == status);

    /// <summary>Reads an entry and tells its problems; null where it has any.</summary>
    internal static BitstringStatusListEntry? Read(ShapeCheck check, JsonElement entry, string pointer)
    {
        string? purpose = check.RequiredText(entry, "statusPurpose", pointer);
        long? index = ReadIndex(check, entry, pointer);
        Uri? list = ReadList(check, entry, pointer);
        int? size = ReadSize(check, entry, pointer);
        int problems = check.Problems.Count;
        IReadOnlyList<StatusMessage> messages = size is null ? [] : StatusMessage.ReadAll(check, entry, size.Value, pointer);
        check.Member(entry, "statusReference", pointer, Shapes.OneOrMore(Shapes.Url), required: false);
        return purpose is not null && index is not null && list is not null && size is not null && check.Problems.Count == problems
            ? new(purpose, index.Value, list) { StatusSize = size.Value, StatusMessages = messages, StatusReferences = TextsOf(entry, "statusReference") }
            : null;
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

    /// <summary>"If present, statusSize MUST be an integer greater than zero. If statusSize is not present, then it MUST be processed as 1."</summary>
    private static int? ReadSize(ShapeCheck check, JsonElement entry, string pointer)
    {
        if (!entry.TryGetProperty("statusSize", out JsonElement size))
        {
            return 1;
        }

        if (size.ValueKind == JsonValueKind.Number && size.TryGetInt32(out int bits) && bits is >= 1 and <= StatusMessage.MaxSize)
        {
            return bits;
        }

        check.Malformed(JsonPointer.Member(pointer, "statusSize"), $"The statusSize must be an integer from 1 to {StatusMessage.MaxSize}, not a string.");
        return null;
    }

    private static string[] TextsOf(JsonElement owner, string name) => owner.TryGetProperty(name, out JsonElement value) ? CredentialRules.TypesOf(value) : [];
}
