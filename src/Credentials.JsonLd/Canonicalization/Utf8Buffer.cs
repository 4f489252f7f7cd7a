using System.Text;

namespace Credentials.JsonLd.Canonicalization;

/// <summary>A growing run of UTF-8 bytes whose array is kept for the next run.</summary>
internal sealed class Utf8Buffer(int size)
{
    private byte[] _bytes = new byte[size];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes that it has room for before it grows.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>What has been written.</summary>
    public Span<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>A part of what has been written.</summary>
    public Span<byte> this[int start, int end] => _bytes.AsSpan(start, end - start);

    public void Clear() => Length = 0;

    public void Append(byte value)
    {
        if (Length == _bytes.Length)
        {
            Grow(1);
        }

        _bytes[Length++] = value;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length - Length < bytes.Length)
        {
            Grow(bytes.Length);
        }

        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Appends text; false, and nothing is appended, when it holds a lone surrogate.</summary>
    public bool TryAppend(ReadOnlySpan<char> text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_bytes.Length - Length < most)
        {
            Grow(most);
        }

        bool whole = System.Text.Unicode.Utf8.FromUtf16(text, _bytes.AsSpan(Length), out _, out int written, replaceInvalidSequences: false) == System.Buffers.OperationStatus.Done;
        Length += whole ? written : 0;
        return whole;
    }

    /// <summary>Takes back what was appended after a length.</summary>
    public void Truncate(int length) => Length = length;

    private void Grow(int count) => Array.Resize(ref _bytes, Math.Max(checked(Length + count), checked(2 * _bytes.Length)));
}
