using Credentials.JsonLd.Canonicalization;

namespace Credentials.JsonLd;

/// <summary>A dataset in canonical form.</summary>
/// <param name="NQuads">UTF-8 canonical N-Quads: lines in code point order, each with its line feed, none twice.</param>
/// <param name="Labels">The issued identifiers map: input blank node label to canonical label (<c>c14n0</c>), both without <c>_:</c>.</param>
public sealed record CanonicalDataset(ReadOnlyMemory<byte> NQuads, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>The lines with other labels, sorted anew, each with its line feed. What selective disclosure signs.</summary>
    /// <param name="labels">Canonical label to other label, without <c>_:</c>; no two to the same.</param>
    /// <returns>Null when a label has none.</returns>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Relabel(IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Relabelling.Apply(NQuads.Span, labels);
    }
}
