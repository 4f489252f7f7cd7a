using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Credentials.Tests.Canonicalization;

/// <summary>A second opinion on RFC 8785: slow, with strings and big integers, and as close to the text of the RFC as can be.</summary>
public static class SlowJcs
{
    public static string Write(JsonElement value, string? exceptMember = null) => value.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', value.EnumerateObject()
            .Where(member => member.Name != exceptMember)
            .OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => Write(member.Name) + ":" + Write(member.Value))) + "}",
        JsonValueKind.Array => "[" + string.Join(',', value.EnumerateArray().Select(item => Write(item))) + "]",
        JsonValueKind.String => Write(value.GetString()!),
        JsonValueKind.Number => Write(value.GetDouble()),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    private static string Write(string text)
    {
        var result = new StringBuilder("\"");
        foreach (char c in text)
        {
            result.Append(c switch
            {
                '\b' => "\\b",
                '\t' => "\\t",
                '\n' => "\\n",
                '\f' => "\\f",
                '\r' => "\\r",
                '"' => "\\\"",
                '\\' => "\\\\",
                < ' ' => $"\\u{((int)c).ToString("x4", CultureInfo.InvariantCulture)}",
                _ => c.ToString(),
            });
        }

        return result.Append('"').ToString();
    }

    /// <summary>Number::toString of ECMAScript: tries every k from 1 on until some s of k digits, times a power of ten, reads back as the number.</summary>
    public static string Write(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        if (value < 0)
        {
            return "-" + Write(-value);
        }

        for (int k = 1; ; k++)
        {
            // .NET rounds "E" with any precision correctly, so this is the s of k digits that is closest to the number.
            string candidate = value.ToString("E" + (k - 1), CultureInfo.InvariantCulture);
            if (double.Parse(candidate, CultureInfo.InvariantCulture) == value)
            {
                int e = candidate.IndexOf('E', StringComparison.Ordinal);
                var s = BigInteger.Parse(candidate[..e].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
                int n = int.Parse(candidate[(e + 1)..], CultureInfo.InvariantCulture) + 1;
                return Place(s.ToString(CultureInfo.InvariantCulture), k, n);
            }
        }
    }

    private static string Place(string s, int k, int n) =>
        k <= n && n <= 21 ? s + new string('0', n - k)
        : 0 < n && n <= 21 ? s[..n] + "." + s[n..]
        : -6 < n && n <= 0 ? "0." + new string('0', -n) + s
        : (k == 1 ? s : s[..1] + "." + s[1..]) + "e" + (n > 0 ? "+" : "-") + Math.Abs(n - 1).ToString(CultureInfo.InvariantCulture);
}
