using System.Security.Cryptography;
using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.Ethereum.Transactions;
using Credentials.TestKit;
using Credentials.TestKit.Ledger;
using Credentials.TestKit.Ledger.Proofs;
using FsCheck.Fluent;

namespace Credentials.Ethereum.Proofs;

/// <summary>Nodes that lie, one way each: alone they prove nothing and are named; among enough honest ones they are only mentioned.</summary>
public sealed class LyingNodeTests(LyingNodeTests.Stage stage) : IClassFixture<LyingNodeTests.Stage>
{
    private const string Liar = "https://liar.example";

    public static TheoryData<string> ProofLies => [.. TestKit.Ledger.Proofs.ProofLies.All.Keys];

    public static TheoryData<string, string> HeaderLies => new()
    {
        { "another state root", ProblemCode.LedgerUnavailable },
        { "another time", ProblemCode.LedgerUnavailable },
        { "a hash that is not the header's", ProblemCode.LedgerProofError },
        { "fields that nobody knows", ProblemCode.HeaderUnsupported },
        { "another chain id", ProblemCode.LedgerMismatch },
        { "another genesis", ProblemCode.LedgerMismatch },
    };

    [Theory]
    [MemberData(nameof(ProofLies))]
    public async Task A_lone_node_is_not_believed_that_sends(string lie) => AssertNamed(await ReadAsync(1, ProofLiar(lie)), ProblemCode.LedgerProofError);

    [Theory]
    [MemberData(nameof(ProofLies))]
    public async Task Nodes_that_all_lie_are_not_believed_that_send(string lie) =>
        AssertNamed(await ReadAsync(2, ProofLiar(lie), ProofLiar(lie, "https://accomplice.example")), ProblemCode.LedgerProofError, "https://accomplice.example");

    [Theory]
    [MemberData(nameof(ProofLies))]
    public async Task Honest_nodes_outvote_one_that_sends(string lie) => await AssertTruthAsync(await ReadAsync(2, ProofLiar(lie), Honest(1), Honest(2)));

    [Theory]
    [MemberData(nameof(HeaderLies))]
    public async Task Two_nodes_do_not_agree_where_one_tells(string lie, string code) => AssertNamed(await ReadAsync(2, Honest(1), HeaderLiar(lie)), code);

    [Theory]
    [MemberData(nameof(HeaderLies))]
    public async Task Honest_nodes_outvote_one_that_tells(string lie, string code)
    {
        Assert.NotNull(code);
        await AssertTruthAsync(await ReadAsync(2, HeaderLiar(lie), Honest(1), Honest(2)));
    }

    [Fact]
    public async Task A_fake_chain_that_is_sound_in_itself_is_not_believed()
    {
        LedgerWorld twin = await stage.CreateTwinAsync();
        ProofScene scene = await ProofScene.CreateAsync(twin);
        ChainMarks marks = await stage.Ledger.GetMarksAsync(null, default);
        LyingLedger fake = new(twin.Ledger, Liar) { Marks = _ => marks };
        RegistryReading reading = await new ProvenRegistryReader(stage.Registry, [Honest(1), fake], 2).ReadAsync(scene.Good, default);
        AssertNamed(reading, ProblemCode.LedgerUnavailable);
    }

    [Fact]
    public async Task A_node_that_is_down_is_mentioned_and_another_serves()
    {
        LedgerWorld twin = await stage.CreateTwinAsync();
        await twin.UnplugAsync();
        await AssertTruthAsync(await ReadAsync(2, new LyingLedger(twin.Ledger, Liar), Honest(1), Honest(2)));
        AssertNamed(await ReadAsync(2, new LyingLedger(twin.Ledger, Liar), Honest(1)), ProblemCode.LedgerUnavailable);
    }

    [Fact]
    public async Task A_node_that_has_pruned_the_state_is_mentioned_and_another_serves() =>
        await AssertTruthAsync(await ReadAsync(2, new LyingLedger(stage.Ledger, Liar) { Proof = static _ => throw new LedgerUnavailableException("missing trie node") }, Honest(1)));

    [Fact]
    public async Task Nodes_that_cannot_prove_are_unavailable_and_no_liars()
    {
        static Task<StateProof> Refuse(ProofLie lie) => throw new LedgerUnavailableException("the method eth_getProof does not exist");
        AssertNamed(await ReadAsync(1, new LyingLedger(stage.Ledger, Liar) { Proof = Refuse }), ProblemCode.LedgerUnavailable);
    }

    [Fact]
    public async Task A_lie_of_any_byte_changes_no_fact()
    {
        string truth = ProofScene.Facts((await ReadAsync(1, Honest(1))).Record!);
        Randomised.ForAll(
            ArbMap.Default.GeneratorFor<(int Where, int Which, byte Mask)>().Where(static flip => flip.Mask != 0),
            flip => ReadAsync(1, new LyingLedger(stage.Ledger, Liar) { Proof = lie => Task.FromResult(Flip(lie.Truth, flip)) }).GetAwaiter().GetResult() is { Record: null },
            slice: 200,
            full: 20_000);
        Assert.Equal(truth, ProofScene.Facts((await ReadAsync(1, Honest(1))).Record!));
    }

