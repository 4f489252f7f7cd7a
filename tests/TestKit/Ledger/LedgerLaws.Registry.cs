using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Xunit;

namespace Credentials.TestKit.Ledger;

/// <content>What the contract lets whom do.</content>
public abstract partial class LedgerLaws
{
    [Law]
    public async Task An_institution_is_controlled_by_its_creator()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        Assert.Equal(new(actor.Account.Address, 0, 0, 0), await LookUpAsync(actor.Institution, default, default));
    }

    [Law]
    public async Task An_absent_institution_has_nothing() =>
        Assert.Equal(RegistryState.Nothing, await LookUpAsync(CredentialRegistryContract.InstitutionIdOf(world.Registry.Contract, 1), RandomRoot(), RegistryHandle.Create()));

    [Law]
    public async Task An_institution_is_created_once()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        Assert.False((await actor.MineAsync(CredentialRegistryContract.CreateInstitution(7, EthereumAddress.Zero))).Succeeded);
        Assert.True((await actor.MineAsync(CredentialRegistryContract.Anchor(actor.Institution, RandomRoot()))).Succeeded);
    }

    [Law]
    public async Task A_root_gets_the_time_and_number_of_its_block()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        MerkleRoot root = RandomRoot();
        TransactionReceipt receipt = await actor.MineAsync(CredentialRegistryContract.Anchor(actor.Institution, root));
        BlockHeader block = (await Ledger.GetBlockAsync(BlockTag.Number(receipt.BlockNumber), CancellationToken.None))!;
        Assert.True(receipt.Succeeded);
        Assert.Equal(block.Hash, receipt.BlockHash);
        Assert.Equal(new(actor.Account.Address, (ulong)block.Time.ToUnixTimeSeconds(), block.Number, 0), await LookUpAsync(actor.Institution, root, default));
    }

    [Law]
    public async Task A_repeated_anchor_reverts_and_the_first_time_stays()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        MerkleRoot root = RandomRoot();
        await actor.MineAsync(CredentialRegistryContract.Anchor(actor.Institution, root));
        RegistryState first = await LookUpAsync(actor.Institution, root, default);
        await world.MineAsync(2);
        Assert.False((await actor.MineAsync(CredentialRegistryContract.Anchor(actor.Institution, root))).Succeeded);
        Assert.NotEqual(0UL, first.AnchoredAt);
        Assert.Equal(first, await LookUpAsync(actor.Institution, root, default));
    }

    [Law]
    public async Task A_stranger_anchors_nothing()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        LedgerActor stranger = await LedgerActor.CreateInstitutionAsync(world);
        MerkleRoot root = RandomRoot();
        Assert.False((await stranger.MineAsync(CredentialRegistryContract.Anchor(actor.Institution, root))).Succeeded);
        Assert.Equal(0UL, (await LookUpAsync(actor.Institution, root, default)).AnchoredAt);
    }

    [Law]
    public async Task Two_institutions_anchor_the_same_root_apart()
    {
        LedgerActor one = await LedgerActor.CreateInstitutionAsync(world);
        LedgerActor other = await LedgerActor.CreateInstitutionAsync(world);
        MerkleRoot root = RandomRoot();
        await one.MineAsync(CredentialRegistryContract.Anchor(one.Institution, root));
        Assert.Equal(0UL, (await LookUpAsync(other.Institution, root, default)).AnchoredAt);
        Assert.True((await other.MineAsync(CredentialRegistryContract.Anchor(other.Institution, root))).Succeeded);
        Assert.True((await LookUpAsync(other.Institution, root, default)).AnchoredBlock > (await LookUpAsync(one.Institution, root, default)).AnchoredBlock);
    }

    [Law]
    public async Task A_removed_operator_anchors_nothing_more_and_what_it_anchored_stays()
    {
        LedgerActor controller = await LedgerActor.CreateInstitutionAsync(world);
        LedgerActor clerk = await LedgerActor.CreateAsync(world);
        MerkleRoot before = RandomRoot();
        MerkleRoot after = RandomRoot();
        Assert.True((await controller.MineAsync(CredentialRegistryContract.AddOperator(controller.Institution, clerk.Account.Address))).Succeeded);
        Assert.True((await clerk.MineAsync(CredentialRegistryContract.Anchor(controller.Institution, before))).Succeeded);
        Assert.True((await controller.MineAsync(CredentialRegistryContract.RemoveOperator(controller.Institution, clerk.Account.Address))).Succeeded);
        Assert.False((await clerk.MineAsync(CredentialRegistryContract.Anchor(controller.Institution, after))).Succeeded);
        Assert.NotEqual(0UL, (await LookUpAsync(controller.Institution, before, default)).AnchoredAt);
        Assert.Equal(0UL, (await LookUpAsync(controller.Institution, after, default)).AnchoredAt);
    }

    [Law]
    public async Task An_operator_adds_no_operator()
    {
        LedgerActor controller = await LedgerActor.CreateInstitutionAsync(world);
        LedgerActor clerk = await LedgerActor.CreateAsync(world);
        await controller.MineAsync(CredentialRegistryContract.AddOperator(controller.Institution, clerk.Account.Address));
        Assert.False((await clerk.MineAsync(CredentialRegistryContract.AddOperator(controller.Institution, world.Registry.Contract))).Succeeded);
    }

    [Law]
    public async Task A_revocation_gets_the_time_of_its_block_and_keeps_it()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        RegistryHandle handle = RegistryHandle.Create();
        Assert.True((await actor.MineAsync(CredentialRegistryContract.Revoke(actor.Institution, handle))).Succeeded);
        RegistryState revoked = await LookUpAsync(actor.Institution, default, handle);
        Assert.Equal(await HeadTimeAsync(), revoked.RevokedAt);
        await world.MineAsync(2);
        Assert.False((await actor.MineAsync(CredentialRegistryContract.Revoke(actor.Institution, handle))).Succeeded);
        Assert.Equal(revoked, await LookUpAsync(actor.Institution, default, handle));
    }

    [Law]
    public async Task A_stranger_revokes_nothing()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        LedgerActor stranger = await LedgerActor.CreateInstitutionAsync(world);
        RegistryHandle handle = RegistryHandle.Create();
        Assert.False((await stranger.MineAsync(CredentialRegistryContract.Revoke(actor.Institution, handle))).Succeeded);
        Assert.Equal(0UL, (await LookUpAsync(actor.Institution, default, handle)).RevokedAt);
    }

    [Law]
    public async Task The_zero_root_and_the_zero_handle_are_refused()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        Assert.False((await actor.MineAsync(CredentialRegistryContract.Anchor(actor.Institution, default))).Succeeded);
        Assert.False((await actor.MineAsync(CredentialRegistryContract.Revoke(actor.Institution, default))).Succeeded);
    }
}
