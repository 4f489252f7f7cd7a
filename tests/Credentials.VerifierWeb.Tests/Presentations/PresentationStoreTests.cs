using System.Net;
using Credentials.VerifierWeb.Http;
using Credentials.VerifierWeb.Options;
using Credentials.VerifierWeb.Presentations;

namespace Credentials.VerifierWeb.Tests.Presentations;

/// <summary>What questions may cost this process in memory.</summary>
public sealed class PresentationStoreTests
{
    private const int Mebibyte = 1024 * 1024;

    private static readonly DateTimeOffset s_start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Forgets_by_a_timer_though_nobody_comes_by()
    {
        HandWoundClock clock = new(s_start);
        using PresentationStore store = StoreOf(new(), clock);
        Assert.True(store.TryAdd(SessionOf("a")));

        clock.Now += PresentationSession.KeptFor - TimeSpan.FromSeconds(1);
        clock.Ring();
        Assert.Equal(1, store.Count);

        clock.Now += TimeSpan.FromSeconds(1);
        clock.Ring();
        Assert.Equal(0, store.Count);
        Assert.True(clock.Period <= TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Lets_one_address_open_only_so_many_and_others_still()
    {
        using PresentationStore store = StoreOf(new() { MaxOpenPerAddress = 2 }, new(s_start));
        PresentationSession first = SessionOf("a");

        Assert.True(store.TryAdd(first));
        Assert.True(store.TryAdd(SessionOf("a")));
        Assert.False(store.TryAdd(SessionOf("a")));
        Assert.True(store.TryAdd(SessionOf("b")));

        // An answered question is no open one; twice answered is still one.
        store.Answered(first, 0);
        store.Answered(first, 0);
        Assert.True(store.TryAdd(SessionOf("a")));
        Assert.False(store.TryAdd(SessionOf("a")));
    }

    [Fact]
    public void Has_no_room_for_answers_above_its_measure_until_old_ones_are_forgotten()
    {
        HandWoundClock clock = new(s_start);
        using PresentationStore store = StoreOf(new() { MaxAnswerMebibytes = 1 }, clock);
        PresentationSession session = SessionOf("a");
        store.TryAdd(session);

        Assert.True(store.HasRoom(Mebibyte));
        Assert.False(store.HasRoom(Mebibyte + 1));
        store.Answered(session, Mebibyte);
        Assert.False(store.HasRoom(1));

        clock.Now += PresentationSession.KeptFor;
        clock.Ring();
        Assert.True(store.HasRoom(Mebibyte));
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::/64")]
    [InlineData(null, "")]
    public void Takes_the_addresses_of_one_line_for_one_caller(string? address, string partition) =>
        Assert.Equal(partition, NetworkPartition.Of(address is null ? null : IPAddress.Parse(address)));

    private static PresentationStore StoreOf(VerifierOptions options, HandWoundClock clock) => new(Microsoft.Extensions.Options.Options.Create(options), clock);

    private static PresentationSession SessionOf(string partition) => new(PresentationDesk.Secret(), Question.OfDegree(), s_start)
    {
        Partition = partition,
        CrossDevice = new(PresentationDesk.Secret(), null!, ByPost: false, Link: null),
        SameDevice = new(PresentationDesk.Secret(), null!, ByPost: false, Link: null),
    };

    /// <summary>A clock whose timer goes off when told.</summary>
    private sealed class HandWoundClock(DateTimeOffset now) : TimeProvider
    {
        private Action _ring = () => { };

        public DateTimeOffset Now { get; set; } = now;

        public TimeSpan Period { get; private set; }

        public void Ring() => _ring();

        public override DateTimeOffset GetUtcNow() => Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_ring, Period) = (() => callback(state), period);
            return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
