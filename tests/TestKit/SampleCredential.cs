using System.Text.Json;
using Credentials.Anchoring;
using Credentials.DataModel;
using Credentials.Encoding;

namespace Credentials.TestKit;

/// <summary>A diploma that a <see cref="SampleIssuer"/> signed.</summary>
/// <param name="Text">The secured text, bare.</param>
/// <param name="Handle">The handle of its registry entry.</param>
/// <param name="StatusListIndex">Its index in both status lists.</param>
public sealed record SampleCredential(byte[] Text, RegistryHandle Handle, int StatusListIndex)
{
    /// <summary>The parsed text.</summary>
    public JsonElement Json => StrictJson.Parse(Text).Require().RootElement;

    /// <summary>What is anchored of it.</summary>
    public AnchorDigest Digest => MerkleAnchor2026.DigestOf(Json)!.Value;

    /// <summary>The credential as a verifier reads it.</summary>
    public VerifiableCredential Read() => VerifiableCredential.Parse(Text).Require();
}

/// <summary>A diploma with its place in a batch.</summary>
/// <param name="Text">The secured text with its anchor proof.</param>
/// <param name="Bare">The same without.</param>
/// <param name="Receipt">The receipt in it.</param>
/// <param name="Batch">The batch; its root is what goes on chain.</param>
public sealed record SampleAnchored(byte[] Text, SampleCredential Bare, AnchorReceipt Receipt, AnchorBatch Batch);
