using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>Lets nothing be sent to, or judged by, a chain that is not the one this database belongs to.</summary>
internal sealed class ChainGuard(IDatabase database, ILedger ledger, TrustedChain chain)
{
    private const string Adopt = """
        INSERT INTO chain_checkpoint (id, chain_id, genesis_hash, contract) VALUES (1, @ChainId, @Genesis, @Contract)
        ON CONFLICT (id) DO NOTHING
        """;

    private const string Select = "SELECT chain_id AS ChainId, genesis_hash AS GenesisHash, contract AS Contract FROM chain_checkpoint";

    private bool _adopted;

    /// <summary>Reads the node's marks afresh; null when all are the trusted ones.</summary>
    /// <exception cref="LedgerUnavailableException">The node cannot be asked.</exception>
    public async Task<Stall?> CheckAsync(CancellationToken cancellationToken)
    {
        ChainMarks marks = await ledger.GetMarksAsync(chain.Contract, cancellationToken);
        string? fault =
            marks.ChainId != chain.ChainId ? $"the node serves chain {marks.ChainId}, not {chain.ChainId}: set Chain:RpcUrl to a node of the right chain."
            : !marks.GenesisHash.Equals(chain.GenesisHash) ? $"the node's chain {marks.ChainId} began with block {marks.GenesisHash}, not {chain.GenesisHash}: it is another chain with the same id, or it was begun anew. Set Chain:RpcUrl to a node of the right chain."
            : marks.ContractCodeHash?.Equals(chain.CodeHash) != true ? $"there is no registry of this version at {chain.Contract}: set Chain:Contract to its address."
            : await AdoptAsync(cancellationToken);
        return fault is null ? null : new Stall(StallKind.WrongChain, "Nothing is anchored, because " + fault);
    }

    private async Task<string?> AdoptAsync(CancellationToken cancellationToken)
    {
        if (_adopted)
        {
            return null;
        }

        var ours = new { ChainId = (long)chain.ChainId, Genesis = chain.GenesisHash.ToArray(), Contract = chain.Contract.ToArray() };
        await database.WriteAsync(write => write.Connection!.ExecuteAsync(Adopt, ours, write), cancellationToken);
        Row kept = await database.ReadAsync(connection => connection.QuerySingleAsync<Row>(Select), cancellationToken);
        _adopted = kept.ChainId == ours.ChainId && kept.GenesisHash.SequenceEqual(ours.Genesis) && kept.Contract.SequenceEqual(ours.Contract);
        return _adopted ? null : $"this database belongs to the registry {new RegistryAddress((ulong)kept.ChainId, EthereumAddress.From(kept.Contract).ToString())}, not to {chain.Registry}: its credentials name that one. Set Chain back, or Issuer:DataFolder to a new folder.";
    }

    private sealed record Row(long ChainId, byte[] GenesisHash, byte[] Contract);
}
