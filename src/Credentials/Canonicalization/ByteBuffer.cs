namespace Credentials.Canonicalization;

/// <summary>A growing run of bytes whose array is kept for the next run.</summary>
internal sealed class ByteBuffer(int size)
{
    // What one large document needed is not kept for all the small ones after it.
    private const int KeptSize = 256 * 1024;

    private byte[] _bytes = new byte[size];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What has been written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>The same, for those who keep the buffer with it.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    /// <summary>The written bytes from a place on, to be written over.</summary>
    public Span<byte> Tail(int start) => _bytes.AsSpan(start, Length - start);

    public void Clear() => Length = 0;

    /// <summary>Gives up a large array.</summary>
    public void Trim()
    {
        Length = 0;
        if (_bytes.Length > KeptSize)
        {
            _bytes = new byte[size];
        }
    }

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
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Appends the bytes between double quotes.</summary>
    public void AppendQuoted(ReadOnlySpan<byte> bytes)
    {
        Span<byte> room = Reserve(bytes.Length + 2);
        room[0] = (byte)'"';
        bytes.CopyTo(room[1..]);
        room[bytes.Length + 1] = (byte)'"';
        Length += bytes.Length + 2;
    }

    /// <summary>Room for at least so many bytes; <see cref="Advance"/> says how many were used.</summary>
    public Span<byte> Reserve(int size)
    {
        if (_bytes.Length - Length < size)
        {
            Grow(size);
        }

        return _bytes.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    private void Grow(int size) => Array.Resize(ref _bytes, Math.Max(checked(Length + size), checked(2 * _bytes.Length)));
}
