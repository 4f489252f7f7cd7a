using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;

namespace Credentials.TestKit.Ledger;

/// <content>The contract's questions as of a time, each answered from the facts' own times: half-open, zero for never.</content>
public sealed partial record InMemoryRegistry
{
    /// <summary>What the contract gives back; null where the call reverts.</summary>
    public byte[]? Answer(ReadOnlySpan<byte> data)
    {
        InMemoryCall call = new(data.ToArray());
        return call.Query() is { } query ? RegistryAnswer.Encode(LookUp(query))
            : Judge(call) is { } yes ? Abi.Word(yes ? (UInt128)1 : 0).ToArray()
            : null;
    }

    private bool? Judge(InMemoryCall call) =>
        call.Is(RegistryQuestion.KeyGoodAt, 3) ? Keys.TryGetValue((call.Institution, call.Word(1)), out KeyState? key) && Covers(key.ValidFrom, key.RevokedAt, call.UInt64(2))
            : call.Is(RegistryQuestion.IdentityAt, 3) ? Had(call.Institution, new(call.Word(1)), call.UInt64(2))
            : call.Is(RegistryQuestion.AccreditedAt, 5) ? Accreditations.TryGetValue(call.Link(), out AccreditationState given) && Stood(given, call.UInt64(4)) && Had(new(call.Word(1)), new(call.Word(2)), call.UInt64(4))
            : call.Is(RegistryQuestion.AnchoredAt, 3) ? Anchors.TryGetValue((call.Institution, new(call.Word(1))), out InMemoryAnchor anchor) && Covers(anchor.Time, anchor.DistrustedAt, call.UInt64(2))
            : call.Is(RegistryQuestion.RevokedAt, 3) ? Revocations.TryGetValue((call.Institution, call.Handle(1)), out ulong revoked) && Covers(revoked, 0, call.UInt64(2))
            : null;

    private bool Had(InstitutionId institution, IdentityHash identity, ulong time) =>
        Identities.TryGetValue((institution, identity), out PeriodState period) && Covers(period.From, period.Until, time);

    private static bool Stood(AccreditationState given, ulong time) => Covers(given.From, given.Until, time) && Covers(given.From, given.RevokedAt, time);

    private static bool Covers(ulong from, ulong until, ulong time) => from != 0 && time >= from && (until == 0 || time < until);
}
