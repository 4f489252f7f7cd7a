using System.Globalization;
using System.Text.Json;

namespace Credentials.JsonLd.Rdf;

/// <summary>Numbers of JSON as lexical forms. All are doubles, as in ECMAScript.</summary>
internal static class NumberText
{
    private const double IntegerLimit = 1e21;
    private const int MantissaDigits = 15;

    /// <summary>The value.</summary>
    /// <exception cref="JsonLdFault">It is larger than a double.</exception>
    public static double Read(JsonElement number) => number.TryGetDouble(out double value) && double.IsFinite(value)
        ? value
        : throw new JsonLdFault("invalid value object value", "A number is larger than a double can be.");

    /// <summary>Whether its native type is xsd:double: it has a fraction, or is 10^21 or more.</summary>
    public static bool IsDouble(double value) => Math.Abs(value) >= IntegerLimit || value != Math.Truncate(value);

    /// <summary>Canonical xsd:integer.</summary>
    public static string Integer(double value) => value == 0 ? "0" : value.ToString("F0", CultureInfo.InvariantCulture);

    /// <summary>Canonical xsd:double, rounded to 15 digits after the point.</summary>
    public static string Double(double value)
    {
        if (value == 0)
        {
            return double.IsNegative(value) ? "-0.0E0" : "0.0E0";
        }

        string text = value.ToString("E" + MantissaDigits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        int e = text.IndexOf('E', StringComparison.Ordinal);
        string mantissa = text[..e].TrimEnd('0');
        int exponent = int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa}{(mantissa[^1] == '.' ? "0" : "")}E{exponent}");
    }

    /// <summary>As ECMAScript writes it: RFC 8785 section 3.2.2.3.</summary>
    public static string EcmaScript(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        // The shortest digits that come back to the same double, and where the point stands among them.
        string text = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        int mark = text.IndexOf('E', StringComparison.Ordinal);
        int exponent = mark < 0 ? 0 : int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string plain = mark < 0 ? text : text[..mark];
        int point = plain.IndexOf('.', StringComparison.Ordinal);
        string all = plain.Replace(".", "", StringComparison.Ordinal);
        string digits = all.TrimStart('0');
        int n = (point < 0 ? plain.Length : point) + exponent - (all.Length - digits.Length);
        digits = digits.TrimEnd('0');
        int k = digits.Length;
        string sign = value < 0 ? "-" : "";
        if (n is > 0 and <= 21)
        {
            return k <= n ? sign + digits + new string('0', n - k) : $"{sign}{digits[..n]}.{digits[n..]}";
        }

        if (n is > -6 and <= 0)
        {
            return $"{sign}0.{new string('0', -n)}{digits}";
        }

        string fraction = k > 1 ? "." + digits[1..] : "";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{fraction}e{(n > 0 ? "+" : "-")}{Math.Abs(n - 1)}");
    }
}
