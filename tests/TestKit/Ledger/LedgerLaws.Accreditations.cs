using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Xunit;

namespace Credentials.TestKit.Ledger;

/// <content>Who vouches for whom; and who stands by a root.</content>
public abstract partial class LedgerLaws
{
    private const AccreditationScope Degrees = AccreditationScope.EqfLevel6 | AccreditationScope.EqfLevel7;

    [Law]
    public async Task An_accreditation_stands_from_its_block_until_it_is_revoked()
    {
        (LedgerActor ministry, LedgerActor university, AccreditationLink link) = await AccreditableAsync();
        Assert.True((await ministry.MineAsync(CredentialRegistryContract.Accredit(link, DateTimeOffset.UnixEpoch, null, Degrees))).Succeeded);
        ulong since = await HeadTimeAsync();
        await world.PassAsync(5);
        Assert.True((await ministry.MineAsync(CredentialRegistryContract.RevokeAccreditation(link))).Succeeded);
        ulong revoked = await HeadTimeAsync();
        Assert.False((await ministry.MineAsync(CredentialRegistryContract.RevokeAccreditation(link))).Succeeded);
        LinkState known = Assert.Single((await LookUpAsync(new(university.Institution) { Path = [link] })).Path);
        Assert.Equal(new(since, 0, revoked, Degrees), known.Accreditation);
        await AssertAsOfAsync(time => RegistryQuestion.WasAccredited(link, time), (since - 1, false), (since, true), (revoked - 1, true), (revoked, false));
        LinkFact read = Assert.Single((await ReadAsync(new RegistryQuery(university.Institution, null, null) { Path = [link] })).Path);
        Assert.Equal((false, true, true, false), (read.StoodAt(At(since - 1)), read.StoodAt(At(since)), read.StoodAt(At(revoked - 1)), read.StoodAt(At(revoked))));
    }

    [Law]
    public async Task An_accreditation_has_the_period_that_it_names()
    {
        (LedgerActor ministry, LedgerActor university, AccreditationLink link) = await AccreditableAsync();
        DateTimeOffset from = (await HeadAsync()).Time.AddDays(10);
        DateTimeOffset until = from.AddDays(10);
        Assert.True((await ministry.MineAsync(CredentialRegistryContract.Accredit(link, from, until, Degrees))).Succeeded);
        LinkFact read = Assert.Single((await ReadAsync(new RegistryQuery(university.Institution, null, null) { Path = [link] })).Path);
        Assert.Equal((from, until, Degrees), (read.Accreditation!.From, read.Accreditation.Until, read.Accreditation.Scope));
        ulong start = (ulong)from.ToUnixTimeSeconds();
        ulong end = (ulong)until.ToUnixTimeSeconds();
        await AssertAsOfAsync(time => RegistryQuestion.WasAccredited(link, time), (start - 1, false), (start, true), (end - 1, true), (end, false));
        Assert.Equal((true, false), (read.StoodAt(until.AddSeconds(-1)), read.StoodAt(until)));
    }

    [Law]
    public async Task An_accreditation_does_not_cover_another_identity()
    {
        (LedgerActor ministry, LedgerActor university, AccreditationLink link) = await AccreditableAsync();
        await ministry.MineAsync(CredentialRegistryContract.Accredit(link, null, null, Degrees));
        await world.PassAsync(5);
        await university.MineAsync(CredentialRegistryContract.SetIdentity(university.Institution, RandomIdentity()));
        ulong changed = await HeadTimeAsync();
        await AssertAsOfAsync(time => RegistryQuestion.WasAccredited(link, time), (changed - 1, true), (changed, false));
        RegistryRecord read = await ReadAsync(new RegistryQuery(university.Institution, null, null) { Path = [link] });
        Assert.Equal((true, false), (read.Path[0].StoodAt(At(changed - 1)), read.Path[0].StoodAt(At(changed))));
        Assert.Null(read.Path[0].Accreditation!.RevokedAt);
    }

    [Law]
    public async Task Only_the_accreditors_controller_accredits_and_revokes()
    {
        (LedgerActor ministry, LedgerActor university, AccreditationLink link) = await AccreditableAsync();
        await ministry.MineAsync(CredentialRegistryContract.AddOperator(ministry.Institution, university.Account.Address));
        Assert.False((await university.MineAsync(CredentialRegistryContract.Accredit(link, null, null, Degrees))).Succeeded);
        await ministry.MineAsync(CredentialRegistryContract.Accredit(link, null, null, Degrees));
        Assert.False((await university.MineAsync(CredentialRegistryContract.RevokeAccreditation(link))).Succeeded);
        Assert.Equal(0UL, (await LookUpAsync(new(university.Institution) { Path = [link] })).Path[0].Accreditation.RevokedAt);
    }

