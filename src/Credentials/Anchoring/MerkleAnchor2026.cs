using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Canonicalization;
using Credentials.DataIntegrity;
using Credentials.Encoding;

namespace Credentials.Anchoring;

/// <summary>The anchor inside a Data Integrity credential: one more proof of its set, <c>cryptosuite: merkle-anchor-2026</c>, that carries the receipt. Not a signature.</summary>
/// <remarks><c>proofValue</c> is multibase base64url (<c>u…</c>) of the CBOR receipt.</remarks>
public static class MerkleAnchor2026
{
    /// <summary>The cryptosuite's name.</summary>
    public const string Cryptosuite = "merkle-anchor-2026";

    /// <summary>Whether a proof of a document carries a receipt rather than a signature. Such proofs are outside of the digest; every other one is inside.</summary>
    public static bool IsAnchor(JsonElement proof) => Is(proof, "type", DataIntegrityProof.DataIntegrityType) && Is(proof, "cryptosuite", Cryptosuite);

    /// <summary>SHA-256 over the JCS form of the credential without its anchor proofs, the remaining proofs sorted by their JCS bytes, a single one as an object. Of a credential whose one proof is of <c>ecdsa-sd-2023</c>: SHA-256 of <c>ecdsa-sd-2023:</c> and the base signature, so that whatever is derived from it has the same.</summary>
    /// <returns>Null when the credential carries no other proof, or cannot be canonicalised.</returns>
    public static AnchorDigest? DigestOf(JsonElement securedCredential)
    {
        JsonElement[] signatures = [.. ProofsOf(securedCredential).Where(proof => !IsAnchor(proof))];
        if (signatures.Length == 0 || signatures.Any(proof => proof.ValueKind != JsonValueKind.Object))
        {
            return null;
        }

        if (signatures.Length == 1 && EcdsaSd2023Proofs.BaseSignatureOf(signatures[0]) is { } baseSignature)
        {
            Bytes32 digestOfSignature = default;
            SHA256.HashData([.. "ecdsa-sd-2023:"u8, .. baseSignature], digestOfSignature);
            return new(digestOfSignature);
        }

        try
        {
            using JsonDocument? set = signatures.Length == 1 ? null : Sorted(signatures);
            using var jcs = JcsWriter.Rent();
            jcs.WriteDocument(securedCredential, replacedMember: "proof", replacement: set?.RootElement ?? signatures[0]);
            Bytes32 digest = default;
            SHA256.HashData(jcs.Written, digest);
            return new(digest);
        }
        catch (FormatException)
        {
            // No canonical form.
            return null;
        }
    }

    /// <summary>Adds the receipt as one more proof; keeps every other byte of the credential's text. A single <c>proof</c> object becomes an array.</summary>
    /// <exception cref="ArgumentException">The text is no JSON object with a proof: there is nothing secured to anchor.</exception>
    public static byte[] AddTo(ReadOnlySpan<byte> securedCredential, AnchorReceipt receipt)
    {
        byte[] text = securedCredential.ToArray();
        Parsed<JsonDocument> parsed = StrictJson.Parse(text);
        using JsonDocument? json = parsed.Value;
        if (json is null || json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("proof", out _))
        {
            throw new ArgumentException(parsed.Problem?.Detail ?? "The credential carries no proof: sign it before it is anchored.", nameof(securedCredential));
        }

        Parsed<byte[]> anchored = ProofSet.Append(text, json.RootElement, Write(receipt));
        return anchored.Value ?? throw new ArgumentException(anchored.Problem?.Detail, nameof(securedCredential));
    }

    /// <summary>The receipts that a credential carries in its anchor proofs, each as read or with its problem.</summary>
    public static IReadOnlyList<Parsed<AnchorReceipt>> ReceiptsIn(JsonElement securedCredential) =>
        [.. ProofsOf(securedCredential).Where(IsAnchor).Select(Read)];

    private static Parsed<AnchorReceipt> Read(JsonElement proof)
    {
        if (!Is(proof, "proofPurpose", "assertionMethod"))
        {
            return new Problem(ProblemCode.AnchorReceiptError, "An anchor proof has the proofPurpose assertionMethod.");
        }

        return proof.TryGetProperty("proofValue", out JsonElement value)
            && value.ValueKind == JsonValueKind.String
            && value.GetString() is ['u', ..] text
            && Multibase.Decode(text) is { } cbor
                ? AnchorReceiptFormat.FromCbor(cbor)
                : new Problem(ProblemCode.AnchorReceiptError, "The proofValue of an anchor proof is multibase base64url (u…).");
    }

    private static byte[] Write(AnchorReceipt receipt)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("type", DataIntegrityProof.DataIntegrityType);
        writer.WriteString("cryptosuite", Cryptosuite);
        writer.WriteString("proofPurpose", "assertionMethod");
        writer.WriteString("proofValue", Multibase.EncodeBase64Url(AnchorReceiptFormat.ToCbor(receipt)));
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The document's proofs; none where there are more than are ever read.</summary>
    private static JsonElement[] ProofsOf(JsonElement document) =>
        document.ValueKind != JsonValueKind.Object || !document.TryGetProperty("proof", out JsonElement proof) ? []
        : proof.ValueKind != JsonValueKind.Array ? [proof]
        : proof.GetArrayLength() > DataIntegrityProof.MaxProofs ? []
        : [.. proof.EnumerateArray()];

    /// <summary>A proof set is unordered: however a holder's software shuffles it, the digest stays.</summary>
    private static JsonDocument Sorted(JsonElement[] proofs)
    {
        byte[][] canonical = [.. proofs.Select(Jcs.Canonicalize)];
        Array.Sort(canonical, (a, b) => a.AsSpan().SequenceCompareTo(b));
        var array = new ArrayBufferWriter<byte>(1024);
        foreach (byte[] proof in canonical)
        {
            array.Write(array.WrittenCount == 0 ? "["u8 : ","u8);
            array.Write(proof);
        }

        array.Write("]"u8);
        return JsonDocument.Parse(array.WrittenMemory, new() { MaxDepth = StrictJson.MaxDepth });
    }

    private static bool Is(JsonElement json, string member, string value) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty(member, out JsonElement text)
        && text.ValueKind == JsonValueKind.String
        && text.ValueEquals(value);
}
