using System.Text.Json;

namespace Credentials.Anchoring;

/// <summary>The anchor inside a Data Integrity credential: one more proof of its set, <c>cryptosuite: merkle-anchor-2026</c>, that carries the receipt. Not a signature.</summary>
/// <remarks><c>proofValue</c> is multibase base64url (<c>u…</c>) of the CBOR receipt.</remarks>
public static class MerkleAnchor2026
{
    /// <summary>The cryptosuite's name.</summary>
    public const string Cryptosuite = "merkle-anchor-2026";

    /// <summary>SHA-256 over the JCS form of the credential without its anchor proofs, the remaining proofs sorted by their JCS bytes, a single one as an object.</summary>
    /// <returns>Null when the credential carries no other proof, or cannot be canonicalised.</returns>
    public static AnchorDigest? DigestOf(JsonElement securedCredential) => throw new NotImplementedException();

    /// <summary>Adds the receipt as one more proof; keeps every other byte of the credential's text.</summary>
    public static byte[] AddTo(ReadOnlySpan<byte> securedCredential, AnchorReceipt receipt) => throw new NotImplementedException();

    /// <summary>The receipts that a credential carries in its anchor proofs, each as read or with its problem.</summary>
    public static IReadOnlyList<Parsed<AnchorReceipt>> ReceiptsIn(JsonElement securedCredential) => throw new NotImplementedException();
}

