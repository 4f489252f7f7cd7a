using Credentials.Anchoring;

namespace Credentials.Ethereum.Registry;

/// <summary>What the contract does to its facts in time: it adds, and never changes or takes away. Whatever shows otherwise is no state of the registry, or not a later one.</summary>
internal static class RegistryHistory
{
    /// <summary>The time of the newest thing that happened. Dates that may lie ahead do not count: from when a key or an accreditation is good, and until when.</summary>
    public static ulong NewestOf(RegistryState state)
    {
        ulong[] happened =
        [
            state.AnchoredAt, state.DistrustedAt, state.RevokedAt, state.Key?.RevokedAt ?? 0, state.Identity.From, state.Identity.Until, state.Succession.Since,
            .. state.Path.SelectMany(static link => new[] { link.Accreditation.RevokedAt, link.Identity.From, link.Identity.Until }),
        ];
        return happened.Max();
    }

    /// <summary>Whether a newer state shows all that an older one does. An institution may get another controller and another identity, but never none again.</summary>
    public static bool Continues(RegistryState older, RegistryState newer) =>
        (newer.Exists || !older.Exists)
        && Stays(older.AnchoredAt, newer.AnchoredAt)
        && Stays(older.AnchoredBlock, newer.AnchoredBlock)
        && Stays(older.DistrustedAt, newer.DistrustedAt)
        && Stays(older.RevokedAt, newer.RevokedAt)
        && Continues(older.Key, newer.Key)
        && (older.CurrentIdentity == default || newer.CurrentIdentity != default)
        && Continues(older.Identity, newer.Identity)
        && (older.Succession == default || older.Succession == newer.Succession)
        && (older.Path.Count == 0 || (older.Path.Count == newer.Path.Count && older.Path.Zip(newer.Path).All(static pair => Continues(pair.First, pair.Second))));

    /// <summary>Whether the contract can hold these facts together.</summary>
    public static bool IsPossible(RegistryState state) =>
        (state.Exists || (state with { Path = [] }) == RegistryState.Nothing)
        && (state.AnchoredAt != 0 || state.AnchoredBlock == 0)
        && (state.DistrustedAt == 0 || (state.AnchoredAt != 0 && state.DistrustedAt >= state.AnchoredAt))
        && state.Key is not { ValidFrom: 0 } and not { Multikey.IsEmpty: true }
        && (state.Key is null || (state.Key.RevokedAt == 0) == (state.Key.Reason == KeyRevocationReason.None))
        && IsPossible(state.Identity)
        && (state.Identity.From == 0 || state.CurrentIdentity != default)
        && (state.Succession.Since == 0) == (state.Succession.Successor == default)
        && state.Path.All(static link => IsPossible(link.Identity) && IsPossible(link.Accreditation));

    private static bool IsPossible(PeriodState period) => period.Until == 0 || (period.From != 0 && period.Until >= period.From);

    private static bool IsPossible(AccreditationState given) => given.From == 0
        ? given == default
        : given.Scope != AccreditationScope.None && (given.Until == 0 || given.Until > given.From);

    private static bool Continues(KeyState? older, KeyState? newer) => older is null
        || (newer is not null
            && older.ValidFrom == newer.ValidFrom
            && older.Multikey.Span.SequenceEqual(newer.Multikey.Span)
            && Stays(older.RevokedAt, newer.RevokedAt)
            && (older.RevokedAt == 0 || older.Reason == newer.Reason));

    private static bool Continues(PeriodState older, PeriodState newer) => Stays(older.From, newer.From) && Stays(older.Until, newer.Until);

    private static bool Continues(LinkState older, LinkState newer) =>
        Continues(older.Identity, newer.Identity)
        && (older.Accreditation == default
            || ((older.Accreditation with { RevokedAt = 0 }) == (newer.Accreditation with { RevokedAt = 0 }) && Stays(older.Accreditation.RevokedAt, newer.Accreditation.RevokedAt)));

    private static bool Stays(ulong older, ulong newer) => older == 0 || older == newer;
}
