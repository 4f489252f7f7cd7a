namespace Credentials.DataIntegrity.SelectiveDisclosure;

/// <summary>Lines of N-Quads as keys of a map.</summary>
internal sealed class LineComparer : IEqualityComparer<ReadOnlyMemory<byte>>
{
    public static LineComparer Instance { get; } = new();

    /// <summary>The lines of a text, each with its line feed. Canonical N-Quads have no other line feeds.</summary>
    public static List<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> text)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        while (text.Length > 0)
        {
            int end = text.Span.IndexOf((byte)'\n') + 1;
            lines.Add(text[..end]);
            text = text[end..];
        }

        return lines;
    }

    public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

    public int GetHashCode(ReadOnlyMemory<byte> obj)
    {
        HashCode hash = default;
        hash.AddBytes(obj.Span);
        return hash.ToHashCode();
    }
}
