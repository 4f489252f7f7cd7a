using Credentials.Anchoring;
using Credentials.Evidence;

namespace Credentials.Verification.Evidence;

/// <summary>What came beside a credential. All of it are claims until they are held against something that is trusted.</summary>
/// <param name="Receipts">Anchor receipts.</param>
/// <param name="Registries">Readers of what a bundle proves: asked with or without a network, after the nodes that are trusted.</param>
/// <param name="Paths">Paths of accreditations.</param>
internal sealed record HandedEvidence(IReadOnlyList<AnchorReceipt> Receipts, IReadOnlyList<IRegistryReader> Registries, IReadOnlyList<AccreditationPath> Paths)
{
    /// <summary>Receipts alone.</summary>
    public static HandedEvidence Of(IReadOnlyList<AnchorReceipt> receipts) => new(receipts, [], []);
}