    [Law]
    public async Task An_accreditation_is_given_once_a_serial_to_somebody_else_for_something_and_for_a_while()
    {
        (LedgerActor ministry, LedgerActor university, AccreditationLink link) = await AccreditableAsync();
        DateTimeOffset head = (await HeadAsync()).Time;
        async Task<bool> GivesAsync(AccreditationLink to, DateTimeOffset? from, DateTimeOffset? until, AccreditationScope scope) =>
            (await ministry.MineAsync(CredentialRegistryContract.Accredit(to, from, until, scope))).Succeeded;

        Assert.False(await GivesAsync(link, null, null, AccreditationScope.None));
        Assert.False(await GivesAsync(link, null, head, Degrees));
        Assert.False(await GivesAsync(link, head.AddDays(2), head.AddDays(2), Degrees));
        Assert.False(await GivesAsync(link with { Identity = default }, null, null, Degrees));
        Assert.False(await GivesAsync(link with { Institution = ministry.Institution }, null, null, Degrees));
        Assert.False(await GivesAsync(link with { Institution = CredentialRegistryContract.InstitutionIdOf(world.Registry.Contract, 4) }, null, null, Degrees));
        Assert.True(await GivesAsync(link, null, null, Degrees));
        Assert.False(await GivesAsync(link, null, null, AccreditationScope.EqfLevel8));
        Assert.True(await GivesAsync(link with { Serial = ulong.MaxValue }, null, null, AccreditationScope.Accredits | Degrees));
        Assert.False((await ministry.MineAsync(CredentialRegistryContract.RevokeAccreditation(link with { Serial = 77 }))).Succeeded);
        RegistryState state = await LookUpAsync(new(university.Institution) { Path = [link with { Serial = ulong.MaxValue }, link, link with { Serial = 77 }] });
        Assert.Equal([AccreditationScope.Accredits | Degrees, Degrees, AccreditationScope.None], state.Path.Select(known => known.Accreditation.Scope));
    }

    [Law]
    public async Task A_question_names_up_to_four_links_and_five_are_refused()
    {
        (LedgerActor ministry, LedgerActor university, AccreditationLink link) = await AccreditableAsync();
        await ministry.MineAsync(CredentialRegistryContract.Accredit(link, null, null, Degrees));
        for (int links = 0; links <= AccreditationLink.MaxPath; links++)
        {
            AccreditationLink[] path = [.. Enumerable.Range(0, links).Select(step => step == links - 1 ? link : link with { Serial = (ulong)step + 1 })];
            RegistryState state = await LookUpAsync(new(university.Institution) { Path = path });
            Assert.Equal(path.Select(step => step == link), state.Path.Select(known => known.Accreditation.From != 0));
            Assert.All(state.Path, known => Assert.NotEqual(0UL, known.Identity.From));
        }

        Assert.Throws<ArgumentException>(() => new LookupQuery(university.Institution) { Path = [link, link, link, link, link] });
        Assert.Equal([false, true], (await world.CallAsync([RegistryQuestion.LookUpAnyway(5), RegistryQuestion.LookUpAnyway(4)])).Select(answer => answer is not null));
    }

    [Law]
    public async Task A_distrusted_root_keeps_its_time_and_is_distrusted_from_its_block_on()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        MerkleRoot root = RandomRoot();
        Assert.False((await actor.MineAsync(CredentialRegistryContract.DistrustRoot(actor.Institution, root))).Succeeded);
        await actor.MineAsync(CredentialRegistryContract.Anchor(actor.Institution, root));
        ulong anchored = await HeadTimeAsync();
        await world.PassAsync(5);
        Assert.True((await actor.MineAsync(CredentialRegistryContract.DistrustRoot(actor.Institution, root))).Succeeded);
        ulong distrusted = await HeadTimeAsync();
        Assert.False((await actor.MineAsync(CredentialRegistryContract.DistrustRoot(actor.Institution, root))).Succeeded);
        Assert.False((await actor.MineAsync(CredentialRegistryContract.Anchor(actor.Institution, root))).Succeeded);
        RegistryState state = await LookUpAsync(actor.Institution, root, default);
        Assert.Equal((anchored, distrusted), (state.AnchoredAt, state.DistrustedAt));
        await AssertAsOfAsync(time => RegistryQuestion.WasAnchored(actor.Institution, root, time), (anchored - 1, false), (anchored, true), (distrusted - 1, true), (distrusted, false));
        RegistryRecord read = await ReadAsync(new RegistryQuery(actor.Institution, root, null));
        Assert.Equal((At(anchored), At(distrusted)), (read.Anchor!.Time, read.Distrusted));
    }

    [Law]
    public async Task An_operator_distrusts_no_root()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        LedgerActor clerk = await LedgerActor.CreateAsync(world);
        MerkleRoot root = RandomRoot();
        await actor.MineAsync(CredentialRegistryContract.AddOperator(actor.Institution, clerk.Account.Address));
        Assert.True((await clerk.MineAsync(CredentialRegistryContract.Anchor(actor.Institution, root))).Succeeded);
        Assert.False((await clerk.MineAsync(CredentialRegistryContract.DistrustRoot(actor.Institution, root))).Succeeded);
        Assert.Equal(0UL, (await LookUpAsync(actor.Institution, root, default)).DistrustedAt);
    }

    [Law]
    public async Task A_revocation_holds_from_its_block_on()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        RegistryHandle handle = RegistryHandle.Create();
        await actor.MineAsync(CredentialRegistryContract.Revoke(actor.Institution, handle));
        ulong revoked = await HeadTimeAsync();
        await AssertAsOfAsync(time => RegistryQuestion.WasRevoked(actor.Institution, handle, time), (revoked - 1, false), (revoked, true), (ulong.MaxValue, true));
    }

    private async Task<(LedgerActor Ministry, LedgerActor University, AccreditationLink Link)> AccreditableAsync()
    {
        LedgerActor ministry = await LedgerActor.CreateInstitutionAsync(world);
        LedgerActor university = await LedgerActor.CreateInstitutionAsync(world);
        AccreditationLink link = new(ministry.Institution, university.Institution, RandomIdentity(), 0);
        await university.MineAsync(CredentialRegistryContract.SetIdentity(university.Institution, link.Identity));
        await world.PassAsync(5);
        return (ministry, university, link);
    }
}
