namespace Credentials.Jose;

/// <summary>What of a document the holder may later withhold.</summary>
/// <param name="Pointers">RFC 6901 pointers to the members and array elements, each to be disclosed or withheld on its own; a pointer may lie below another one (a recursive disclosure).</param>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9901#section-4.2</remarks>
public sealed record DisclosureFrame(IReadOnlyList<string> Pointers)
{
    /// <summary>Everything in the clear.</summary>
    public static DisclosureFrame None { get; } = new([]);

    /// <summary>How many digests of nothing stand beside those of every object that has any (RFC 9901 section 4.2.5).</summary>
    public int Decoys { get; init; }
}
