using System.Buffers.Binary;
using System.Security.Cryptography;
using Credentials.Anchoring;

namespace Credentials.Evidence;

/// <summary>What a witness attests: that it saw this block, of this chain and registry, with this root in view.</summary>
/// <param name="Registry">The registry.</param>
/// <param name="GenesisHash">The chain's genesis hash.</param>
/// <param name="Root">The root for which the evidence was collected.</param>
/// <param name="BlockHash">keccak-256 of the header.</param>
public sealed record HeaderStatement(RegistryAddress Registry, Bytes32 GenesisHash, MerkleRoot Root, Bytes32 BlockHash)
{
    /// <summary>SHA-256 of <c>credentials-evidence:1</c>, the chain id (8 bytes, big-endian), genesis hash, contract (20 bytes), root and block hash: what is time-stamped, and what a signature names.</summary>
    public Bytes32 Digest
    {
        get
        {
            Span<byte> chainId = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64BigEndian(chainId, Registry.ChainId);
            byte[] contract = Convert.FromHexString(Registry.Contract.AsSpan(2));
            return Bytes32.From(SHA256.HashData([.. "credentials-evidence:1"u8, .. chainId, .. GenesisHash.ToArray(), .. contract, .. Root.Value.ToArray(), .. BlockHash.ToArray()]));
        }
    }
}
