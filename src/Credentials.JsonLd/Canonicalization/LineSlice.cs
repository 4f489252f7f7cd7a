using System.Runtime.InteropServices;

namespace Credentials.JsonLd.Canonicalization;

/// <summary>Lines in order, and the text that they lie in.</summary>
internal readonly ref struct SortedLines(ReadOnlySpan<LineSlice> lines, Utf8Buffer text)
{
    public ReadOnlySpan<LineSlice> Lines { get; } = lines;

    public Utf8Buffer Text { get; } = text;
}

/// <summary>A line of a text, with its line feed.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LineSlice(int Start, int End)
{
    /// <summary>Sorts in the order of bytes, which for UTF-8 is that of code points.</summary>
    public static void Sort(Span<LineSlice> lines, Utf8Buffer text) => lines.Sort(new ByBytes(text));

    /// <summary>The lines in one array.</summary>
    public static byte[] Join(SortedLines sorted)
    {
        int length = 0;
        foreach (LineSlice line in sorted.Lines)
        {
            length += line.End - line.Start;
        }

        byte[] joined = GC.AllocateUninitializedArray<byte>(length);
        Span<byte> rest = joined;
        foreach (LineSlice line in sorted.Lines)
        {
            ReadOnlySpan<byte> bytes = sorted.Text[line.Start, line.End];
            bytes.CopyTo(rest);
            rest = rest[bytes.Length..];
        }

        return joined;
    }

    private readonly struct ByBytes(Utf8Buffer text) : IComparer<LineSlice>
    {
        public int Compare(LineSlice x, LineSlice y)
        {
            ReadOnlySpan<byte> left = text[x.Start, x.End];
            return left.SequenceCompareTo(text[y.Start, y.End]);
        }
    }
}
