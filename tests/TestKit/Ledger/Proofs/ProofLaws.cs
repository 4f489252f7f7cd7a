using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Proofs;
using Credentials.Ethereum.Registry;
using Credentials.Evidence;
using Xunit;

namespace Credentials.TestKit.Ledger.Proofs;

/// <summary>The law-book of proven reads: what a chain and its client owe the verifier, and that no lie is believed. <c>class X(World world) : ProofLaws(world), IClassFixture&lt;World&gt;</c>.</summary>
public abstract class ProofLaws(LedgerWorld world)
{
    [Law]
    public async Task A_header_hashes_to_what_the_node_says()
    {
        await world.MineAsync(2);
        foreach (BlockTag tag in new[] { BlockTag.Latest, BlockTag.Safe, BlockTag.Finalized, BlockTag.Number(2) })
        {
            EncodedHeader header = (await world.Ledger.GetHeaderAsync(tag, default))!.Value.Require();
            Assert.Equal(await world.Ledger.GetBlockAsync(tag, default), header.ToBlock());
            Assert.Equal(header.Hash, EncodedHeader.Read(header.Rlp).Require().Hash);
        }
    }

    [Law]
    public async Task A_header_names_its_parent()
    {
        await world.MineAsync(2);
        EncodedHeader head = (await world.Ledger.GetHeaderAsync(BlockTag.Latest, default))!.Value.Require();
        EncodedHeader parent = (await world.Ledger.GetHeaderAsync(BlockTag.Number(head.Number - 1), default))!.Value.Require();
        Assert.Equal(parent.Hash, head.ParentHash);
    }

    [Law]
    public async Task A_block_that_is_not_there_has_no_header() => Assert.Null(await world.Ledger.GetHeaderAsync(BlockTag.Number(1_000_000), default));

    [Law]
    public async Task What_is_proven_is_what_the_contract_says()
    {
        ProofScene scene = await ProofScene.CreateAsync(world);
        ProvenRegistryReader proven = new(world.Registry, [world.Ledger], 1);
        TrustedRegistryReader trusted = new(world.Registry, world.Ledger);
        Assert.Equal(world.Registry.Registry, proven.Registry);
        foreach ((string about, RegistryQuery query) in scene.Questions)
        {
            RegistryReading reading = await proven.ReadAsync(query, default);
            Assert.True(reading.Record is not null, $"{about}: {reading.Problem?.Detail}");
            Assert.Equal(RegistryAssurance.Proven, reading.Record.Assurance);
            Assert.Equal($"{about} {ProofScene.Facts((await trusted.ReadAsync(query, default)).Record!)}", $"{about} {ProofScene.Facts(reading.Record)}");
        }
    }

    [Law]
    public async Task A_fact_is_as_settled_as_the_tags_show_it()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        MerkleRoot root = new(actor.Institution.Value);
        await actor.MineAsync(CredentialRegistryContract.Anchor(actor.Institution, root));
        ProvenRegistryReader proven = new(world.Registry, [world.Ledger], 1);
        RegistryQuery query = new(actor.Institution, root, null);
        List<Finality> seen = [];
        for (int block = 0; block < 4; block++)
        {
            seen.Add((await proven.ReadAsync(query, default)).Record!.Anchor!.Finality);
            await world.MineAsync();
        }

        Assert.Equal((Finality.Included, Finality.Finalized), (seen[0], seen[^1]));
        Assert.Equal(seen.Order(), seen);
    }

    [Law]
    public async Task Evidence_says_offline_what_the_contract_said()
    {
        ProofScene scene = await ProofScene.CreateAsync(world);
        ChainEvidence evidence = (await new EvidenceCollector(world.Registry, world.Ledger).CollectAsync([.. scene.Questions.Values], default)).Require();
        RegistryEvidenceReader reader = new(world.Registry);
        EvidenceHeader header = reader.ReadHeader(evidence.Header).Require();
        Assert.Equal((await world.Ledger.GetBlockAsync(BlockTag.Finalized, default))!.Hash, header.Hash);
        TrustedRegistryReader trusted = new(world.Registry, world.Ledger);
        foreach ((string about, RegistryQuery query) in scene.Questions)
        {
            RegistryReading reading = reader.Read(evidence, query);
            Assert.True(reading.Record is not null, $"{about}: {reading.Problem?.Detail}");
            RegistryRecord expected = (await trusted.ReadAsync(query, default)).Record! with { HeadTime = header.Time };
            Assert.Equal((RegistryAssurance.Bundle, ProofScene.Facts(expected)), (reading.Record.Assurance, ProofScene.Facts(reading.Record)));
        }
    }

    [Law]
    public async Task No_lie_of_a_node_alone_is_believed_and_the_node_is_named()
    {
        ProofScene scene = await ProofScene.CreateAsync(world);
        foreach ((string what, Func<ProofLie, Task<StateProof>> lie) in ProofLies.All)
        {
            LyingLedger liar = new(world.Ledger, "https://liar.example") { Proof = lie };
            RegistryReading reading = await new ProvenRegistryReader(world.Registry, [liar], 1).ReadAsync(scene.Good, default);
            Assert.True(reading.Record is null, $"believed: {what}");
            Assert.Equal((what, ProblemCode.LedgerProofError), (what, reading.Problem!.Code));
            Assert.Contains("https://liar.example", reading.Problem.Detail, StringComparison.Ordinal);
        }
    }

    [Law]
    public async Task Another_contract_than_the_trusted_one_is_proven_to_be_another()
    {
        await world.MineAsync();
        TrustedChain other = world.Registry with { CodeHash = new MerkleRoot().Value };
        Assert.Equal(ProblemCode.LedgerMismatch, (await new ProvenRegistryReader(other, [world.Ledger], 1).ReadAsync(new(default, null, null), default)).Problem!.Code);
        TrustedChain nowhere = world.Registry with { Contract = EthereumAddress.From(Enumerable.Repeat((byte)0x77, 20).ToArray()) };
        Assert.Equal(ProblemCode.LedgerMismatch, (await new ProvenRegistryReader(nowhere, [world.Ledger], 1).ReadAsync(new(default, null, null), default)).Problem!.Code);
    }
}
