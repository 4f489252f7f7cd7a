using Credentials.Anchoring;
using Credentials.Ethereum;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>A signed transaction as the follower reads it, with the effect by which it is judged.</summary>
internal sealed class FollowedTransaction
{
    private const int Selector = 4;
    private const int Word = 32;

    public required long Id { get; init; }

    public required string Purpose { get; init; }

    public required string InstitutionId { get; init; }

    public required byte[] ChainInstitution { get; init; }

    public required byte[] Destination { get; init; }

    public required byte[] Data { get; init; }

    public required byte[] Account { get; init; }

    public required long Nonce { get; init; }

    public required byte[] Hash { get; init; }

    public required string State { get; init; }

    public required long Attempt { get; init; }

    public long? BlockNumber { get; init; }

    /// <summary>Reads what the contract says about the effect.</summary>
    public Task<RegistryState> LookUpAsync(ILedger ledger, BlockTag tag, CancellationToken cancellationToken) =>
        ledger.LookUpAsync(EthereumAddress.From(Destination), new(Credentials.Anchoring.InstitutionId.From(ChainInstitution), Root, Handle), tag, cancellationToken);

    /// <summary>Whether the effect is there, whoever's transaction brought it about.</summary>
    public bool IsDone(RegistryState state) => Purpose switch
    {
        TransactionPurpose.CreateInstitution => state.Controller != EthereumAddress.Zero,
        TransactionPurpose.Anchor => state.AnchoredAt != 0,
        TransactionPurpose.Revoke => state.RevokedAt != 0,
        _ => throw new InvalidOperationException($"Transaction {Id} has the unknown purpose '{Purpose}'."),
    };

    // The call data is our own: anchor(bytes32 institution, bytes32 root), revoke(bytes32 institution, bytes16 handle).
    private MerkleRoot Root => Purpose == TransactionPurpose.Anchor ? MerkleRoot.From(Data.AsSpan(Selector + Word, Word)) : default;

    private RegistryHandle Handle => Purpose == TransactionPurpose.Revoke ? RegistryHandle.From(Data.AsSpan(Selector + Word, RegistryHandle.Length)) : default;
}
