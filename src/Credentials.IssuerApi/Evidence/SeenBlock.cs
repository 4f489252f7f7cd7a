using Credentials.Anchoring;
using Credentials.Evidence;

namespace Credentials.IssuerApi.Evidence;

/// <summary>A block that a witness saw for a batch.</summary>
/// <param name="Root">The batch's root.</param>
/// <param name="Number">The block's number.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Witness">The witness's statement.</param>
internal sealed record SeenBlock(MerkleRoot Root, ulong Number, Bytes32 Hash, WitnessStatement Witness);
