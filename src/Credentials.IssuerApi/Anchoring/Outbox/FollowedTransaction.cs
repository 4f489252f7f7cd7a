using Credentials.Ethereum;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>A signed transaction as the follower reads it, with the effect by which it is judged.</summary>
internal sealed class FollowedTransaction
{
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

    /// <summary>As in <see cref="TransactionCancellation"/>; null while nobody wants it back.</summary>
    public string? Cancellation { get; init; }

    public long? BlockNumber { get; init; }

    public TransactionEffect Effect => TransactionEffect.Of(Purpose);

    /// <summary>Whether its present bytes are empty ones that only use up the nonce.</summary>
    public bool IsCancelling => Cancellation == TransactionCancellation.Signed;

    /// <summary>What the contract says about the effect as of a block; null when this effect is no fact of the contract.</summary>
    public async Task<RegistryState?> LookUpAsync(ILedger ledger, BlockTag tag, CancellationToken cancellationToken) =>
        Effect.Ask is { } ask ? await ledger.LookUpAsync(EthereumAddress.From(Destination), ask(Call), tag, cancellationToken) : null;

    /// <summary>Whether the effect is there, whoever's transaction brought it about.</summary>
    public bool IsThere(RegistryState state) => Effect.IsThere!(state, Call);

    private CallWords Call => new(Data, Credentials.Anchoring.InstitutionId.From(ChainInstitution));
}
