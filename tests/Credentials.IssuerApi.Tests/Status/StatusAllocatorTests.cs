using Credentials.IssuerApi.Status;
using Credentials.IssuerApi.Storage;
using Credentials.IssuerApi.Tests.Storage;
using Dapper;

namespace Credentials.IssuerApi.Tests.Status;

public sealed class StatusAllocatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IDatabase _database;

    public StatusAllocatorTests()
    {
        _database = TestStorage.Open(_folder.Path);
        _database.InsertInstitutionAsync("u").GetAwaiter().GetResult();
    }

    [Fact]
    public async Task Never_gives_a_position_twice_and_opens_a_new_list_at_half_load()
    {
        var allocator = new StatusAllocator(_database, TimeProvider.System);
        IReadOnlyList<StatusPosition> positions = await allocator.LeaseAsync("u", StatusAllocator.MostPerList + 1000, CancellationToken.None);

        Assert.Equal(positions.Count, positions.Distinct().Count());
        int[] lists = [.. positions.GroupBy(position => position.ListId).Select(list => list.Count()).Order()];
        Assert.Equal([1000, StatusAllocator.MostPerList], lists);
    }

    [Fact]
    public async Task Never_gives_a_position_twice_to_many_at_once_or_after_a_restart()
    {
        var allocator = new StatusAllocator(_database, TimeProvider.System);
        IReadOnlyList<StatusPosition>[] first = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => allocator.LeaseAsync("u", 7, CancellationToken.None)));
        var restarted = new StatusAllocator(_database, TimeProvider.System);
        IReadOnlyList<StatusPosition> second = await restarted.LeaseAsync("u", 350, CancellationToken.None);

        StatusPosition[] all = [.. first.SelectMany(each => each), .. second];
        Assert.Equal(700, all.Distinct().Count());
    }

    [Fact]
    public async Task Gives_what_was_returned_again()
    {
        var allocator = new StatusAllocator(_database, TimeProvider.System);
        IReadOnlyList<StatusPosition> first = await allocator.LeaseAsync("u", 64, CancellationToken.None);
        allocator.Return("u", first);
        IReadOnlyList<StatusPosition> second = await allocator.LeaseAsync("u", 64, CancellationToken.None);
        Assert.Equal(first.Order(Comparer<StatusPosition>.Create((a, b) => a.Index - b.Index)), second.Order(Comparer<StatusPosition>.Create((a, b) => a.Index - b.Index)));
    }

    [Fact]
    public async Task Spreads_positions_over_the_whole_list()
    {
        var allocator = new StatusAllocator(_database, TimeProvider.System);
        IReadOnlyList<StatusPosition> positions = await allocator.LeaseAsync("u", 1000, CancellationToken.None);

        // 1,000 random picks leave a given eighth of the list empty with a chance below 10^-57.
        Assert.Equal(8, positions.Select(position => position.Index / 16384).Distinct().Count());
        Assert.NotEqual(positions.Select(position => position.Index).Order(), positions.Select(position => position.Index));
    }

    [Fact]
    public async Task Keeps_the_lists_of_institutions_apart()
    {
        await _database.InsertInstitutionAsync("v");
        var allocator = new StatusAllocator(_database, TimeProvider.System);
        StatusPosition u = (await allocator.LeaseAsync("u", 1, CancellationToken.None))[0];
        StatusPosition v = (await allocator.LeaseAsync("v", 1, CancellationToken.None))[0];
        Assert.NotEqual(u.ListId, v.ListId);
    }

    [Fact]
    public async Task Marks_as_many_as_it_counts()
    {
        await new StatusAllocator(_database, TimeProvider.System).LeaseAsync("u", 100, CancellationToken.None);
        (byte[] bits, long count) = await _database.ReadAsync(connection => connection.QuerySingleAsync<(byte[], long)>("SELECT allocated, allocated_count FROM status_lists"), CancellationToken.None);
        Assert.Equal(count, bits.Sum(each => System.Numerics.BitOperations.PopCount(each)));
    }

    public void Dispose()
    {
        _database.Close();
        _folder.Dispose();
    }
}
