using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.Evidence;

namespace Credentials.Ethereum.Proofs;

/// <summary>Chooses how a chain is read: one node that is trusted, or nodes that must prove what they say.</summary>
public static class RegistryReaders
{
    /// <summary>The quorum where none is configured: more than half of the nodes.</summary>
    public static int MajorityOf(int nodes) => (nodes / 2) + 1;

    /// <summary>The reader.</summary>
    /// <param name="chain">What is trusted.</param>
    /// <param name="ledgers">The nodes, each of another host.</param>
    /// <param name="quorum">How many must agree; null for <see cref="MajorityOf"/>. Of no effect on a node that is trusted.</param>
    /// <param name="proven">Whether they must prove what they say; null for yes where there are several.</param>
    /// <param name="checkpoints">Blocks that are believed whoever tells them; may be null.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <exception cref="ArgumentException">Several nodes that shall prove nothing, or what <see cref="ProvenRegistryReader"/> refuses.</exception>
    public static IRegistryReader Create(TrustedChain chain, IReadOnlyList<ILedger> ledgers, int? quorum, bool? proven, IReadOnlyList<Checkpoint>? checkpoints = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(ledgers);
        return proven ?? ledgers.Count > 1 ? new ProvenRegistryReader(chain, ledgers, quorum ?? MajorityOf(ledgers.Count), checkpoints, clock)
            : ledgers.Count == 1 ? new TrustedRegistryReader(chain, ledgers[0])
            : throw new ArgumentException("One node is trusted, or several prove: several that are only asked would be one too many.", nameof(ledgers));
    }
}
