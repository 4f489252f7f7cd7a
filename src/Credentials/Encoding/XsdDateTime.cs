using System.Globalization;
using System.Text.RegularExpressions;

namespace Credentials.Encoding;

/// <summary>Date and time as XML Schema 1.1 writes it: <c>2026-06-30T12:00:00Z</c>, fractions and offsets allowed, nothing else.</summary>
/// <remarks>https://www.w3.org/TR/xmlschema11-2/#dateTimeStamp. Years after 9999 or before 1 are refused, because .NET cannot hold them.</remarks>
public static partial class XsdDateTime
{
    // A point and the seven digits that .NET can hold; more are cut off.
    private const int MaxFraction = 8;

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    /// <summary>Reads a <c>dateTimeStamp</c>; without an offset it is read as UTC if the caller takes that ("incorrectly serialized" in the specifications' words).</summary>
    public static bool TryParse(string? text, out DateTimeOffset value, bool requireOffset = true)
    {
        value = default;
        if (text is null || text.Length > 64 || Shape().Match(text) is not { Success: true } match || (requireOffset && !match.Groups["offset"].Success))
        {
            return false;
        }

        string date = match.Groups["date"].Value;
        string time = match.Groups["time"].Value;
        string fraction = match.Groups["fraction"].Value;
        bool endOfDay = time == "24:00:00";
        if (endOfDay)
        {
            // "24:00:00" is the first instant of the next day, and has no fraction but zero.
            if (date == "9999-12-31" || fraction.AsSpan().ContainsAnyExcept('.', '0'))
            {
                return false;
            }

            (time, fraction) = ("00:00:00", "");
        }

        string offset = match.Groups["offset"] is { Success: true, Value: not "Z" } given ? given.Value : "+00:00";
        if (!DateTimeOffset.TryParseExact(
            $"{date}T{time}{(fraction.Length > MaxFraction ? fraction[..MaxFraction] : fraction)}{offset}",
            Formats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out value))
        {
            return false;
        }

        value = endOfDay ? value.AddDays(1) : value;
        return true;
    }

    /// <summary>Writes whole seconds of UTC, ending in <c>Z</c>.</summary>
    public static string Format(DateTimeOffset value) => value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})T(?<time>[0-9]{2}:[0-9]{2}:[0-9]{2})(?<fraction>\.[0-9]+)?(?<offset>Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
