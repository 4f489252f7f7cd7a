using System.Globalization;
using System.Text.Json;
using Credentials.DataModel;
using Credentials.Encoding;

namespace Credentials.Status;

/// <summary>What one value of a status means, in the issuer's words.</summary>
/// <param name="Status">The value, 0 or more.</param>
/// <param name="Texts">The words; one, or one for each language. Meant by the specification for developers: never a verdict.</param>
/// <remarks>https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry. <c>message</c> is a string there; value objects with a language, as VCDM 2.0 writes names, are read too.</remarks>
public sealed record StatusMessage(int Status, IReadOnlyList<LanguageValue> Texts)
{
    /// <summary>The widest status that is read: more values have more messages than a credential can hold.</summary>
    internal const int MaxSize = 16;

    private const string Member = "statusMessage";

    /// <summary>The words in a language, else those without one, else the first.</summary>
    /// <param name="language">A culture whose language is asked for, such as <see cref="CultureInfo.CurrentUICulture"/>.</param>
    public string TextFor(CultureInfo language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return (Texts.FirstOrDefault(text => text.Language is { } tag && tag.Split('-')[0].Equals(language.TwoLetterISOLanguageName, StringComparison.OrdinalIgnoreCase))
            ?? Texts.FirstOrDefault(text => text.Language is null)
            ?? Texts[0]).Value;
    }

    /// <summary>"If present, the statusMessage property MUST be an array, the length of which MUST equal the number of possible status messages indicated by statusSize".</summary>
    internal static IReadOnlyList<StatusMessage> ReadAll(ShapeCheck check, JsonElement entry, int size, string pointer)
    {
        string at = JsonPointer.Member(pointer, Member);
        if (!entry.TryGetProperty(Member, out JsonElement array))
        {
            // "statusMessage MUST be present if statusSize is greater than 1."
            if (size > 1)
            {
                check.Malformed(at, $"A status of {size} bits needs a statusMessage: say what each of its {1 << size} values means.");
            }

            return [];
        }

        if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() != 1 << size)
        {
            check.Malformed(at, $"The statusMessage must be an array of {1 << size}, one for each value of {size} bits.");
            return [];
        }

        StatusMessage?[] messages = [.. array.EnumerateArray().Select(item => Read(item, size))];
        if (messages.OfType<StatusMessage>().Select(message => message.Status).Distinct().Count() != messages.Length)
        {
            check.Malformed(at, "Each statusMessage has a status of its own, such as \"0x1\", within the size, and a message.");
            return [];
        }

        return [.. messages.OfType<StatusMessage>()];
    }

    /// <summary>"status, a string representing the hexadecimal value of the status prefixed with 0x; message, a string".</summary>
    private static StatusMessage? Read(JsonElement item, int size)
    {
        string? status = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("status", out JsonElement s) && s.ValueKind == JsonValueKind.String ? s.GetString() : null;
        return status is ['0', 'x' or 'X', ..] && int.TryParse(status.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value)
            && value >= 0 && value < 1 << size && item.TryGetProperty("message", out JsonElement message) && LanguageValue.ReadAll(message) is [_, ..] texts
                ? new(value, texts)
                : null;
    }
}
