using System.Text.Json;
using Credentials.Canonicalization;
using Credentials.Encoding;

namespace Credentials.Jose.Disclosures;

/// <summary>The holder's choice of disclosures.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9901#section-7.2</remarks>
internal static class SdJwtPresenting
{
    /// <summary>The SD-JWT with the disclosures at and above the pointers alone, in their order.</summary>
    public static Parsed<byte[]> Present(SdJwtParts parts, ReadOnlyMemory<byte> payload, IReadOnlyCollection<string> pointers)
    {
        using (JsonDocument json = StrictJson.Parse(payload).Require())
        {
            if (pointers.FirstOrDefault(pointer => JsonPointer.Find(json.RootElement, pointer) is null) is { } nowhere)
            {
                return new Problem(ProblemCode.MalformedValueError, "This pointer points to nothing in the credential.", nowhere);
            }
        }

        // 2. Verify that each selected Disclosure satisfies one of: its hash is in the Issuer-signed JWT claims; its hash is in the claim value of another selected Disclosure. What lies above a pointer lies on its way, so both hold.
        HashSet<string> seen = pointers.SelectMany(Prefixes).ToHashSet(StringComparer.Ordinal);
        var output = new ByteBuffer(parts.Text.Length);
        output.Append(parts.Jws.Text.Span);
        output.Append((byte)'~');
        foreach (Disclosure disclosure in parts.Disclosures.Where(disclosure => seen.Contains(disclosure.Place!.Pointer)))
        {
            output.Append(disclosure.Text.Span);
            output.Append((byte)'~');
        }

        return output.Written.ToArray();
    }

    private static IEnumerable<string> Prefixes(string pointer)
    {
        for (int end = pointer.Length; end > 0; end = pointer.LastIndexOf('/', end - 1))
        {
            yield return pointer[..end];
        }
    }
}
