using Credentials.Anchoring;
using Credentials.Keys;
using Credentials.Verification.Evidence;

namespace Credentials.Verification.Checks;

/// <summary>What the registries that a credential names say of the key that signed it, at the time judged.</summary>
/// <remarks>
/// A key that the institution revoked at or before that time is bad whoever the institution is: the one who signed named it. That it is good counts only where somebody trusted vouches for the institution, or the relying party knows it; then nothing that a DID document says counts beside it.
/// A key that the registry does not have, or that counted only later, says nothing: the institution may have signed before it wrote the key down, and the DID document decides.
/// </remarks>
internal static class RegisteredKeyJudge
{
    /// <summary>The result, or null where the DID document decides; and the key's facts where it was given up later.</summary>
    /// <param name="proof">The signature.</param>
    /// <param name="keys">What the registries say of its verification method.</param>
    /// <param name="at">The time judged.</param>
    /// <param name="anchored">The same where it is an anchor's.</param>
    /// <param name="mayBeOlder">Whether an older anchor may be there that could not be read.</param>
    public static (CheckResult? Result, KeyFact? GivenUp) Judge(IssuerSignature proof, IReadOnlyList<RegisteredKey> keys, DateTimeOffset at, DateTimeOffset? anchored, bool mayBeOlder)
    {
        (string id, PublicKey key) = (proof.Held.Found.Method.Id, proof.Held.Found.Key);
        RegisteredKey[] same = [.. keys.Where(one => one.Fact.Multikey.Span.SequenceEqual(Multikey.ToBytes(key)))];
        if (same.FirstOrDefault(one => one.Fact.RevokedAt <= at) is { } bad)
        {
            return (IssuerCheck.GivenUpBefore(id, Say(bad.Fact), anchored, mayBeOlder), null);
        }

        KeyFact? later = same.FirstOrDefault(one => one.Fact.RevokedAt is not null)?.Fact;
        if (same.FirstOrDefault(one => one.Vouched && one.Fact.IsGoodAt(at)) is { } good)
        {
            return (Check.Passed(CheckName.Issuer, $"Signed by {proof.Held.Found.Method.Controller} with a key of its own, {id}, which its institution keeps on the chain since {Check.Say(good.Fact.ValidFrom)}.{Told(later, anchored)}"), later);
        }

        if (keys.FirstOrDefault(one => one.Vouched && one.Fact.IsGoodAt(at)) is not null)
        {
            return (Check.CannotTell(CheckName.Issuer, ProblemCode.InvalidVerificationMethod, $"The institution keeps another key under the name {id} on the chain than the one that signed.", Remedy.Issuer), null);
        }

        if (proof.Held.Found.Registered is not null)
        {
            return (Check.CannotTell(CheckName.Issuer, ProblemCode.InvalidVerificationMethod, $"The registry keeps the key {id}; that its institution was the issuer when the credential was anchored could not be established.", Remedy.Issuer), null);
        }

        return (null, later);
    }

    /// <summary>The sentence about a key that was given up after the time judged.</summary>
    public static string Told(KeyFact? later, DateTimeOffset? anchored) =>
        later is null ? "" : $" That key was {Say(later)}, after the credential was anchored{(anchored is { } time ? $" on {Check.Say(time)}" : "")}.";

    private static string Say(KeyFact fact) => $"revoked on the chain on {Check.Say(fact.RevokedAt!.Value)} ({(fact.Reason == KeyRevocationReason.Compromised ? "somebody else may have it" : "retired in the ordinary course")})";
}
