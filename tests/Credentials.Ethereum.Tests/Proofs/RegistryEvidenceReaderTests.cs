using System.Security.Cryptography;
using Credentials.Anchoring;
using Credentials.Ethereum.Transactions;
using Credentials.Evidence;
using Credentials.TestKit;
using Credentials.TestKit.Ledger;
using Credentials.TestKit.Ledger.Proofs;
using FsCheck.Fluent;

namespace Credentials.Ethereum.Proofs;

/// <summary>Evidence in a file: whatever is altered, left out or put in its place proves nothing.</summary>
public sealed class RegistryEvidenceReaderTests(LyingNodeTests.Stage stage) : IClassFixture<LyingNodeTests.Stage>
{
    public static TheoryData<string, string> Refusals => new()
    {
        { "another chain id", ProblemCode.LedgerMismatch },
        { "another contract's address", ProblemCode.LedgerMismatch },
        { "another genesis", ProblemCode.LedgerMismatch },
        { "no header", ProblemCode.LedgerProofError },
        { "a header cut short", ProblemCode.LedgerProofError },
        { "a header of a fork to come", ProblemCode.HeaderUnsupported },
        { "the header of another block", ProblemCode.LedgerProofError },
        { "no account proof", ProblemCode.LedgerProofError },
        { "a truncated account proof", ProblemCode.LedgerProofError },
        { "the anchor's proof left out", ProblemCode.LedgerProofError },
        { "no storage proofs", ProblemCode.LedgerProofError },
        { "the anchor's proof empty", ProblemCode.LedgerProofError },
        { "a slot under another name", ProblemCode.LedgerProofError },
        { "a slot twice", ProblemCode.LedgerProofError },
        { "another chain's proofs", ProblemCode.LedgerProofError },
    };

    private RegistryEvidenceReader Reader => new(stage.Registry);

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refuses_evidence_with(string what, string code)
    {
        ChainEvidence evidence = await CollectAsync(stage.Query);
        Assert.NotNull(Reader.Read(evidence, stage.Query).Record);
        RegistryReading reading = Reader.Read(await SpoilAsync(what, evidence), stage.Query);
        Assert.Null(reading.Record);
        Assert.Equal(code, reading.Problem!.Code);
    }

    [Fact]
    public async Task Refuses_evidence_of_a_contract_with_other_code()
    {
        ChainEvidence evidence = await CollectAsync(stage.Query);
        RegistryReading reading = new RegistryEvidenceReader(stage.Registry with { CodeHash = stage.Scene.Root.Value }).Read(evidence, stage.Query);
        Assert.Equal(ProblemCode.LedgerMismatch, reading.Problem!.Code);
    }

