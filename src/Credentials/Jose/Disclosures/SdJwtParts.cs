namespace Credentials.Jose.Disclosures;

/// <summary>An SD-JWT taken apart: <c>JWT~DISCLOSURE~…~</c> and, where the holder bound it, a key binding JWT.</summary>
/// <param name="Text">The whole.</param>
/// <param name="Jws">The issuer-signed JWT.</param>
/// <param name="Disclosures">The disclosures, in their order.</param>
/// <param name="Algorithm">The hash.</param>
internal sealed record SdJwtParts(ReadOnlyMemory<byte> Text, CompactJws Jws, IReadOnlyList<Disclosure> Disclosures, DigestAlgorithm Algorithm)
{
    /// <summary>More than any credential has.</summary>
    public const int MaxDisclosures = 4096;
}
