namespace Credentials.Jose.Disclosures;

/// <summary>The names by which SD-JWT puts digests into a document.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9901#section-4.1</remarks>
internal static class DigestMarks
{
    /// <summary>An object's digests.</summary>
    public static ReadOnlySpan<byte> Digests => "_sd"u8;

    /// <summary>An array element's digest.</summary>
    public static ReadOnlySpan<byte> Element => "..."u8;

    /// <summary>The hash.</summary>
    public static ReadOnlySpan<byte> Algorithm => "_sd_alg"u8;

    /// <summary>True when no member of a JSON text can have one of these names, escaped or not: the text can be taken as it is. False says nothing.</summary>
    public static bool SurelyNoneIn(ReadOnlySpan<byte> json) => json.IndexOf(Digests) < 0 && json.IndexOf(Element) < 0 && json.IndexOf("\\u"u8) < 0;
}
