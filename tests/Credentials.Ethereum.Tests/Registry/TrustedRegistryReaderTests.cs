using Credentials.Anchoring;

namespace Credentials.Ethereum.Registry;

/// <summary>What a reader makes of answers that a real node gives seldom: in the middle of a reorganisation, behind a load balancer, or from a bad contract.</summary>
public sealed class TrustedRegistryReaderTests
{
    private static readonly EthereumAddress Controller = EthereumAddress.From(Enumerable.Repeat((byte)0x33, 20).ToArray());
    private static readonly TrustedChain Trusted = new(1, Hash(1), EthereumAddress.From(Enumerable.Repeat((byte)0x44, 20).ToArray()), Hash(2));
    private static readonly RegistryQuery Query = new(default, MerkleRoot.From(Hash(3).ToArray()), RegistryHandle.Create());
    private static readonly RegistryState Created = new(Controller, 0, 0, 0);
    private static readonly RegistryState Anchored = Created with { AnchoredAt = 1_050, AnchoredBlock = 50 };
    private static readonly RegistryState Revoked = Anchored with { RevokedAt = 1_060 };

    private static readonly RegistryState Known = Anchored with
    {
        Key = new(new byte[] { 1, 2, 3 }, 1_050, 0, KeyRevocationReason.None),
        CurrentIdentity = new(Hash(5)),
        Identity = new(1_050, 0),
        Succession = new(new(Hash(6)), 1_050),
        Path = [new(new(1_050, 2_000, 0, AccreditationScope.EqfLevel7), new(1_050, 0))],
    };

    private static readonly RegistryState Ended = Known with
    {
        DistrustedAt = 1_070,
        Key = Known.Key! with { RevokedAt = 1_070, Reason = KeyRevocationReason.Compromised },
        Identity = new(1_050, 1_070),
        Path = [new(Known.Path[0].Accreditation with { RevokedAt = 1_070 }, new(1_050, 1_070))],
    };

    public static TheoryData<string> Contradictions => [.. Cases.Keys];

