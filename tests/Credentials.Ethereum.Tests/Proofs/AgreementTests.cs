using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.TestKit;
using Credentials.TestKit.Ledger;
using Credentials.TestKit.Ledger.Proofs;

namespace Credentials.Ethereum.Proofs;

/// <summary>On which block nodes agree: apart, stuck, on other branches, without tags, or at a checkpoint.</summary>
public sealed class AgreementTests : IAsyncLifetime
{
    private readonly SettableClock _clock = new(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
    private readonly InMemoryLedger _ledger;
    private TrustedChain _chain = null!;

    public AgreementTests() => _ledger = new(4711, _clock);

    public async Task InitializeAsync()
    {
        _chain = await _ledger.DeployRegistryAsync();
        _ledger.Mine(60);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Nodes_a_block_apart_agree_on_the_older_one()
    {
        RegistryRecord record = await MustReadAsync(2, At("https://ahead.example"), At("https://behind.example", await HeadAsync() - 1));
        Assert.Equal(await TimeOfAsync(await HeadAsync() - 1), record.HeadTime);
        Assert.Empty(record.Remarks);
    }

    [Fact]
    public async Task With_three_nodes_the_second_newest_counts()
    {
        ulong head = await HeadAsync();
        RegistryRecord record = await MustReadAsync(2, At("https://a.example", head - 2), At("https://b.example", head - 1), At("https://c.example"));
        Assert.Equal(await TimeOfAsync(head - 1), record.HeadTime);
    }

    [Fact]
    public async Task A_node_far_behind_is_named_and_does_not_hold_back_the_others()
    {
        RegistryRecord record = await MustReadAsync(2, At("https://stuck.example", 5), At("https://b.example"), At("https://c.example"));
        Assert.Equal(await TimeOfAsync(await HeadAsync()), record.HeadTime);
        Assert.Contains(record.Remarks, static remark => remark.Contains("https://stuck.example", StringComparison.Ordinal) && remark.Contains("blocks behind", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_old_block_is_not_passed_for_the_newest_where_a_node_tells_better()
    {
        ulong stale = await HeadAsync();
        _clock.Set(_clock.GetUtcNow() + TimeSpan.FromHours(1));
        _ledger.Mine(40);
        RegistryReading reading = await ReadAsync(2, At("https://stuck.example", stale), At("https://b.example"));
        Assert.Null(reading.Record);
        Assert.Contains("https://stuck.example", reading.Problem!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_that_rests_is_read_as_it_rests()
    {
        _clock.Set(_clock.GetUtcNow() + TimeSpan.FromHours(1));
        RegistryRecord record = await MustReadAsync(2, At("https://a.example"), At("https://b.example"));
        Assert.Equal(await TimeOfAsync(await HeadAsync()), record.HeadTime);
    }

    [Fact]
    public async Task A_liar_that_tells_the_future_holds_back_nobody()
    {
        _clock.Set(_clock.GetUtcNow() + TimeSpan.FromHours(1));
        LyingLedger prophet = new(_ledger, "https://prophet.example") { Header = header => header with { Number = header.Number + 1_000_000, Time = header.Time.AddYears(1) } };
        RegistryRecord record = await MustReadAsync(2, prophet, At("https://a.example"), At("https://b.example"));
        Assert.Equal(await TimeOfAsync(await HeadAsync()), record.HeadTime);
    }

    [Fact]
    public async Task A_liar_that_tells_the_head_to_be_final_makes_nothing_final()
    {
        InMemoryWorld world = new();
        await world.InitializeAsync();
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        MerkleRoot root = new(actor.Institution.Value);
        await actor.MineAsync(CredentialRegistryContract.Anchor(actor.Institution, root));
        ulong head = (await world.Ledger.GetBlockAsync(BlockTag.Latest, default))!.Number;
        LyingLedger hasty = new(world.Ledger, "https://hasty.example") { StuckAt = head };
        LyingLedger[] honest = [new(world.Ledger, "https://a.example"), new(world.Ledger, "https://b.example")];
        RegistryReading reading = await new ProvenRegistryReader(world.Registry, [hasty, .. honest], 2).ReadAsync(new(actor.Institution, root, null), default);
        Assert.Equal(Finality.Included, reading.Record!.Anchor!.Finality);
        RegistryReading alone = await new ProvenRegistryReader(world.Registry, [hasty], 1).ReadAsync(new(actor.Institution, root, null), default);
        Assert.Equal(Finality.Finalized, alone.Record!.Anchor!.Finality);
    }

    [Fact]
    public async Task A_chain_without_tags_has_only_included_facts()
    {
        InMemoryWorld world = new();
        await world.InitializeAsync();
        ProofScene scene = await ProofScene.CreateAsync(world);
        ((InMemoryLedger)world.Ledger).HasTags = false;
        RegistryReading reading = await new ProvenRegistryReader(world.Registry, [world.Ledger], 1).ReadAsync(scene.Full, default);
        Assert.Equal((Finality.Included, Finality.Included), (reading.Record!.Anchor!.Finality, reading.Record.Revocation!.Finality));
    }

    [Fact]
    public async Task A_checkpoint_needs_no_second_voice_and_settles_everything_below_it()
    {
        InMemoryWorld world = new();
        await world.InitializeAsync();
        ProofScene scene = await ProofScene.CreateAsync(world);
        BlockHeader head = (await world.Ledger.GetBlockAsync(BlockTag.Latest, default))!;
        LedgerWorld gone = await world.CreateTwinAsync();
        await gone.UnplugAsync();
        ILedger[] nodes = [world.Ledger, new LyingLedger(gone.Ledger, "https://gone.example")];
        Assert.Null((await new ProvenRegistryReader(world.Registry, nodes, 2).ReadAsync(scene.Full, default)).Record);
        RegistryReading reading = await new ProvenRegistryReader(world.Registry, nodes, 2, [new(world.Registry.ChainId, head.Hash)]).ReadAsync(scene.Full, default);
        Assert.Equal(Finality.Finalized, reading.Record!.Revocation!.Finality);
        Assert.Null((await new ProvenRegistryReader(world.Registry, nodes, 2, [new(world.Registry.ChainId + 1, head.Hash)]).ReadAsync(scene.Full, default)).Record);
    }

    [Fact]
    public async Task A_block_that_is_reorganised_while_it_is_read_accuses_nobody()
    {
        bool moved = false;
        LyingLedger node = new(_ledger, "https://a.example")
        {
            Proof = async lie =>
            {
                if (!moved)
                {
                    moved = true;
                    _ledger.Reorganise(2);
                    return lie.Truth with { AccountProof = [] };
                }

                return await lie.Honest.GetProofAsync(lie.Contract, lie.Slots, lie.Tag, default);
            },
        };
        RegistryReading reading = await ReadAsync(1, node);
        Assert.All(reading.Record is { } record ? record.Remarks : [reading.Problem!.Detail], static told => Assert.DoesNotContain("state proof", told, StringComparison.Ordinal));
    }

    private static async Task<RegistryRecord> Must(Task<RegistryReading> reading) => (await reading) is { Record: { } record } ? record : throw new InvalidOperationException((await reading).Problem!.Detail);

    private Task<RegistryRecord> MustReadAsync(int quorum, params ILedger[] nodes) => Must(ReadAsync(quorum, nodes));

    private Task<RegistryReading> ReadAsync(int quorum, params ILedger[] nodes) => new ProvenRegistryReader(_chain, nodes, quorum, null, _clock).ReadAsync(new(default, null, null), default);

    private LyingLedger At(string node, ulong? stuck = null) => new(_ledger, node) { StuckAt = stuck };

    private async Task<ulong> HeadAsync() => (await _ledger.GetBlockAsync(BlockTag.Latest, default))!.Number;

    private async Task<DateTimeOffset> TimeOfAsync(ulong number) => (await _ledger.GetBlockAsync(BlockTag.Number(number), default))!.Time;
}
