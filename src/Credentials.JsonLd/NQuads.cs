using Credentials.JsonLd.Canonicalization;

namespace Credentials.JsonLd;

/// <summary>N-Quads: statements as lines of text.</summary>
/// <remarks>https://www.w3.org/TR/n-quads/</remarks>
public static class NQuads
{
    /// <summary>Reads a document.</summary>
    /// <param name="text">Text with a statement a line; blank lines and comments are passed over.</param>
    /// <returns>The statements in their order, or <see cref="JsonLdErrorCode.InvalidStatement"/> with the number of the line.</returns>
    public static JsonLdResult<RdfDataset> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var quads = new List<RdfQuad>();
        var reader = new NQuadsReader(text);
        while (reader.TryRead(out RdfQuad? quad))
        {
            quads.Add(quad.Value);
        }

        return reader.Error is { } error ? error : new RdfDataset(quads);
    }

    /// <summary>Writes statements in the canonical form of N-Quads, but in their own order and with their own labels; <see cref="Rdfc10"/> gives the canonical ones.</summary>
    /// <returns>UTF-8 text, or <see cref="JsonLdErrorCode.InvalidStatement"/>, or <see cref="JsonLdErrorCode.TooLarge"/> for more than 32 MiB.</returns>
    public static JsonLdResult<byte[]> Write(RdfDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var output = new Utf8Buffer(1024);
        foreach (RdfQuad quad in dataset.Quads)
        {
            bool whole = Write(output, quad.Subject) & Write(output, quad.Predicate) & Write(output, quad.Object);
            whole &= quad.Graph is not { } graph || Write(output, graph);
            if (!whole)
            {
                return new JsonLdError(JsonLdErrorCode.InvalidStatement, "A statement has a part that cannot be written: a lone surrogate, or a language that is no tag.");
            }

            output.Append(".\n"u8);
            if (output.Length > QuadTable.MaxText)
            {
                return QuadTable.TooLarge;
            }
        }

        return output.Written.ToArray();
    }

    private static bool Write(Utf8Buffer output, RdfTerm term)
    {
        bool whole;
        switch (term.Kind)
        {
            case RdfTermKind.Iri:
                whole = NQuadsTerm.TryWriteIri(output, term.Value);
                break;
            case RdfTermKind.Literal:
                whole = NQuadsTerm.TryWriteLiteral(output, term);
                break;
            default:
                output.Append("_:"u8);
                whole = output.TryAppend(term.Value);
                break;
        }

        output.Append((byte)' ');
        return whole;
    }
}
