using Credentials.Anchoring;

namespace Credentials.Ethereum.Registry;

/// <summary>A registry on a trusted chain: chain id, genesis hash, contract address and code hash together.</summary>
public sealed record TrustedChain(ulong ChainId, Bytes32 GenesisHash, EthereumAddress Contract, Bytes32 CodeHash)
{
    /// <summary>The registry's CAIP-10 address.</summary>
    public RegistryAddress Registry => new(ChainId, Contract.ToString());

    /// <summary>Says which mark of what a node serves is another than the trusted one; null when all match.</summary>
    public string? MismatchIn(ChainMarks marks)
    {
        ArgumentNullException.ThrowIfNull(marks);
        return marks.ChainId != ChainId ? $"The node serves another chain: its chain id is {marks.ChainId}, the trusted one is {ChainId}."
            : !marks.GenesisHash.Equals(GenesisHash) ? $"The node serves another chain with the same id: its genesis hash is {marks.GenesisHash}, the trusted one is {GenesisHash}."
            : !(marks.ContractCodeHash is { } code && code.Equals(CodeHash)) ? $"The node has another contract, or none, at {Contract}: its code hash is {marks.ContractCodeHash}, the trusted one is {CodeHash}."
            : null;
    }
}
