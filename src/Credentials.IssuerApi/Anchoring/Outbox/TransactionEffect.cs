using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>What is known of each purpose, one row a purpose: what it may cost, and by what fact of the contract it is judged.</summary>
/// <param name="Purpose">As in <see cref="TransactionPurpose"/>.</param>
/// <param name="GasLimit">Enough for the call, with room to spare.</param>
/// <param name="RetryRefused">Whether what the contract refuses is tried again: where it refuses only for a cause that somebody can mend, an operator's right or the order
/// of calls. False where it may refuse for ever (a root that was never anchored), and each attempt would cost gas: that ends as failed.</param>
/// <param name="Ask">The question to the contract that shows the effect, from the call's arguments; null where no fact tells this call from an earlier one like it:
/// then it is judged by its own receipt, and the same call twice is two intents.</param>
/// <param name="IsThere">Whether the answer shows it, whoever's transaction brought it about.</param>
/// <param name="MayCancel">Whether an operator may take it back: where nothing in this database counts on it (a cancelled revocation would part database and chain for good), or
/// where the way back is known (a batch's credentials wait in the queue again).</param>
internal sealed record TransactionEffect(string Purpose, ulong GasLimit, bool RetryRefused, Func<CallWords, LookupQuery>? Ask = null, Func<RegistryState, CallWords, bool>? IsThere = null, bool MayCancel = false)
{
    // Facts that the contract writes once and keeps: they stand whatever else is called later.
    private static readonly Dictionary<string, TransactionEffect> Table = ((TransactionEffect[])
    [
        new(TransactionPurpose.CreateInstitution, RegistryGas.CreateInstitution, RetryRefused: true, call => new(call.Institution), (state, _) => state.Exists),
        new(TransactionPurpose.Anchor, RegistryGas.Anchor, RetryRefused: true, call => new(call.Institution, MerkleRoot.From(call[1])), (state, _) => state.AnchoredAt != 0, MayCancel: true),
        new(TransactionPurpose.Revoke, RegistryGas.Revoke, RetryRefused: true, call => new(call.Institution, Handle: RegistryHandle.From(call[1][..RegistryHandle.Length])), (state, _) => state.RevokedAt != 0),
        new(TransactionPurpose.AddKey, 350_000, RetryRefused: true, call => new(call.Institution) { Key = CredentialRegistryContract.KeyIdOf(call.Text(1)) }, (state, _) => state.Key is not null),
        new(TransactionPurpose.RevokeKey, 80_000, RetryRefused: true, call => new(call.Institution) { Key = Bytes32.From(call[1]) }, (state, _) => state.Key is { RevokedAt: not 0 }),
        new(TransactionPurpose.SetIdentity, 130_000, RetryRefused: true, call => new(call.Institution) { Identity = new(Bytes32.From(call[1])) }, (state, _) => state.Identity.From != 0),
        new(TransactionPurpose.Accredit, 130_000, RetryRefused: true, call => new(call.Institution) { Path = [call.Link] }, (state, _) => state.Path is [{ Accreditation.From: not 0 }]),
        new(TransactionPurpose.RevokeAccreditation, 80_000, RetryRefused: true, call => new(call.Institution) { Path = [call.Link] }, (state, _) => state.Path is [{ Accreditation.RevokedAt: not 0 }]),
        new(TransactionPurpose.AcceptSuccession, 90_000, RetryRefused: false, call => new(call.Argument(0)), (state, call) => state.Succession.Since != 0 && state.Succession.Successor.Equals(call.Argument(1)), MayCancel: true),
        new(TransactionPurpose.DistrustRoot, 80_000, RetryRefused: false, call => new(call.Institution, MerkleRoot.From(call[1])), (state, _) => state.DistrustedAt != 0, MayCancel: true),
        new(TransactionPurpose.ProposeSuccessor, 90_000, RetryRefused: false, MayCancel: true),
        new(TransactionPurpose.Call, 150_000, RetryRefused: false, MayCancel: true),
    ]).ToDictionary(effect => effect.Purpose, StringComparer.Ordinal);

    /// <summary>Every row.</summary>
    public static IReadOnlyCollection<TransactionEffect> All => Table.Values;

    /// <summary>Whether the same call twice is two intents (an offer that was made, withdrawn and made again); else asked twice is made once.</summary>
    public bool Repeatable => Ask is null;

    /// <exception cref="ArgumentException">No such purpose.</exception>
    public static TransactionEffect Of(string purpose) => Table.TryGetValue(purpose, out TransactionEffect? effect) ? effect
        : throw new ArgumentException($"There is no purpose '{purpose}' of transactions.", nameof(purpose));
}
