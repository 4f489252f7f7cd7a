using System.Text.Json;

namespace Credentials.Anchoring;

/// <summary>A batch's static receipt file: every digest under one root, so that a verifier fetches the whole and nobody learns which diploma is meant. May be mirrored anywhere.</summary>
/// <param name="Digests">The leaves in order.</param>
/// <param name="Registry">Chain id and contract.</param>
/// <param name="Institution">The institution that anchored it.</param>
/// <param name="Hints">Where to look on the chain.</param>
public sealed record AnchorBatch(IReadOnlyList<AnchorDigest> Digests, RegistryAddress Registry, InstitutionId Institution, AnchorHints? Hints)
{
    /// <summary>The receipt of one digest, or null when it is not in this batch.</summary>
    public AnchorReceipt? ReceiptOf(AnchorDigest digest) => throw new NotImplementedException();

    /// <summary>Writes the file's JSON.</summary>
    public void WriteJson(Utf8JsonWriter writer) => throw new NotImplementedException();

    /// <summary>Reads the file's JSON.</summary>
    public static Parsed<AnchorBatch> FromJson(JsonElement element) => throw new NotImplementedException();
}