    [Fact]
    public async Task Answers_nothing_that_the_evidence_is_not_about()
    {
        ChainEvidence little = await CollectAsync(new RegistryQuery(stage.Scene.Institution, null, null));
        Assert.NotNull(Reader.Read(little, new(stage.Scene.Institution, null, null)).Record);
        Assert.All(
            [stage.Query, new(stage.Scene.Accreditor, null, null), new(stage.Scene.Institution, stage.Scene.Root, null), new(stage.Scene.Institution, null, RegistryHandle.Create())],
            query => Assert.Contains("leaves out the slot", Reader.Read(little, query).Problem!.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Holds_only_the_slots_that_a_key_fills()
    {
        Assert.Equal(13, (await CollectAsync(stage.Scene.Full)).StorageProofs.Count);
        Assert.Equal(7, (await CollectAsync(stage.Scene.Questions["a distrusted root, and a key in one slot"])).StorageProofs.Count);
    }

    [Fact]
    public async Task A_flipped_bit_anywhere_proves_nothing_or_is_another_header()
    {
        ChainEvidence evidence = await CollectAsync(stage.Query);
        string truth = ProofScene.Facts(Reader.Read(evidence, stage.Query).Record! with { HeadTime = default });
        Bytes32 hash = Reader.ReadHeader(evidence.Header).Require().Hash;
        Randomised.ForAll(
            ArbMap.Default.GeneratorFor<(int Where, int Which, int Bit)>(),
            flip =>
            {
                ChainEvidence altered = Flip(evidence, flip);
                RegistryReading reading = Reader.Read(altered, stage.Query);
                Parsed<EvidenceHeader> header = Reader.ReadHeader(altered.Header);
                return reading.Record is null
                    || (!header.Require().Hash.Equals(hash) && ProofScene.Facts(reading.Record with { HeadTime = default }) == truth);
            },
            slice: 400,
            full: 50_000);
    }

    [Fact]
    public void Random_bytes_are_no_header() => Randomised.ForAll(
        ArbMap.Default.GeneratorFor<byte[]>(),
        bytes => !Reader.ReadHeader(bytes).Ok,
        slice: 300,
        full: 50_000);

    [Fact]
    public async Task A_node_whose_proofs_do_not_hold_gives_no_evidence_and_is_named()
    {
        foreach ((string what, Func<ProofLie, Task<StateProof>> lie) in ProofLies.All)
        {
            Parsed<ChainEvidence> evidence = await new EvidenceCollector(stage.Registry, new LyingLedger(stage.Ledger, "https://liar.example") { Proof = lie }).CollectAsync([stage.Query], default);
            Assert.Equal((what, ProblemCode.LedgerProofError), (what, evidence.Problem!.Code));
        }
    }

    [Fact]
    public async Task A_node_of_another_chain_or_without_tags_gives_no_evidence()
    {
        EvidenceCollector elsewhere = new(stage.Registry with { GenesisHash = stage.Scene.Root.Value }, stage.Ledger);
        Assert.Equal(ProblemCode.LedgerMismatch, (await elsewhere.CollectAsync([stage.Query], default)).Problem!.Code);
        InMemoryWorld world = new();
        await world.InitializeAsync();
        ((InMemoryLedger)world.Ledger).HasTags = false;
        Assert.Equal(ProblemCode.LedgerUnavailable, (await new EvidenceCollector(world.Registry, world.Ledger).CollectAsync([stage.Query], default)).Problem!.Code);
        await world.UnplugAsync();
        Assert.Equal(ProblemCode.LedgerUnavailable, (await new EvidenceCollector(world.Registry, world.Ledger).CollectAsync([stage.Query], default)).Problem!.Code);
    }

    private static ChainEvidence Flip(ChainEvidence evidence, (int Where, int Which, int Bit) flip)
    {
        List<byte[]> parts = [evidence.Header.ToArray(), .. evidence.AccountProof.Select(static node => node.ToArray()), .. evidence.StorageProofs.SelectMany(static proof => proof.Nodes).Select(static node => node.ToArray())];
        byte[] part = parts[(int)((uint)flip.Where % (uint)parts.Count)];
        part[(uint)flip.Which % part.Length] ^= (byte)(1 << (flip.Bit & 7));
        Queue<byte[]> rest = new(parts);
        ReadOnlyMemory<byte>[] Take(int count) => [.. Enumerable.Range(0, count).Select(_ => (ReadOnlyMemory<byte>)rest.Dequeue())];
        return evidence with { Header = rest.Dequeue(), AccountProof = Take(evidence.AccountProof.Count), StorageProofs = [.. evidence.StorageProofs.Select(proof => proof with { Nodes = Take(proof.Nodes.Count) })] };
    }

    private async Task<ChainEvidence> CollectAsync(RegistryQuery query) => (await new EvidenceCollector(stage.Registry, stage.Ledger).CollectAsync([query], default)).Require();

    private async Task<ChainEvidence> SpoilAsync(string what, ChainEvidence evidence)
    {
        Bytes32 anchor = RegistryStorage.Anchor(stage.Scene.Institution, stage.Scene.Root);
        StorageProof[] Others() => [.. evidence.StorageProofs.Where(proof => !proof.Slot.Equals(anchor))];
        switch (what)
        {
            case "another chain id": return evidence with { Registry = evidence.Registry with { ChainId = evidence.Registry.ChainId + 1 } };
            case "another contract's address": return evidence with { Registry = evidence.Registry with { Contract = "0x" + new string('7', 40) } };
            case "another genesis": return evidence with { GenesisHash = anchor };
            case "no header": return evidence with { Header = default };
            case "a header cut short": return evidence with { Header = evidence.Header[..^1] };
            case "a header of a fork to come": return evidence with { Header = Rlp.List([.. RlpItem.Decode(evidence.Header)!.Items!.Select(static item => item.Encoded.ToArray()), Rlp.Bytes(RandomNumberGenerator.GetBytes(32))]) };
            case "the header of another block": return evidence with { Header = (await stage.Ledger.GetHeaderAsync(BlockTag.Number(4), default))!.Value.Require().Rlp };
            case "no account proof": return evidence with { AccountProof = [] };
            case "a truncated account proof": return evidence with { AccountProof = [.. evidence.AccountProof.SkipLast(1)] };
            case "the anchor's proof left out": return evidence with { StorageProofs = Others() };
            case "no storage proofs": return evidence with { StorageProofs = [] };
            case "the anchor's proof empty": return evidence with { StorageProofs = [.. Others(), new(anchor, [])] };
            case "a slot under another name": return evidence with { StorageProofs = [.. Others(), new(anchor, evidence.StorageProofs[0].Nodes.Take(1).ToArray())] };
            case "a slot twice": return evidence with { StorageProofs = [.. evidence.StorageProofs, evidence.StorageProofs[0]] };
            default:
                LedgerWorld twin = await stage.CreateTwinAsync();
                await ProofScene.CreateAsync(twin);
                Bytes32[] slots = [.. evidence.StorageProofs.Select(static proof => proof.Slot)];
                StateProof proof = await twin.Ledger.GetProofAsync(twin.Registry.Contract, slots, BlockTag.Latest, default);
                return evidence with { AccountProof = proof.AccountProof, StorageProofs = proof.StorageProofs };
        }
    }
}
