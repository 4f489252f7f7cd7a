using System.Text.Json;

namespace Credentials.Jose;

/// <summary>The certificates in a header's <c>x5c</c>. Claims of whoever signed: they count only where they lead to a root that the relying party chose.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc7515#section-4.1.6</remarks>
internal static class CertificateHeader
{
    private const int MaxCertificates = 8;
    private const int MaxLength = 8 * 1024;

    /// <summary>DER of each, the signer's first; none when the header has no such member.</summary>
    public static Parsed<ReadOnlyMemory<byte>[]> Read(JsonElement header)
    {
        if (!header.TryGetProperty("x5c", out JsonElement chain))
        {
            return Array.Empty<ReadOnlyMemory<byte>>();
        }

        if (chain.ValueKind != JsonValueKind.Array || chain.GetArrayLength() is 0 or > MaxCertificates)
        {
            return Fault();
        }

        var certificates = new List<ReadOnlyMemory<byte>>(chain.GetArrayLength());
        foreach (JsonElement item in chain.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || !item.TryGetBytesFromBase64(out byte[]? der) || der.Length is 0 or > MaxLength)
            {
                return Fault();
            }

            certificates.Add(der);
        }

        return certificates.ToArray();
    }

    private static Problem Fault() => new(ProblemCode.ProofVerificationError, $"The x5c of a JWS is an array of 1 to {MaxCertificates} certificates in base64.");
}
