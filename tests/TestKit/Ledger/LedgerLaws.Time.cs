using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Xunit;

namespace Credentials.TestKit.Ledger;

/// <content>Every question has one answer as of a time, whoever is asked.</content>
public abstract partial class LedgerLaws
{
    private const int Deeds = 300;
    private const int TimesAQuestion = 12;

    [Law]
    public async Task The_contract_the_history_and_the_verifiers_facts_agree_as_of_any_time()
    {
        (int count, ulong seed) = Randomised.Draw(slice: 1_000, full: 100_000);
        RandomLife life = new(world, new Dice(seed));
        await life.LiveAsync(Deeds);
        Assert.InRange(life.Allowed, Deeds / 4, Deeds);
        int asked = 0;
        int yes = 0;
        while (asked < count)
        {
            RegistryQuery question = life.Question();
            Assert.Equal(life.History.Now.LookUp(LookupQuery.Of(question)), await LookUpAsync(LookupQuery.Of(question)));
            (byte[] Call, bool Remembered, bool Judged)[] moments = Moments(question, await ReadAsync(question), life.History, [.. Enumerable.Range(0, TimesAQuestion).Select(_ => life.Time())]);
            IReadOnlyList<byte[]?> answers = await world.CallAsync([.. moments.Select(moment => moment.Call)]);
            Assert.All(moments.Zip(answers), pair => Assert.True(
                (pair.Second![^1] == 1) == pair.First.Remembered && pair.First.Remembered == pair.First.Judged,
                $"CREDENTIALS_SEED={seed}: the contract says {pair.Second[^1]}, the history {pair.First.Remembered}, the facts {pair.First.Judged} of {Convert.ToHexStringLower(pair.First.Call)}"));
            asked += moments.Length;
            yes += moments.Count(moment => moment.Remembered);
        }

        Assert.InRange(yes, asked / 50, asked / 2);
        Randomised.Held(asked, seed, $"{GetType().Name}.as_of_any_time");
    }

    private static (byte[] Call, bool Remembered, bool Judged)[] Moments(RegistryQuery question, RegistryRecord record, NaiveHistory history, ulong[] times)
    {
        InstitutionId institution = question.Institution;
        Bytes32 key = CredentialRegistryContract.KeyIdOf(question.VerificationMethod!);
        return [.. times.SelectMany(AsOf)];

        (byte[], bool, bool)[] AsOf(ulong time) =>
        [
            (RegistryQuestion.WasKeyGood(institution, key, time), history.WasKeyGood(institution, key, time), record.Key?.IsGoodAt(At(time)) == true),
            (RegistryQuestion.HadIdentity(institution, question.Identity!.Value, time), history.HadIdentity(institution, question.Identity.Value, time), record.Identity?.Covers(At(time)) == true),
            (RegistryQuestion.WasAnchored(institution, question.Root!.Value, time), history.WasAnchored(institution, question.Root.Value, time), record.Anchor?.Time <= At(time) && !(record.Distrusted <= At(time))),
            (RegistryQuestion.WasRevoked(institution, question.Handle!.Value, time), history.WasRevoked(institution, question.Handle.Value, time), record.Revocation?.Time <= At(time)),
            .. question.Path.Zip(record.Path, (link, fact) => (RegistryQuestion.WasAccredited(link, time), history.WasAccredited(link, time), fact.StoodAt(At(time)))),
        ];
    }
}
