using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Encoding;

namespace Credentials.Cli.Input;

/// <summary>Receipts that come beside a document: one receipt, or a batch's whole file, in which the document's own is looked up.</summary>
internal static class GivenReceipts
{
    /// <summary>The receipts for a document; none when the batch does not hold it.</summary>
    /// <exception cref="MisuseException">The file is missing or is neither.</exception>
    public static IReadOnlyList<AnchorReceipt> Read(string path, ReadOnlyMemory<byte> credential)
    {
        if (!File.Exists(path))
        {
            throw new MisuseException($"There is no receipt file {path}.");
        }

        Parsed<JsonDocument> parsed = StrictJson.Parse(File.ReadAllBytes(path), maxLength: 128 * 1024 * 1024);
        if (!parsed.Ok)
        {
            throw new MisuseException($"{path}: {parsed.Problem!.Detail}");
        }

        using JsonDocument document = parsed.Value;
        bool batch = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("digests", out _);
        return batch
            ? DigestOf(credential) is { } digest && Require(path, AnchorBatch.FromJson(document.RootElement)).ReceiptOf(digest) is { } found ? [found] : []
            : [Require(path, AnchorReceiptFormat.FromJson(document.RootElement))];
    }

    private static AnchorDigest? DigestOf(ReadOnlyMemory<byte> credential)
    {
        Parsed<JsonDocument> parsed = StrictJson.Parse(credential);
        if (!parsed.Ok)
        {
            return null;
        }

        using JsonDocument document = parsed.Value;
        return document.RootElement.ValueKind == JsonValueKind.Object ? MerkleAnchor2026.DigestOf(document.RootElement) : null;
    }

    private static T Require<T>(string path, Parsed<T> parsed)
        where T : class => parsed.Ok ? parsed.Value : throw new MisuseException($"{path}: {parsed.Problem!.Detail} ({parsed.Problem.Pointer})");
}
