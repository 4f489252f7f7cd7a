namespace Credentials.JsonLd;

/// <summary>A dataset in canonical form.</summary>
/// <param name="NQuads">UTF-8 canonical N-Quads: lines in code point order, each with its line feed, none twice.</param>
/// <param name="Labels">The issued identifiers map: input blank node label to canonical label (<c>c14n0</c>), both without <c>_:</c>.</param>
public sealed record CanonicalDataset(ReadOnlyMemory<byte> NQuads, IReadOnlyDictionary<string, string> Labels);
