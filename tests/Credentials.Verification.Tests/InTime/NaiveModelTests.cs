using Credentials.Anchoring;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;
using FsCheck;
using FsCheck.Fluent;

namespace Credentials.Verification.Tests.InTime;

/// <summary>A second opinion: random histories of key, identity and accreditations over a few seconds, random anchor times, and a model that walks through the history second by second.</summary>
public sealed class NaiveModelTests
{
    /// <summary>All that happens lies within so many seconds, so that boundaries meet often.</summary>
    private const int Seconds = 12;

    [Fact]
    public async Task Verifier_and_a_naive_model_agree_on_random_histories()
    {
        using var world = new TimeWorld();
        SampleAnchored diploma = await world.IssueAsync();
        MerkleRoot root = diploma.Receipt.Root;
        world.TakeDidDown();
        var verifier = new CredentialVerifier(world.Trusted with { Fetcher = null }, VerificationPolicy.RequireAccreditation, world.Clock);
        Randomised.ForAll(
            Histories(),
            history =>
            {
                history.WriteInto(world, root);
                VerificationResult result = verifier.VerifyAsync(diploma.Text, CancellationToken.None).GetAwaiter().GetResult();
                (Verdict verdict, string? check) = Opinion(history);
                return result.Verdict == verdict && result.Decisive?.Name == check
                    ? true
                    : throw new InvalidOperationException($"{history}\nexpected {verdict} by {check}, but {result.Show()}");
            },
            slice: 2_000,
            full: 100_000);
    }

    /// <summary>What should come out, told without intervals.</summary>
    private static (Verdict Verdict, string? Check) Opinion(History history)
    {
        bool identity = false, key = false, given = false, toUniversity = false, toAgency = false;
        for (int second = 0; second <= history.Anchored; second++)
        {
            identity = second == history.IdentityTaken || (identity && second != history.IdentityLeft);
            key |= second == history.KeyFrom;
            given |= second == history.KeyRevoked;
            toUniversity = Step(toUniversity, second, history.University);
            toAgency = Step(toAgency, second, history.Agency);
        }

        bool vouched = identity && toUniversity && toAgency;
        return !vouched || !key ? (Verdict.Indeterminate, CheckName.Proof)
            : given ? (Verdict.Rejected, CheckName.Issuer)
            : (Verdict.Verified, null);
    }

    private static bool Step(bool stands, int second, Spell spell) =>
        (stands || second == spell.From) && second != spell.Until && second != spell.Revoked && !(spell.Revoked < second) && !(spell.Until < second);

    private static Gen<History> Histories()
    {
        Gen<int> second = Gen.Choose(1, Seconds);
        Gen<int?> perhaps = Gen.Frequency((2, Gen.Constant((int?)null)), (3, second.Select(value => (int?)value)));
        Gen<Spell> spell = second.Zip(perhaps.Zip(perhaps)).Select(one => new Spell(one.Item1, one.Item2.Item1 is { } until ? one.Item1 + until : null, one.Item2.Item2));
        return second.Zip(perhaps.Zip(second.Zip(perhaps))).Zip(spell.Zip(spell.Zip(second))).Select(all => new History(
            IdentityTaken: all.Item1.Item1,
            IdentityLeft: all.Item1.Item2.Item1 is { } left ? all.Item1.Item1 + left : null,
            KeyFrom: all.Item1.Item2.Item2.Item1,
            KeyRevoked: all.Item1.Item2.Item2.Item2,
            University: all.Item2.Item1,
            Agency: all.Item2.Item2.Item1,
            Anchored: all.Item2.Item2.Item2));
    }

    private sealed record Spell(int From, int? Until, int? Revoked);

    private sealed record History(int IdentityTaken, int? IdentityLeft, int KeyFrom, int? KeyRevoked, Spell University, Spell Agency, int Anchored)
    {
        public void WriteInto(TimeWorld world, MerkleRoot root)
        {
            InstitutionId institution = world.Issuer.Institution;
            world.Registry.Anchors[(institution, root)] = At(Anchored);
            world.Registry.Identities[institution] = [(world.Identity.Hash, At(IdentityTaken))];
            if (IdentityLeft is { } left)
            {
                world.Registry.TakeIdentity(institution, TimeWorld.MinistryIdentity.Hash, At(left));
            }

            world.AddKey(world.Issuer.P256.PublicKey, At(KeyFrom));
            if (KeyRevoked is { } revoked)
            {
                world.RevokeKey(At(revoked));
            }

            world.Registry.Accreditations[world.ToUniversity] = FactOf(University, AccreditationScope.EqfLevel6);
            world.Registry.Accreditations[TimeWorld.ToAgency] = FactOf(Agency, AccreditationScope.EqfLevel6 | AccreditationScope.Accredits);
        }

        private static AccreditationFact FactOf(Spell spell, AccreditationScope scope) =>
            new(At(spell.From), spell.Until is { } until ? At(until) : null, spell.Revoked is { } revoked ? At(revoked) : null, scope);

        private static DateTimeOffset At(int second) => TimeWorld.Anchored.AddSeconds(second);
    }
}
