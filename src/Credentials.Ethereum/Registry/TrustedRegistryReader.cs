using Credentials.Anchoring;

namespace Credentials.Ethereum.Registry;

/// <summary>A registry on a trusted chain: chain id, genesis hash, contract address and code hash together.</summary>
public sealed record TrustedChain(ulong ChainId, Bytes32 GenesisHash, EthereumAddress Contract, Bytes32 CodeHash)
{
    /// <summary>The registry's CAIP-10 address.</summary>
    public RegistryAddress Registry => new(ChainId, Contract.ToString());
}

/// <summary>Reads a trusted chain's registry through one trusted node, and believes it only when all four marks match.</summary>
public sealed class TrustedRegistryReader : IRegistryReader
{
    /// <summary>A reader.</summary>
    public TrustedRegistryReader(TrustedChain chain, ILedger ledger) => throw new NotImplementedException();

    /// <inheritdoc/>
    public RegistryAddress Registry => throw new NotImplementedException();

    /// <inheritdoc/>
    public Task<RegistryReading> ReadAsync(RegistryQuery query, CancellationToken cancellationToken) => throw new NotImplementedException();
}
