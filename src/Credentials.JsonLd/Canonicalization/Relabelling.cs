using System.Text;

namespace Credentials.JsonLd.Canonicalization;

/// <summary>Puts other labels into canonical N-Quads.</summary>
/// <remarks>https://www.w3.org/TR/vc-di-ecdsa/#relabelblanknodes</remarks>
internal static class Relabelling
{
    /// <summary>The lines, sorted; null when a label has no other.</summary>
    public static ReadOnlyMemory<byte>[]? Apply(ReadOnlySpan<byte> nquads, IReadOnlyDictionary<string, string> labels)
    {
        var output = new Utf8Buffer(nquads.Length + (nquads.Length / 2) + 64);
        var lines = new List<LineSlice>();
        while (!nquads.IsEmpty)
        {
            int start = output.Length;
            int end = nquads.IndexOf((byte)'\n') + 1;
            if (!Write(output, nquads[..end], labels))
            {
                return null;
            }

            lines.Add(new(start, output.Length));
            nquads = nquads[end..];
        }

        LineSlice[] sorted = [.. lines];
        LineSlice.Sort(sorted, output);
        ReadOnlyMemory<byte> text = LineSlice.Join(new(sorted, output));
        var relabelled = new ReadOnlyMemory<byte>[sorted.Length];
        for (int i = 0; i < sorted.Length; i++)
        {
            int length = sorted[i].End - sorted[i].Start;
            (relabelled[i], text) = (text[..length], text[length..]);
        }

        return relabelled;
    }

    // Terms are parted by single spaces, and end where their closing mark stands: no IRI holds a ">", no literal a quote that is not escaped.
    private static bool Write(Utf8Buffer output, ReadOnlySpan<byte> line, IReadOnlyDictionary<string, string> labels)
    {
        while (!line.IsEmpty)
        {
            int length = LengthOfTerm(line);
            if (line.StartsWith("_:"u8))
            {
                if (!labels.TryGetValue(Encoding.UTF8.GetString(line[2..length]), out string? label))
                {
                    return false;
                }

                output.Append("_:"u8);
                output.TryAppend(label);
            }
            else
            {
                output.Append(line[..length]);
            }

            // The space or the line feed.
            output.Append(line[length]);
            line = line[(length + 1)..];
        }

        return true;
    }

    private static int LengthOfTerm(ReadOnlySpan<byte> line)
    {
        int end = 0;
        if (line[0] == (byte)'"')
        {
            for (end = 1; line[end] != (byte)'"'; end++)
            {
                end += line[end] == (byte)'\\' ? 1 : 0;
            }
        }

        if (line[0] == (byte)'<')
        {
            end = line.IndexOf((byte)'>');
        }

        // To the end of a label, of a language or of a datatype too.
        return end + line[end..].IndexOfAny((byte)' ', (byte)'\n');
    }
}
