using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Anchoring;

namespace Credentials.Evidence;

/// <summary>Evidence of a registry in which the credential was anchored before it was migrated: the old receipt, and what the old chain said.</summary>
/// <param name="Receipt">The receipt, from the credential (or from the evidence before) to the old root.</param>
/// <param name="Chain">What the old registry said; it may hold no header that anybody vouches for, when the chain was dead before anyone looked.</param>
/// <remarks>Its digest is what a migration puts under a root of another registry, and covers the credential too: the root is computed from it. JSON: <c>{"receipt":{…},"chain":{…}}</c>.</remarks>
public sealed record EarlierEvidence(AnchorReceipt Receipt, ChainEvidence Chain)
{
    /// <summary>The leaf: SHA-256 of <c>credentials-migration:1</c>, a line feed, and the JCS form.</summary>
    public AnchorDigest Digest => AnchorDigest.From(SHA256.HashData([.. "credentials-migration:1\n"u8, .. EvidenceText.Canonical(WriteTo)]));

    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("receipt");
        AnchorReceiptFormat.WriteJson(writer, Receipt);
        writer.WritePropertyName("chain");
        ChainEvidenceFormat.Write(writer, Chain);
        writer.WriteEndObject();
    }

    internal static EarlierEvidence? Read(AnchorJsonReader bundle, JsonElement json, string pointer)
    {
        var reader = new AnchorJsonReader(json, pointer, ProblemCode.EvidenceError);
        reader.AllowOnly("receipt", "chain");
        AnchorReceipt? receipt = ReadReceipt(reader, reader.Member("receipt") ?? default, pointer + "/receipt");
        ChainEvidence? chain = ChainEvidenceFormat.Read(reader, reader.Member("chain") ?? default, pointer + "/chain");
        bundle.Adopt(reader);
        return receipt is null || chain is null ? null : new(receipt, chain);
    }

    internal static AnchorReceipt? ReadReceipt(AnchorJsonReader reader, JsonElement json, string pointer)
    {
        Parsed<AnchorReceipt> receipt = AnchorReceiptFormat.FromJson(json);
        reader.Adopt(receipt.Problem is { } problem ? problem with { Code = ProblemCode.EvidenceError, Pointer = pointer + problem.Pointer } : null);
        return receipt.Value;
    }
}
