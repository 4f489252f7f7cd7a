using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;

namespace Credentials.IssuerApi.Batches;

/// <summary>A line that has something in it, numbered as in the file, from 1.</summary>
internal readonly record struct NdjsonLine(int Number, byte[] Text);

/// <summary>Cuts a stream into lines within bounds, however long the stream. Does not read the JSON.</summary>
internal sealed class NdjsonReader(PipeReader reader, int maxLineBytes, int maxRows) : IDisposable
{
    /// <summary>Bytes after which no further line is taken into memory at a time: a thousand of the longest lines are 250 MiB.</summary>
    public const int MostHeldBytes = 1024 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _lines;
    private int _rows;
    private long _heldBytes;
    private bool _ended;

    /// <summary>Why reading stopped before the end; null when it did not.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Up to <paramref name="most"/> lines more, fewer when they are long; none at the end of the stream, or at a refusal.</summary>
    public async Task<IReadOnlyList<NdjsonLine>> ReadAsync(int most, CancellationToken cancellationToken)
    {
        var lines = new List<NdjsonLine>(most);
        _heldBytes = 0;
        while (HasRoom(lines, most) && !_ended && Refusal is null)
        {
            ReadResult read = await reader.ReadAsync(cancellationToken);
            ReadOnlySequence<byte> buffer = read.Buffer;
            while (HasRoom(lines, most) && Refusal is null && TryTakeLine(ref buffer, out ReadOnlySequence<byte> line))
            {
                Take(line, lines);
            }

            // A rest without a line break is a line only at the end, and too long a line at any time.
            if (HasRoom(lines, most) && Refusal is null && (read.IsCompleted || buffer.Length > maxLineBytes))
            {
                Take(buffer, lines);
                buffer = buffer.Slice(buffer.End);
                _ended = read.IsCompleted;
            }

            SequencePosition examined = HasRoom(lines, most) ? read.Buffer.End : buffer.Start;
            reader.AdvanceTo(buffer.Start, examined);
        }

        return Refusal is null ? lines : [];
    }

    /// <summary>SHA-256 of what was read; of the whole at the end.</summary>
    public byte[] HashSoFar() => _hash.GetCurrentHash();

    public void Dispose() => _hash.Dispose();

    private void Take(ReadOnlySequence<byte> line, List<NdjsonLine> lines)
    {
        _lines++;
        if (line.Length > maxLineBytes)
        {
            Refusal = $"Line {_lines} is longer than {maxLineBytes} bytes. Nothing of the upload was kept.";
            return;
        }

        byte[] text = line.ToArray();
        _hash.AppendData(text);
        _hash.AppendData("\n"u8);
        if (!text.AsSpan().ContainsAnyExcept((byte)' ', (byte)'\t', (byte)'\r'))
        {
            return;
        }

        if (++_rows > maxRows)
        {
            Refusal = $"The upload has more than {maxRows} credentials. Nothing of it was kept; cut it into several.";
            return;
        }

        lines.Add(new NdjsonLine(_lines, text));
        _heldBytes += text.Length;
    }

    private bool HasRoom(List<NdjsonLine> lines, int most) => lines.Count < most && _heldBytes < MostHeldBytes;

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is not { } end)
        {
            line = default;
            return false;
        }

        line = buffer.Slice(0, end);
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        return true;
    }
}
