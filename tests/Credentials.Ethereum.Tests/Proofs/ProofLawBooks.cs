using Credentials.TestKit.Ledger;
using Credentials.TestKit.Ledger.Proofs;

namespace Credentials.Ethereum.Proofs;

/// <summary>Proven reads of the chain in memory, whose tries share no code with the verifier.</summary>
public sealed class InMemoryProofLaws(InMemoryWorld world) : ProofLaws(world), IClassFixture<InMemoryWorld>;

/// <summary>Proven reads of a real node, by its real <c>eth_getProof</c>, through the built-in client.</summary>
[NeedsAnvil]
public sealed class AnvilProofLaws(AnvilWorld world) : ProofLaws(world), IClassFixture<AnvilWorld>;
