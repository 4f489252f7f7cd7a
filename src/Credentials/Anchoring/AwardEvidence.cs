using System.Text.Json;
using System.Text.Json.Nodes;

namespace Credentials.Anchoring;

/// <summary>The signed <c>evidence</c> by which a wallet's copy points to the award's anchor: the digest of the master diploma, and its receipt where that was final at issuing.</summary>
/// <param name="MasterDigest">The master's anchor digest.</param>
/// <param name="Receipt">Its receipt; null when there was none yet.</param>
/// <remarks>JSON: <c>{"type":"urn:credentials:award:v1","id":"data:application/cbor;base64,…"}</c>. CBOR, deterministic: a map of the keys 0 version (1), 1 digest (32 bytes) and optionally 2 receipt (a byte string of <see cref="AnchorReceiptFormat.ToCbor"/>).</remarks>
public sealed record AwardEvidence(AnchorDigest MasterDigest, AnchorReceipt? Receipt)
{
    /// <summary>The evidence's <c>type</c>.</summary>
    public const string Type = "urn:credentials:award:v1";

    /// <summary>How its <c>id</c> begins.</summary>
    public const string IdPrefix = "data:application/cbor;base64,";

    /// <summary>The evidence's <c>id</c>.</summary>
    public string Id => IdPrefix + Convert.ToBase64String(AwardEvidenceCbor.Write(this));

    /// <summary>The object that goes into <c>evidence</c>.</summary>
    public JsonObject ToJson() => new() { ["type"] = Type, ["id"] = Id };

    /// <summary>Whether an object of <c>evidence</c> says that it is one.</summary>
    public static bool Is(JsonElement evidence) =>
        evidence.ValueKind == JsonValueKind.Object && evidence.TryGetProperty("type", out JsonElement type) && DataModel.CredentialRules.TypesOf(type).Contains(Type);

    /// <summary>Reads one; refuses what <see cref="Id"/> would not write, so that one evidence has one spelling.</summary>
    /// <param name="evidence">An object of <c>evidence</c>.</param>
    public static Parsed<AwardEvidence> Read(JsonElement evidence) =>
        !Is(evidence) ? Fault($"This evidence is no {Type}.")
        : evidence.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.String && id.GetString()!.StartsWith(IdPrefix, StringComparison.Ordinal) && Enveloping.DataUrl.Read(id.GetString()!) is { } url
            ? AwardEvidenceCbor.Read(url.Bytes)
            : Fault($"The id of the award's evidence begins with {IdPrefix}.");

    /// <summary>All that a credential's <c>evidence</c> holds, each as read or with its problem.</summary>
    /// <param name="document">The credential, or the claims of an SD-JWT VC.</param>
    public static IReadOnlyList<Parsed<AwardEvidence>> ReadAll(JsonElement document)
    {
        if (document.ValueKind != JsonValueKind.Object || !document.TryGetProperty("evidence", out JsonElement evidence))
        {
            return [];
        }

        return [.. (evidence.ValueKind == JsonValueKind.Array ? [.. evidence.EnumerateArray()] : new[] { evidence }).Where(Is).Select(Read)];
    }

    private static Problem Fault(string detail) => new(ProblemCode.AnchorReceiptError, detail, "/evidence");
}
