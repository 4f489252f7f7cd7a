using System.Text.Json;
using Credentials.Encoding;

namespace Credentials.DataModel;

/// <summary>From when until when a document says that it is valid.</summary>
/// <param name="From">The latest start that it names.</param>
/// <param name="Until">The earliest end that it names.</param>
/// <remarks>https://www.w3.org/TR/vc-data-model-2.0/#validity-period. Version 1.1 names <c>issuanceDate</c> and <c>expirationDate</c>, and reserves the newer pair: where both stand, both hold.</remarks>
internal sealed record ValidityPeriod(DateTimeOffset? From, DateTimeOffset? Until)
{
    internal static ValidityPeriod Of(JsonElement document) => new(
        Latest(Time(document, "validFrom"), Time(document, "issuanceDate")),
        Earliest(Time(document, "validUntil"), Time(document, "expirationDate")));

    /// <summary>"If a validUntil value also exists, the validFrom value MUST express a point in time that is temporally the same or earlier."</summary>
    internal static void Check(ShapeCheck check, JsonElement document)
    {
        if (Of(document) is { From: { } from, Until: { } until } && until < from)
        {
            string end = document.TryGetProperty("validUntil", out _) ? "/validUntil" : "/expirationDate";
            check.OutOfRange(end, "The validity ends before it begins: exchange the dates, or correct one.");
        }
    }

    private static DateTimeOffset? Time(JsonElement document, string member) =>
        document.TryGetProperty(member, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
        && XsdDateTime.TryParse(value.GetString(), out DateTimeOffset time)
            ? time
            : null;

    private static DateTimeOffset? Latest(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b ?? a : a;

    private static DateTimeOffset? Earliest(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;
}
