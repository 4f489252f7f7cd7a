using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Credentials.Schema;

/// <summary>A JSON number as the text has it: mantissa times ten to a power, so that 0.1 is a tenth and 1e400 no infinity.</summary>
internal readonly record struct SchemaNumber
{
    /// <summary>Digits, and powers of ten, beyond which a number is not compared.</summary>
    private const int Bound = 400;

    private readonly BigInteger _mantissa;
    private readonly int _exponent;

    private SchemaNumber(BigInteger mantissa, int exponent) => (_mantissa, _exponent) = (mantissa, exponent);

    public int Sign => _mantissa.Sign;

    public bool IsInteger => _exponent >= 0 || BigInteger.Remainder(_mantissa, BigInteger.Pow(10, -_exponent)).IsZero;

    /// <summary>The number; null where the element is none, or too long.</summary>
    public static SchemaNumber? Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Number || JsonMarshal.GetRawUtf8Value(element).Length > Bound)
        {
            return null;
        }

        string[] parts = element.GetRawText().Split('e', 'E');
        string[] halves = parts[0].Split('.');
        int exponent = 0;
        if (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || Math.Abs(exponent) > Bound))
        {
            return null;
        }

        string fraction = halves.Length == 2 ? halves[1] : "";
        return new SchemaNumber(BigInteger.Parse(halves[0] + fraction, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), exponent - fraction.Length);
    }

    public static SchemaNumber Of(int number) => new(number, 0);

    /// <summary>Below 0, 0 or above 0, as it is less than, equal to or greater than the other.</summary>
    public int Versus(SchemaNumber other)
    {
        (BigInteger mine, BigInteger its) = Align(this, other);
        return mine.CompareTo(its);
    }

    /// <summary>Whether it is a whole multiple. Requires other &gt; 0.</summary>
    public bool IsMultipleOf(SchemaNumber other)
    {
        (BigInteger mine, BigInteger its) = Align(this, other);
        return BigInteger.Remainder(mine, its).IsZero;
    }

    private static (BigInteger Left, BigInteger Right) Align(SchemaNumber left, SchemaNumber right)
    {
        int least = Math.Min(left._exponent, right._exponent);
        return (left._mantissa * BigInteger.Pow(10, left._exponent - least), right._mantissa * BigInteger.Pow(10, right._exponent - least));
    }
}
