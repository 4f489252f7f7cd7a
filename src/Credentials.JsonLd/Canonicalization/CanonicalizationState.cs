using System.Security.Cryptography;
using System.Text;

namespace Credentials.JsonLd.Canonicalization;

/// <summary>The canonicalization state: quads by blank node, hashes of the first degree, canonical identifiers. Each thread keeps one for its next dataset.</summary>
/// <remarks>https://www.w3.org/TR/rdf-canon/#canon-state</remarks>
internal sealed class CanonicalizationState : IDisposable
{
    // What one large dataset needed is not kept for all the small ones after it.
    private const int KeptSize = 512 * 1024;
    private const int SmallState = 64;

    [ThreadStatic]
    private static CanonicalizationState? _idle;

    private readonly Utf8Buffer _scratch = new(4096);
    private HashAlgorithmName _hash;
    private byte[] _firstDegree = [];
    private int[] _canonical = [];
    private LineSlice[] _slices = [];
    private int _issued;

    private CanonicalizationState()
    {
    }

    /// <summary>The quads.</summary>
    public QuadTable Table { get; } = new();

    /// <summary>Blank nodes.</summary>
    public int NodeCount => Table.Labels.Count;

    /// <summary>Bytes of a hash.</summary>
    public int HashLength { get; private set; }

    /// <summary>This thread's state, or a new one while that is in use.</summary>
    public static CanonicalizationState Rent()
    {
        CanonicalizationState state = _idle ?? new();
        _idle = null;
        return state;
    }

    /// <summary>Reads a dataset and hashes each of its blank nodes in the first degree; null when it is well.</summary>
    public JsonLdError? Read(RdfDataset dataset, HashAlgorithmName hash)
    {
        _hash = hash;
        HashLength = hash == HashAlgorithmName.SHA384 ? SHA384.HashSizeInBytes : SHA256.HashSizeInBytes;
        _issued = 0;
        if (Table.Read(dataset.Quads) is { } error)
        {
            return error;
        }

        if (_canonical.Length < NodeCount)
        {
            _canonical = new int[Math.Max(NodeCount, SmallState)];
            _firstDegree = new byte[_canonical.Length * SHA384.HashSizeInBytes];
        }

        _canonical.AsSpan(0, NodeCount).Fill(-1);
        for (int node = 0; node < NodeCount; node++)
        {
            HashFirstDegree(node, _firstDegree.AsSpan(node * HashLength, HashLength));
        }

        return null;
    }

    /// <summary>The hash of a node's own statements.</summary>
    public ReadOnlySpan<byte> FirstDegreeOf(int node) => _firstDegree.AsSpan(node * HashLength, HashLength);

    /// <summary>The canonical identifier of a node, or null before it has one.</summary>
    public string? CanonicalOf(int node) => _canonical[node] < 0 ? null : CanonicalLabel.Of(_canonical[node]);

    /// <summary>Gives a node the next canonical identifier unless it has one.</summary>
    public void Issue(int node)
    {
        if (_canonical[node] < 0)
        {
            _canonical[node] = _issued++;
        }
    }

    /// <summary>The hash of a text in lower-case hexadecimal.</summary>
    public string HashOf(string text) => Convert.ToHexStringLower(CryptographicOperations.HashData(_hash, Encoding.UTF8.GetBytes(text)));

    /// <summary>The lines with canonical identifiers, sorted, each once.</summary>
    public byte[] Serialize() => LineSlice.Join(WriteCanonical());

    public void Dispose()
    {
        if (Table.Text.Capacity <= KeptSize && _scratch.Capacity <= KeptSize && _firstDegree.Length <= KeptSize)
        {
            _idle = this;
        }
    }

    /// <remarks>https://www.w3.org/TR/rdf-canon/#hash-1d-quads</remarks>
    private void HashFirstDegree(int node, Span<byte> destination)
    {
        // 2. Get the list of quads from the map entry for reference blank node identifier in the blank node to quads map.
        ReadOnlySpan<int> quads = Table.QuadsOf(node);
        Span<LineSlice> nquads = Slices(quads.Length);

        // 3. For each quad in quads, serialize it in canonical n-quads form; "If the blank node's existing blank node identifier matches the reference blank node identifier then use the blank node identifier a, otherwise, use the blank node identifier z."
        Mark(quads, node, (byte)'a');
        for (int i = 0; i < quads.Length; i++)
        {
            ref QuadLine line = ref Table.Lines[quads[i]];
            nquads[i] = new(line.Start, line.End);
        }

        // 4. Sort nquads in Unicode code point order.
        LineSlice.Sort(nquads, Table.Text);

        // 5. Return the hash that results from passing the sorted and concatenated nquads through the hash algorithm.
        _scratch.Clear();
        foreach (LineSlice line in nquads)
        {
            _scratch.Append(Table.Text[line.Start, line.End]);
        }

        CryptographicOperations.HashData(_hash, _scratch.Written, destination);
        Mark(quads, node, (byte)'z');
    }

    private void Mark(ReadOnlySpan<int> quads, int node, byte letter)
    {
        Span<byte> text = Table.Text.Written;
        foreach (int quad in quads)
        {
            ref QuadLine line = ref Table.Lines[quad];
            if (line.Subject == node)
            {
                text[line.SubjectAt] = letter;
            }

            if (line.Object == node)
            {
                text[line.ObjectAt] = letter;
            }

            if (line.Graph == node)
            {
                text[line.GraphAt] = letter;
            }
        }
    }

    private SortedLines WriteCanonical()
    {
        Span<QuadLine> quads = Table.Lines;
        Span<LineSlice> lines = Slices(quads.Length);
        Utf8Buffer text = Table.Text;
        if (NodeCount > 0)
        {
            text = _scratch;
            text.Clear();
        }

        for (int i = 0; i < quads.Length; i++)
        {
            int start = NodeCount > 0 ? WriteCanonical(quads[i]) : quads[i].Start;
            lines[i] = new(start, NodeCount > 0 ? text.Length : quads[i].End);
        }

        LineSlice.Sort(lines, text);
        return new(lines, text);
    }

    private int WriteCanonical(in QuadLine quad)
    {
        int start = _scratch.Length;
        int written = quad.Start;
        WriteUpTo(ref written, quad.Subject, quad.SubjectAt);
        WriteUpTo(ref written, quad.Object, quad.ObjectAt);
        WriteUpTo(ref written, quad.Graph, quad.GraphAt);
        _scratch.Append(Table.Text[written, quad.End]);
        return start;
    }

    // The bytes up to a label, and the canonical one in its place.
    private void WriteUpTo(ref int written, int node, int at)
    {
        if (node >= 0)
        {
            _scratch.Append(Table.Text[written, at]);
            _scratch.TryAppend(CanonicalOf(node));
            written = at + 1;
        }
    }

    private Span<LineSlice> Slices(int count)
    {
        if (_slices.Length < count)
        {
            _slices = new LineSlice[Math.Max(count, 4 * SmallState)];
        }

        return _slices.AsSpan(0, count);
    }
}
