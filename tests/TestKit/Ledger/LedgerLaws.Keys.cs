using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Xunit;

namespace Credentials.TestKit.Ledger;

/// <content>Signing keys: who adds and revokes them, and since when they count.</content>
public abstract partial class LedgerLaws
{
    private const string Method = "did:web:university.example#key-1";

    private static readonly byte[] P256Key = [0x80, 0x24, 0x02, .. Enumerable.Repeat((byte)0x5a, 32)];

    [Law]
    public async Task A_key_counts_from_its_block_on_and_keeps_its_bytes()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        Assert.True((await actor.MineAsync(CredentialRegistryContract.AddKey(actor.Institution, Method, P256Key, null))).Succeeded);
        ulong added = await HeadTimeAsync();
        Assert.Equal(new(P256Key, added, 0, KeyRevocationReason.None), (await KeyAsync(actor)).Key);
        await AssertAsOfAsync(time => RegistryQuestion.WasKeyGood(actor.Institution, CredentialRegistryContract.KeyIdOf(Method), time), (added - 1, false), (added, true), (added + 1, true));
    }

    [Law]
    public async Task A_key_dated_back_counts_from_its_block_and_one_dated_ahead_from_then()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        DateTimeOffset ahead = (await HeadAsync()).Time.AddDays(30);
        await actor.MineAsync(CredentialRegistryContract.AddKey(actor.Institution, "back", P256Key, DateTimeOffset.UnixEpoch.AddSeconds(1)));
        ulong added = await HeadTimeAsync();
        await actor.MineAsync(CredentialRegistryContract.AddKey(actor.Institution, "ahead", P256Key, ahead));
        Assert.Equal(added, (await KeyAsync(actor, "back")).Key!.ValidFrom);
        KeyFact later = (await ReadKeyAsync(actor, "ahead")).Key!;
        Assert.Equal((false, true), (later.IsGoodAt(ahead.AddSeconds(-1)), later.IsGoodAt(ahead)));
    }

    [Law]
    public async Task A_revoked_key_was_good_until_its_revocation_and_the_reason_stays()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        Bytes32 key = CredentialRegistryContract.KeyIdOf(Method);
        await actor.MineAsync(CredentialRegistryContract.AddKey(actor.Institution, Method, P256Key, null));
        ulong added = await HeadTimeAsync();
        await world.PassAsync(5);
        Assert.True((await actor.MineAsync(CredentialRegistryContract.RevokeKey(actor.Institution, key, KeyRevocationReason.Compromised))).Succeeded);
        ulong revoked = await HeadTimeAsync();
        Assert.False((await actor.MineAsync(CredentialRegistryContract.RevokeKey(actor.Institution, key, KeyRevocationReason.Retired))).Succeeded);
        Assert.Equal(new(P256Key, added, revoked, KeyRevocationReason.Compromised), (await KeyAsync(actor)).Key);
        await AssertAsOfAsync(time => RegistryQuestion.WasKeyGood(actor.Institution, key, time), (added, true), (revoked - 1, true), (revoked, false), (revoked + 1, false));
        KeyFact read = (await ReadKeyAsync(actor, Method)).Key!;
        Assert.Equal((true, false), (read.IsGoodAt(At(revoked - 1)), read.IsGoodAt(At(revoked))));
    }

    [Law]
    public async Task A_verification_method_names_one_key_for_ever()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        await actor.MineAsync(CredentialRegistryContract.AddKey(actor.Institution, Method, P256Key, null));
        RegistryState first = await KeyAsync(actor);
        Assert.False((await actor.MineAsync(CredentialRegistryContract.AddKey(actor.Institution, Method, [1], null))).Succeeded);
        await actor.MineAsync(CredentialRegistryContract.RevokeKey(actor.Institution, CredentialRegistryContract.KeyIdOf(Method), KeyRevocationReason.Retired));
        Assert.False((await actor.MineAsync(CredentialRegistryContract.AddKey(actor.Institution, Method, P256Key, null))).Succeeded);
        Assert.Equal(first.Key!.ValidFrom, (await KeyAsync(actor)).Key!.ValidFrom);
    }

    [Law]
    public async Task Only_the_controller_adds_and_revokes_keys()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        LedgerActor clerk = await LedgerActor.CreateInstitutionAsync(world);
        await actor.MineAsync(CredentialRegistryContract.AddOperator(actor.Institution, clerk.Account.Address));
        await actor.MineAsync(CredentialRegistryContract.AddKey(actor.Institution, Method, P256Key, null));
        Assert.False((await clerk.MineAsync(CredentialRegistryContract.AddKey(actor.Institution, "theirs", P256Key, null))).Succeeded);
        Assert.False((await clerk.MineAsync(CredentialRegistryContract.RevokeKey(actor.Institution, CredentialRegistryContract.KeyIdOf(Method), KeyRevocationReason.Retired))).Succeeded);
        Assert.Null((await KeyAsync(actor, "theirs")).Key);
        Assert.Equal(0UL, (await KeyAsync(actor)).Key!.RevokedAt);
    }

    [Law]
    public async Task A_key_has_1_to_128_bytes_and_a_revocation_a_reason()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        Assert.False((await actor.MineAsync(CredentialRegistryContract.AddKey(actor.Institution, "none", [], null))).Succeeded);
        Assert.False((await actor.MineAsync(CredentialRegistryContract.AddKey(actor.Institution, "long", new byte[129], null))).Succeeded);
        foreach (int length in (int[])[1, 31, 32, 33, 128])
        {
            byte[] multikey = [.. Enumerable.Range(1, length).Select(value => (byte)value)];
            Assert.True((await actor.MineAsync(CredentialRegistryContract.AddKey(actor.Institution, $"of {length}", multikey, null))).Succeeded);
            Assert.Equal(multikey, (await KeyAsync(actor, $"of {length}")).Key!.Multikey.ToArray());
        }

        Assert.False((await actor.MineAsync(CredentialRegistryContract.RevokeKey(actor.Institution, CredentialRegistryContract.KeyIdOf("of 1"), KeyRevocationReason.None))).Succeeded);
        Assert.False((await actor.MineAsync(CredentialRegistryContract.RevokeKey(actor.Institution, CredentialRegistryContract.KeyIdOf("of 1"), (KeyRevocationReason)3))).Succeeded);
        Assert.False((await actor.MineAsync(CredentialRegistryContract.RevokeKey(actor.Institution, CredentialRegistryContract.KeyIdOf("absent"), KeyRevocationReason.Retired))).Succeeded);
        Assert.Null((await KeyAsync(actor, "none")).Key);
    }

    [Law]
    public async Task A_verification_method_of_any_script_names_its_key()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        const string Long = "did:web:جامعة.example:كلية#مفتاح-١";
        Assert.True((await actor.MineAsync(CredentialRegistryContract.AddKey(actor.Institution, Long, P256Key, null))).Succeeded);
        Assert.NotNull((await ReadKeyAsync(actor, Long)).Key);
    }

    private Task<RegistryState> KeyAsync(LedgerActor actor, string method = Method) => LookUpAsync(new(actor.Institution) { Key = CredentialRegistryContract.KeyIdOf(method) });

    private Task<RegistryRecord> ReadKeyAsync(LedgerActor actor, string method) => ReadAsync(new(actor.Institution, null, null) { VerificationMethod = method });
}
