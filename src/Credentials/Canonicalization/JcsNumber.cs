using System.Buffers.Text;
using System.Globalization;

namespace Credentials.Canonicalization;

/// <summary>Numbers as ECMAScript writes doubles (RFC 8785 section 3.2.2.3).</summary>
/// <remarks>https://tc39.es/ecma262/#sec-numeric-types-number-tostring</remarks>
internal static class JcsNumber
{
    // Below ten to the fifteenth every integer is a double, and written with its own digits.
    private const int ExactDigits = 15;

    /// <summary>Writes a JSON number.</summary>
    /// <exception cref="FormatException">Too large for a double.</exception>
    public static void Write(ByteBuffer output, ReadOnlySpan<byte> number)
    {
        if (number.Length <= ExactDigits && !number.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            output.Append(number);
            return;
        }

        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
        {
            throw new FormatException("A number is larger than a double can be.");
        }

        Write(output, value);
    }

    /// <summary>Writes a finite double: Number::toString of ECMAScript with radix 10.</summary>
    internal static void Write(ByteBuffer output, double value)
    {
        // 2. If x is +0 or -0, return "0".
        if (value == 0)
        {
            output.Append((byte)'0');
            return;
        }

        // 3. If x < 0, return the "-" and the text of -x.
        if (value < 0)
        {
            output.Append((byte)'-');
        }

        // 5. Let n, k, and s be integers such that k is as small as possible and s x 10^(n-k) is x: .NET's shortest round-trip form has the digits of s.
        Span<byte> shortest = stackalloc byte[32];
        Span<byte> digits = stackalloc byte[32];
        Math.Abs(value).TryFormat(shortest, out int written, "R", CultureInfo.InvariantCulture);
        int k = Significand(shortest[..written], digits, out int n);
        WriteDigits(output, digits[..k], n);
    }

    private static void WriteDigits(ByteBuffer output, ReadOnlySpan<byte> digits, int n)
    {
        int k = digits.Length;
        if (k <= n && n <= 21)
        {
            // 7. ... the digits of s followed by n - k zeros.
            output.Append(digits);
            AppendZeros(output, n - k);
        }
        else if (n is > 0 and <= 21)
        {
            // 8. ... the n most significant digits, a point, the other k - n digits.
            output.Append(digits[..n]);
            output.Append((byte)'.');
            output.Append(digits[n..]);
        }
        else if (n is > -6 and <= 0)
        {
            // 9. ... "0.", -n zeros, the digits.
            output.Append("0."u8);
            AppendZeros(output, -n);
            output.Append(digits);
        }
        else
        {
            // 10. to 12. ... one digit, with a point and the others if there are any, "e", the sign and the digits of n - 1.
            output.Append(digits[0]);
            if (k > 1)
            {
                output.Append((byte)'.');
                output.Append(digits[1..]);
            }

            output.Append(n > 0 ? "e+"u8 : "e-"u8);
            Utf8Formatter.TryFormat(Math.Abs(n - 1), output.Reserve(8), out int written);
            output.Advance(written);
        }
    }

    // Splits "123.45E-07" into the digits of s without zeros at its ends and the exponent n; returns k.
    private static int Significand(ReadOnlySpan<byte> text, Span<byte> digits, out int n)
    {
        int exponent = 0;
        if (text.IndexOf((byte)'E') is int e and >= 0)
        {
            _ = int.TryParse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent);
            text = text[..e];
        }

        int point = text.IndexOf((byte)'.');
        int k = 0;
        n = (point < 0 ? text.Length : point) + exponent;
        foreach (byte digit in text)
        {
            if (digit == (byte)'.')
            {
                continue;
            }

            if (k == 0 && digit == (byte)'0')
            {
                // A zero before the first other digit: the point moves.
                n--;
                continue;
            }

            digits[k++] = digit;
        }

        while (digits[k - 1] == (byte)'0')
        {
            k--;
        }

        return k;
    }

    private static void AppendZeros(ByteBuffer output, int count)
    {
        output.Reserve(count)[..count].Fill((byte)'0');
        output.Advance(count);
    }
}
