using Credentials.Ethereum.Registry;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>What is known of each purpose: one row a purpose.</summary>
/// <param name="Purpose">As in <see cref="TransactionPurpose"/>.</param>
/// <param name="GasLimit">Enough for the call, with room to spare.</param>
/// <param name="Repeatable">Whether the same call twice is two intents (an offer that was made, withdrawn and made again); else asked twice is made once.</param>
internal sealed record TransactionEffect(string Purpose, ulong GasLimit, bool Repeatable = false)
{
    private static readonly Dictionary<string, TransactionEffect> Table = ((TransactionEffect[])
    [
        new(TransactionPurpose.CreateInstitution, RegistryGas.CreateInstitution),
        new(TransactionPurpose.Anchor, RegistryGas.Anchor),
        new(TransactionPurpose.Revoke, RegistryGas.Revoke),
        new(TransactionPurpose.AddKey, 350_000),
        new(TransactionPurpose.RevokeKey, 80_000),
        new(TransactionPurpose.SetIdentity, 130_000),
        new(TransactionPurpose.Accredit, 130_000),
        new(TransactionPurpose.RevokeAccreditation, 80_000),
        new(TransactionPurpose.ProposeSuccessor, 90_000, Repeatable: true),
        new(TransactionPurpose.AcceptSuccession, 90_000),
        new(TransactionPurpose.DistrustRoot, 80_000),
        new(TransactionPurpose.Call, 150_000, Repeatable: true),
    ]).ToDictionary(effect => effect.Purpose, StringComparer.Ordinal);

    /// <summary>Every row.</summary>
    public static IReadOnlyCollection<TransactionEffect> All => Table.Values;

    /// <exception cref="ArgumentException">No such purpose.</exception>
    public static TransactionEffect Of(string purpose) => Table.TryGetValue(purpose, out TransactionEffect? effect) ? effect
        : throw new ArgumentException($"There is no purpose '{purpose}' of transactions.", nameof(purpose));
}
