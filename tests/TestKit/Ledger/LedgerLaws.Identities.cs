using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Xunit;

namespace Credentials.TestKit.Ledger;

/// <content>Who an institution says that it is, who speaks for it, and who comes after it.</content>
public abstract partial class LedgerLaws
{
    [Law]
    public async Task An_identity_lasts_until_the_next_one()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        IdentityHash one = RandomIdentity();
        IdentityHash two = RandomIdentity();
        Assert.True((await actor.MineAsync(CredentialRegistryContract.SetIdentity(actor.Institution, one))).Succeeded);
        ulong since = await HeadTimeAsync();
        await world.PassAsync(5);
        Assert.True((await actor.MineAsync(CredentialRegistryContract.SetIdentity(actor.Institution, two))).Succeeded);
        ulong until = await HeadTimeAsync();
        RegistryState state = await LookUpAsync(new(actor.Institution) { Identity = one });
        Assert.Equal((two, new PeriodState(since, until)), (state.CurrentIdentity, state.Identity));
        Assert.Equal(new(until, 0), (await LookUpAsync(new(actor.Institution) { Identity = two })).Identity);
        await AssertAsOfAsync(time => RegistryQuestion.HadIdentity(actor.Institution, one, time), (since - 1, false), (since, true), (until - 1, true), (until, false));
        await AssertAsOfAsync(time => RegistryQuestion.HadIdentity(actor.Institution, two, time), (until - 1, false), (until, true));
        RegistryRecord read = await ReadAsync(new RegistryQuery(actor.Institution, null, null) { Identity = one });
        Assert.Equal((two, new Period(At(since), At(until))), (read.CurrentIdentity, read.Identity));
    }

    [Law]
    public async Task No_identity_is_taken_twice_and_zero_is_none()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        IdentityHash one = RandomIdentity();
        await actor.MineAsync(CredentialRegistryContract.SetIdentity(actor.Institution, one));
        Assert.False((await actor.MineAsync(CredentialRegistryContract.SetIdentity(actor.Institution, one))).Succeeded);
        await actor.MineAsync(CredentialRegistryContract.SetIdentity(actor.Institution, RandomIdentity()));
        Assert.False((await actor.MineAsync(CredentialRegistryContract.SetIdentity(actor.Institution, one))).Succeeded);
        Assert.False((await actor.MineAsync(CredentialRegistryContract.SetIdentity(actor.Institution, default))).Succeeded);
    }

    [Law]
    public async Task An_operator_gives_no_identity_and_a_stranger_may_claim_the_same_one()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        LedgerActor clerk = await LedgerActor.CreateInstitutionAsync(world);
        IdentityHash one = RandomIdentity();
        await actor.MineAsync(CredentialRegistryContract.AddOperator(actor.Institution, clerk.Account.Address));
        Assert.False((await clerk.MineAsync(CredentialRegistryContract.SetIdentity(actor.Institution, one))).Succeeded);
        Assert.True((await clerk.MineAsync(CredentialRegistryContract.SetIdentity(clerk.Institution, one))).Succeeded);
        RegistryRecord read = await ReadAsync(new RegistryQuery(actor.Institution, null, null) { Identity = one });
        Assert.Equal((null, null), (read.CurrentIdentity, read.Identity));
    }

    [Law]
    public async Task Another_controller_controls_once_it_has_accepted()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        LedgerActor next = await LedgerActor.CreateAsync(world);
        LedgerActor other = await LedgerActor.CreateAsync(world);
        Assert.False((await next.MineAsync(CredentialRegistryContract.AcceptController(actor.Institution))).Succeeded);
        Assert.False((await next.MineAsync(CredentialRegistryContract.ProposeController(actor.Institution, next.Account.Address))).Succeeded);
        Assert.True((await actor.MineAsync(CredentialRegistryContract.ProposeController(actor.Institution, next.Account.Address))).Succeeded);
        Assert.False((await next.MineAsync(CredentialRegistryContract.SetIdentity(actor.Institution, RandomIdentity()))).Succeeded);
        Assert.False((await other.MineAsync(CredentialRegistryContract.AcceptController(actor.Institution))).Succeeded);
        Assert.True((await next.MineAsync(CredentialRegistryContract.AcceptController(actor.Institution))).Succeeded);
        Assert.Equal(next.Account.Address, (await LookUpAsync(actor.Institution, default, default)).Controller);
        Assert.False((await actor.MineAsync(CredentialRegistryContract.SetIdentity(actor.Institution, RandomIdentity()))).Succeeded);
        Assert.True((await actor.MineAsync(CredentialRegistryContract.Anchor(actor.Institution, RandomRoot()))).Succeeded);
    }

    [Law]
    public async Task A_proposal_that_was_withdrawn_cannot_be_accepted()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        LedgerActor next = await LedgerActor.CreateAsync(world);
        await actor.MineAsync(CredentialRegistryContract.ProposeController(actor.Institution, next.Account.Address));
        Assert.True((await actor.MineAsync(CredentialRegistryContract.ProposeController(actor.Institution, EthereumAddress.Zero))).Succeeded);
        Assert.False((await next.MineAsync(CredentialRegistryContract.AcceptController(actor.Institution))).Succeeded);
    }

    [Law]
    public async Task A_successor_succeeds_once_it_has_accepted_and_for_good()
    {
        LedgerActor closed = await LedgerActor.CreateInstitutionAsync(world);
        LedgerActor heir = await LedgerActor.CreateInstitutionAsync(world);
        LedgerActor other = await LedgerActor.CreateInstitutionAsync(world);
        Assert.False((await heir.MineAsync(CredentialRegistryContract.AcceptSuccession(closed.Institution, heir.Institution))).Succeeded);
        Assert.True((await closed.MineAsync(CredentialRegistryContract.ProposeSuccessor(closed.Institution, heir.Institution))).Succeeded);
        Assert.Equal(default, (await LookUpAsync(closed.Institution, default, default)).Succession);
        Assert.False((await other.MineAsync(CredentialRegistryContract.AcceptSuccession(closed.Institution, other.Institution))).Succeeded);
        Assert.False((await other.MineAsync(CredentialRegistryContract.AcceptSuccession(closed.Institution, heir.Institution))).Succeeded);
        Assert.True((await heir.MineAsync(CredentialRegistryContract.AcceptSuccession(closed.Institution, heir.Institution))).Succeeded);
        ulong since = await HeadTimeAsync();
        Assert.False((await closed.MineAsync(CredentialRegistryContract.ProposeSuccessor(closed.Institution, other.Institution))).Succeeded);
        Assert.False((await heir.MineAsync(CredentialRegistryContract.AcceptSuccession(closed.Institution, heir.Institution))).Succeeded);
        RegistryRecord read = await ReadAsync(new RegistryQuery(closed.Institution, null, null));
        Assert.Equal(new(heir.Institution, At(since)), read.Succession);
    }

    [Law]
    public async Task Nobody_succeeds_itself_or_is_succeeded_by_nothing_or_by_another_than_the_latest_proposed()
    {
        LedgerActor closed = await LedgerActor.CreateInstitutionAsync(world);
        LedgerActor heir = await LedgerActor.CreateInstitutionAsync(world);
        LedgerActor stranger = await LedgerActor.CreateInstitutionAsync(world);
        Assert.False((await closed.MineAsync(CredentialRegistryContract.ProposeSuccessor(closed.Institution, closed.Institution))).Succeeded);
        Assert.False((await closed.MineAsync(CredentialRegistryContract.ProposeSuccessor(closed.Institution, CredentialRegistryContract.InstitutionIdOf(world.Registry.Contract, 3)))).Succeeded);
        Assert.False((await stranger.MineAsync(CredentialRegistryContract.ProposeSuccessor(closed.Institution, stranger.Institution))).Succeeded);
        await closed.MineAsync(CredentialRegistryContract.ProposeSuccessor(closed.Institution, heir.Institution));
        Assert.True((await closed.MineAsync(CredentialRegistryContract.ProposeSuccessor(closed.Institution, default))).Succeeded);
        Assert.False((await heir.MineAsync(CredentialRegistryContract.AcceptSuccession(closed.Institution, heir.Institution))).Succeeded);
    }

    private static IdentityHash RandomIdentity() => new(RandomRoot().Value);
}