    [Fact]
    public void A_node_votes_once()
    {
        Assert.Throws<ArgumentException>(() => new ProvenRegistryReader(stage.Registry, [Honest(1), Honest(1)], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProvenRegistryReader(stage.Registry, [Honest(1)], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProvenRegistryReader(stage.Registry, [Honest(1)], 0));
    }

    [Fact]
    public async Task Only_cancellation_throws() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ProvenRegistryReader(stage.Registry, [Honest(1)], 1).ReadAsync(stage.Scene.Good, new CancellationToken(canceled: true)));

    private static StateProof Flip(StateProof proof, (int Where, int Which, byte Mask) flip)
    {
        byte[][][] all = [.. proof.StorageProofs.Select(static single => single.Nodes).Prepend(proof.AccountProof).Select(static nodes => nodes.Select(static node => node.ToArray()).ToArray())];
        byte[][] chosen = all.Where(static nodes => nodes.Length > 0).ElementAt((int)((uint)flip.Where % (uint)all.Count(static nodes => nodes.Length > 0)));
        byte[] node = chosen[(uint)flip.Which % chosen.Length];
        node[(uint)(flip.Where ^ flip.Which) % node.Length] ^= flip.Mask;
        ReadOnlyMemory<byte>[] Nodes(int index) => [.. all[index].Select(static bytes => (ReadOnlyMemory<byte>)bytes)];
        return new(Nodes(0), [.. proof.StorageProofs.Select((single, index) => single with { Nodes = Nodes(index + 1) })]);
    }

    private static void AssertNamed(RegistryReading reading, string code, string named = Liar)
    {
        Assert.Null(reading.Record);
        Assert.Equal(code, reading.Problem!.Code);
        Assert.Contains(named, reading.Problem.Detail, StringComparison.Ordinal);
    }

    private async Task AssertTruthAsync(RegistryReading reading)
    {
        RegistryReading truth = await new TrustedRegistryReader(stage.Registry, stage.Ledger).ReadAsync(stage.Query, default);
        Assert.Equal(ProofScene.Facts(truth.Record!), ProofScene.Facts(reading.Record!));
        Assert.Contains(reading.Record!.Remarks, static remark => remark.Contains(Liar, StringComparison.Ordinal));
    }

    private Task<RegistryReading> ReadAsync(int quorum, params ILedger[] nodes) => new ProvenRegistryReader(stage.Registry, nodes, quorum).ReadAsync(stage.Query, default);

    private LyingLedger Honest(int number) => new(stage.Ledger, $"https://node-{number}.example");

    private LyingLedger ProofLiar(string lie, string node = Liar) => new(stage.Ledger, node) { Proof = TestKit.Ledger.Proofs.ProofLies.All[lie] };

    private LyingLedger HeaderLiar(string lie) => lie switch
    {
        "another state root" => new(stage.Ledger, Liar) { Header = static header => Change(header, HeaderField.StateRoot, Rlp.Bytes(RandomNumberGenerator.GetBytes(32))) },
        "another time" => new(stage.Ledger, Liar) { Header = static header => Change(header, HeaderField.Timestamp, Rlp.Integer(header.Time.ToUnixTimeSeconds() + 1)) },
        "a hash that is not the header's" => new(stage.Ledger, Liar) { Header = static _ => new Problem(ProblemCode.LedgerProofError, "tells the hash of another block") },
        "fields that nobody knows" => new(stage.Ledger, Liar) { Header = static _ => new Problem(ProblemCode.HeaderUnsupported, "has fields that are not known here") },
        "another chain id" => new(stage.Ledger, Liar) { Marks = static marks => marks with { ChainId = marks.ChainId + 1 } },
        "another genesis" => new(stage.Ledger, Liar) { Marks = static marks => marks with { GenesisHash = Bytes32.From(RandomNumberGenerator.GetBytes(32)) } },
        _ => throw new ArgumentOutOfRangeException(nameof(lie)),
    };

    private static EncodedHeader Change(EncodedHeader header, int field, byte[] value) =>
        EncodedHeader.Read(Rlp.List([.. RlpItem.Decode(header.Rlp)!.Items!.Select((item, index) => index == field ? value : item.Encoded.ToArray())])).Require();

    /// <summary>One chain and one scene for all.</summary>
    public sealed class Stage : IAsyncLifetime
    {
        private readonly InMemoryWorld _world = new();

        public ILedger Ledger => _world.Ledger;

        public TrustedChain Registry => _world.Registry;

        public ProofScene Scene { get; private set; } = null!;

        public RegistryQuery Query { get; private set; } = null!;

        public Task<LedgerWorld> CreateTwinAsync() => _world.CreateTwinAsync();

        public async Task InitializeAsync()
        {
            await _world.InitializeAsync();
            Scene = await ProofScene.CreateAsync(_world);
            Query = Scene.Good;
        }

        public Task DisposeAsync() => _world.DisposeAsync();
    }
}
