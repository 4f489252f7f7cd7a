using System.Runtime.InteropServices;

namespace Credentials.JsonLd.Canonicalization;

/// <summary>A quad as a line of N-Quads in which each blank node is <c>_:z</c>, and where those letters stand. A node is a number; -1 is none.</summary>
internal struct QuadLine
{
    public int Start;
    public int End;
    public int Subject;
    public int Object;
    public int Graph;
    public int SubjectAt;
    public int ObjectAt;
    public int GraphAt;
    public RdfTerm Predicate;

    /// <summary>The last quad before this one whose hash is the same; -1 is none.</summary>
    public int Before;

    /// <summary>Whether the two name the same blank nodes.</summary>
    public readonly bool NamesAs(in QuadLine other) => Subject == other.Subject && Object == other.Object && Graph == other.Graph;
}

/// <summary>The quads of a dataset, none twice, written once; what differs between the forms in which RDFC-1.0 wants them are only the labels.</summary>
internal sealed class QuadTable
{
    /// <summary>Bytes of N-Quads that are written. A short document can come to any length: a long IRI with many values stands in a statement for each.</summary>
    public const int MaxText = 32 * 1024 * 1024;

    private const int SmallTable = 64;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> _seen = [];
    private readonly List<QuadLine> _lines = new(SmallTable);
    private readonly List<string> _labels = [];
    private int[] _firstOf = [];
    private int[] _quadsOf = [];

    /// <summary>The lines' bytes.</summary>
    public Utf8Buffer Text { get; } = new(16 * 1024);

    /// <summary>The quads, in the order in which they first came.</summary>
    public Span<QuadLine> Lines => CollectionsMarshal.AsSpan(_lines);

    /// <summary>The label of each blank node, by number, in the order in which they first came.</summary>
    public List<string> Labels => _labels;

    /// <summary>The quads that name a node, each once, by their place in <see cref="Lines"/>.</summary>
    public ReadOnlySpan<int> QuadsOf(int node) => _quadsOf.AsSpan(_firstOf[node], _firstOf[node + 1] - _firstOf[node]);

    /// <summary>What is said of more text than <see cref="MaxText"/>.</summary>
    public static JsonLdError TooLarge { get; } = new(JsonLdErrorCode.TooLarge, $"Its statements come to more than {MaxText} bytes.");

    public ReadOnlySpan<byte> Bytes(in QuadLine line) => Text[line.Start, line.End];

    /// <summary>Reads a dataset in place of what was read before; null when it is well, else what cannot be written.</summary>
    public JsonLdError? Read(IReadOnlyList<RdfQuad> quads)
    {
        Text.Clear();
        _lines.Clear();
        _labels.Clear();
        _numbers.Clear();
        _seen.Clear();
        for (int i = 0; i < quads.Count; i++)
        {
            RdfQuad quad = quads[i];
            var line = new QuadLine { Start = Text.Length, Predicate = quad.Predicate };
            bool whole = Write(quad.Subject, out line.Subject, out line.SubjectAt);
            Text.Append((byte)' ');
            whole &= quad.Predicate.Kind == RdfTermKind.Iri && NQuadsTerm.TryWriteIri(Text, quad.Predicate.Value);
            Text.Append((byte)' ');
            whole &= Write(quad.Object, out line.Object, out line.ObjectAt);
            (line.Graph, line.GraphAt) = (-1, -1);
            if (quad.Graph is { } graph)
            {
                Text.Append((byte)' ');
                whole &= Write(graph, out line.Graph, out line.GraphAt);
            }

            Text.Append(" .\n"u8);
            line.End = Text.Length;
            if (!whole)
            {
                return new(JsonLdErrorCode.InvalidStatement, $"The statement {i} has a part that cannot be written: a lone surrogate, a language that is no tag, or a blank node for predicate.");
            }

            if (line.End > MaxText)
            {
                return TooLarge;
            }

            Keep(line);
        }

        Index();
        return null;
    }

    private bool Write(RdfTerm term, out int node, out int at)
    {
        (node, at) = (-1, -1);
        switch (term.Kind)
        {
            case RdfTermKind.Iri:
                return NQuadsTerm.TryWriteIri(Text, term.Value);
            case RdfTermKind.Literal:
                return NQuadsTerm.TryWriteLiteral(Text, term);
            default:
                at = Text.Length + 2;
                Text.Append("_:z"u8);
                ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, term.Value, out bool known);
                if (!known)
                {
                    number = _labels.Count;
                    _labels.Add(term.Value);
                }

                node = number;
                return true;
        }
    }

    // A dataset is a set: a statement that came before is dropped.
    private void Keep(QuadLine line)
    {
        HashCode hash = default;
        hash.AddBytes(Bytes(line));
        hash.Add(line.Subject);
        hash.Add(line.Object);
        hash.Add(line.Graph);
        ref int last = ref CollectionsMarshal.GetValueRefOrAddDefault(_seen, hash.ToHashCode(), out bool met);
        line.Before = met ? last : -1;
        for (int place = line.Before; place >= 0; place = Lines[place].Before)
        {
            if (Lines[place].NamesAs(line) && Bytes(Lines[place]).SequenceEqual(Bytes(line)))
            {
                Text.Truncate(line.Start);
                return;
            }
        }

        last = _lines.Count;
        _lines.Add(line);
    }

    private void Index()
    {
        int nodes = _labels.Count;
        if (_firstOf.Length <= nodes)
        {
            _firstOf = new int[Math.Max(nodes + 1, SmallTable)];
        }

        // Counted, summed, filled.
        Span<int> first = _firstOf.AsSpan(0, nodes + 1);
        first.Clear();
        foreach (ref QuadLine line in Lines)
        {
            Count(first, line);
        }

        for (int node = 1; node <= nodes; node++)
        {
            first[node] += first[node - 1];
        }

        if (_quadsOf.Length < first[nodes])
        {
            _quadsOf = new int[Math.Max(first[nodes], 2 * SmallTable)];
        }

        for (int quad = _lines.Count - 1; quad >= 0; quad--)
        {
            Fill(first, Lines[quad], quad);
        }
    }

    private static void Count(Span<int> counts, in QuadLine line)
    {
        Mark(counts, line.Subject, 1);
        Mark(counts, line.Object == line.Subject ? -1 : line.Object, 1);
        Mark(counts, line.Graph == line.Subject || line.Graph == line.Object ? -1 : line.Graph, 1);
    }

    private void Fill(Span<int> ends, in QuadLine line, int quad)
    {
        foreach (int node in (ReadOnlySpan<int>)[line.Subject, line.Object == line.Subject ? -1 : line.Object, line.Graph == line.Subject || line.Graph == line.Object ? -1 : line.Graph])
        {
            if (node >= 0)
            {
                _quadsOf[--ends[node]] = quad;
            }
        }
    }

    private static void Mark(Span<int> counts, int node, int count)
    {
        if (node >= 0)
        {
            counts[node] += count;
        }
    }
}