    // Blocks have the numbers 100, 90 and 80 and the times 1100, 1090 and 1080 unless said otherwise.
    private static Dictionary<string, RegistryView> Cases { get; } = new(StringComparer.Ordinal)
    {
        ["an anchor that only older blocks show"] = View(Created, Anchored, Anchored),
        ["an anchor that only the finalized block shows"] = View(Created, Created, Anchored),
        ["an anchor missing in the middle"] = View(Anchored, Created, Anchored),
        ["an anchor of another time in the safe block"] = View(Anchored, Anchored with { AnchoredAt = 1_049 }, Created),
        ["an anchor of another block in the finalized block"] = View(Anchored, Anchored, Anchored with { AnchoredBlock = 49 }),
        ["a revocation that only the safe block shows"] = View(Anchored, Revoked, Anchored),
        ["a revocation of another time"] = View(Revoked, Revoked with { RevokedAt = 1_061 }, Anchored),
        ["an institution that vanished"] = View(RegistryState.Nothing, Created, Created),
        ["an anchor later than the head"] = View(Anchored with { AnchoredAt = 1_101 }, Created, Created),
        ["a revocation later than the head"] = View(Revoked with { RevokedAt = ulong.MaxValue }, Anchored, Anchored),
        ["an anchor later than the finalized block that shows it"] = View(Anchored with { AnchoredAt = 1_085 }, Anchored with { AnchoredAt = 1_085 }, Anchored with { AnchoredAt = 1_085 }),
        ["a safe block above the head"] = View(Anchored, Anchored, Anchored) with { Safe = Snapshot(101, Anchored) },
        ["a finalized block above the safe one"] = View(Anchored, Anchored, Anchored) with { Finalized = Snapshot(95, Anchored) },
        ["a finalized block above the head of a chain without safe"] = View(Anchored, Anchored, Anchored) with { Safe = null, Finalized = Snapshot(101, Anchored) },
        ["an anchor of nobody"] = View(RegistryState.Nothing with { AnchoredAt = 1_050, AnchoredBlock = 50 }, RegistryState.Nothing, RegistryState.Nothing),
        ["a revocation of nobody"] = View(RegistryState.Nothing with { RevokedAt = 1_050 }, RegistryState.Nothing, RegistryState.Nothing),
        ["a key that vanished"] = View(Known with { Key = null }, Known, Known),
        ["a key of other bytes"] = View(Known with { Key = Known.Key! with { Multikey = new byte[] { 1, 2, 4 } } }, Known, Known),
        ["a key of another beginning"] = View(Known with { Key = Known.Key! with { ValidFrom = 1_051 } }, Known, Known),
        ["a key that is revoked no more"] = View(Known, Ended, Known),
        ["a key revoked at another time"] = View(Ended with { Key = Ended.Key! with { RevokedAt = 1_071 } }, Ended, Known),
        ["a key revoked for another reason"] = View(Ended with { Key = Ended.Key! with { Reason = KeyRevocationReason.Retired } }, Ended, Known),
        ["a key revoked for no reason"] = View(Known with { Key = Known.Key! with { RevokedAt = 1_070 } }, Known, Known),
        ["a reason without a revocation"] = View(Known with { Key = Known.Key! with { Reason = KeyRevocationReason.Retired } }, Known, Known),
        ["a key revoked after the head"] = View(Ended with { Key = Ended.Key! with { RevokedAt = 1_101 } }, Known, Known),
        ["a root that is distrusted no more"] = View(Known, Known, Known with { DistrustedAt = 1_070 }),
        ["a root distrusted before it was anchored"] = View(Known with { DistrustedAt = 1_049 }, Known, Known),
        ["a distrusted root that nobody anchored"] = View(Created with { DistrustedAt = 1_049 }, Created, Created),
        ["an identity that goes on after its end"] = View(Known, Known, Known with { Identity = new(1_050, 1_070) }),
        ["an identity that ends before it begins"] = View(Known with { Identity = new(1_050, 1_049) }, Created, Created),
        ["an institution that is nobody again"] = View(Known with { CurrentIdentity = default, Identity = default }, Known with { Identity = default }, Known with { Identity = default }),
        ["another successor"] = View(Known with { Succession = new(new(Hash(7)), 1_050) }, Known, Known),
        ["a succession that was undone"] = View(Known with { Succession = default }, Known, Known),
        ["an accreditation that stands again"] = View(Known, Ended with { DistrustedAt = 0, Key = Known.Key, Identity = Known.Identity }, Known),
        ["an accreditation of another scope"] = View(Known with { Path = [new(Known.Path[0].Accreditation with { Scope = AccreditationScope.EqfLevel8 }, Known.Path[0].Identity)] }, Known, Known),
        ["an accreditation of another end"] = View(Known with { Path = [new(Known.Path[0].Accreditation with { Until = 2_001 }, Known.Path[0].Identity)] }, Known, Known),
        ["an accreditation for nothing"] = View(Known with { Path = [new(Known.Path[0].Accreditation with { Scope = AccreditationScope.None }, Known.Path[0].Identity)] }, Created, Created),
        ["an accreditation revoked after the head"] = View(Known with { Path = [new(Known.Path[0].Accreditation with { RevokedAt = 1_101 }, Known.Path[0].Identity)] }, Created, Created),
        ["a key of an institution that does not exist"] = View(RegistryState.Nothing with { Key = Known.Key }, RegistryState.Nothing, RegistryState.Nothing),
        ["a contract that answers otherwise at the head"] = View(null, Anchored, Anchored),
        ["a contract that answers otherwise at the finalized block"] = View(Anchored, Anchored, null),
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public async Task Answers_that_contradict_each_other_are_no_answer(string contradiction)
    {
        ScriptedViews ledger = new(Cases[contradiction]);
        RegistryReading reading = await new TrustedRegistryReader(Trusted, ledger).ReadAsync(Query, default);
        Assert.Null(reading.Record);
        Assert.Equal(ProblemCode.LedgerUnavailable, reading.Problem!.Code);
        Assert.Equal(3, ledger.Asked);
    }

    [Theory]
    [MemberData(nameof(Contradictions))]
    public async Task A_contradiction_that_passes_is_asked_again(string contradiction)
    {
        ScriptedViews ledger = new(Cases[contradiction], View(Revoked, Anchored, Anchored));
        RegistryReading reading = await new TrustedRegistryReader(Trusted, ledger).ReadAsync(Query, default);
        Assert.Equal((Finality.Finalized, Finality.Included), (reading.Record!.Anchor!.Finality, reading.Record.Revocation!.Finality));
    }

    [Fact]
    public async Task The_facts_have_the_contracts_times_and_the_strongest_tag_that_shows_them()
    {
        RegistryReading reading = await new TrustedRegistryReader(Trusted, new ScriptedViews(View(Revoked, Revoked, Anchored))).ReadAsync(Query, default);
        Assert.Equal(
            new(true, new(At(1_050), 50, Finality.Finalized), new(At(1_060), null, Finality.Safe), At(1_100)),
            reading.Record);
    }

    [Fact]
    public async Task What_ends_and_what_is_added_is_no_contradiction_and_all_of_it_is_told()
    {
        RegistryReading reading = await new TrustedRegistryReader(Trusted, new ScriptedViews(View(Ended, Known, Created))).ReadAsync(Query, default);
        RegistryRecord record = reading.Record!;
        Assert.Equal((At(1_070), At(1_070), KeyRevocationReason.Compromised), (record.Distrusted, record.Key!.RevokedAt, record.Key.Reason));
        Assert.Equal((Known.CurrentIdentity, new Period(At(1_050), At(1_070)), new SuccessionFact(new(Hash(6)), At(1_050))), (record.CurrentIdentity, record.Identity, record.Succession));
        Assert.Equal(new(new(At(1_050), At(2_000), At(1_070), AccreditationScope.EqfLevel7), new(At(1_050), At(1_070))), Assert.Single(record.Path));
    }

    [Fact]
    public async Task Dates_beyond_all_calendars_lie_in_the_last_second_of_the_year_9999()
    {
        RegistryState far = Known with
        {
            Key = Known.Key! with { ValidFrom = ulong.MaxValue },
            Path = [new(new(1_050, ulong.MaxValue, 0, AccreditationScope.EqfLevel7), default)],
        };
        RegistryReading reading = await new TrustedRegistryReader(Trusted, new ScriptedViews(View(far, far, far))).ReadAsync(Query, default);
        Assert.False(reading.Record!.Key!.IsGoodAt(At(1_100)));
        Assert.True(reading.Record.Path[0].Accreditation!.StoodAt(At(1_100)));
    }

    [Fact]
    public async Task A_path_that_is_too_long_is_misuse() => await Assert.ThrowsAsync<ArgumentException>(() =>
        new TrustedRegistryReader(Trusted, new ScriptedViews()).ReadAsync(Query with { Path = [.. Enumerable.Range(0, 5).Select(serial => new AccreditationLink(default, default, default, (ulong)serial))] }, default));

    [Fact]
    public async Task A_chain_without_tags_has_only_included_facts()
    {
        RegistryView view = View(Revoked, Revoked, Anchored) with { Safe = null, Finalized = null };
        RegistryReading reading = await new TrustedRegistryReader(Trusted, new ScriptedViews(view)).ReadAsync(Query, default);
        Assert.Equal((Finality.Included, Finality.Included), (reading.Record!.Anchor!.Finality, reading.Record.Revocation!.Finality));
    }

    [Fact]
    public async Task A_node_that_lags_behind_tells_by_the_time_of_its_head()
    {
        RegistryReading reading = await new TrustedRegistryReader(Trusted, new ScriptedViews(View(Created, Created, Created))).ReadAsync(Query, default);
        Assert.Equal((null, At(1_100)), (reading.Record!.Anchor, reading.Record.HeadTime));
    }

    [Fact]
    public async Task A_fact_of_the_very_head_is_no_contradiction()
    {
        RegistryState newest = Created with { AnchoredAt = 1_100, AnchoredBlock = 100, RevokedAt = 1_100 };
        RegistryReading reading = await new TrustedRegistryReader(Trusted, new ScriptedViews(View(newest, Created, Created))).ReadAsync(Query, default);
        Assert.Equal(At(1_100), reading.Record!.Anchor!.Time);
    }

    [Fact]
    public async Task A_chain_whose_contracts_count_the_blocks_of_another_is_read_all_the_same()
    {
        RegistryState elsewhere = Anchored with { AnchoredBlock = 21_000_000 };
        RegistryReading reading = await new TrustedRegistryReader(Trusted, new ScriptedViews(View(elsewhere, elsewhere, elsewhere))).ReadAsync(Query, default);
        Assert.Equal(new(At(1_050), 21_000_000, Finality.Finalized), reading.Record!.Anchor);
    }

    public static TheoryData<ulong, int, int?, string> Mismatches => new()
    {
        { 2, 1, 2, "chain id is 2, the trusted one is 1" },
        { 1, 9, 2, "genesis hash" },
        { 1, 1, 9, "code hash" },
        { 1, 1, null, "code hash" },
    };

    [Theory]
    [MemberData(nameof(Mismatches))]
    public async Task A_mark_that_differs_is_named_even_when_the_answers_make_no_sense(ulong chainId, int genesis, int? code, string named)
    {
        RegistryView view = View(null, Anchored, null) with { Marks = new(chainId, Hash(genesis), code is { } mark ? Hash(mark) : null) };
        ScriptedViews ledger = new(view);
        RegistryReading reading = await new TrustedRegistryReader(Trusted, ledger).ReadAsync(Query, default);
        Assert.Null(reading.Record);
        Assert.Equal(ProblemCode.LedgerMismatch, reading.Problem!.Code);
        Assert.Contains(named, reading.Problem.Detail, StringComparison.Ordinal);
        Assert.Equal(1, ledger.Asked);
    }

    [Fact]
    public void Its_registry_is_the_trusted_one() =>
        Assert.Equal("eip155:1:0x4444444444444444444444444444444444444444", new TrustedRegistryReader(Trusted, new ScriptedViews()).Registry.ToString());

    private static RegistryView View(RegistryState? latest, RegistryState? safe, RegistryState? finalized) =>
        new(new(1, Hash(1), Hash(2)), Snapshot(100, latest), Snapshot(90, safe), Snapshot(80, finalized));

    private static RegistrySnapshot Snapshot(ulong number, RegistryState? state) => new(new(number, Hash((int)number), At(1_000 + (long)number)), state);

    private static DateTimeOffset At(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);

    private static Bytes32 Hash(int value) => Bytes32.From(Enumerable.Repeat((byte)value, 32).ToArray());
}
