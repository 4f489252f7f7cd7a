using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using Credentials.IssuerApi.Storage;
using Credentials.Status;
using Dapper;

namespace Credentials.IssuerApi.Status;

/// <summary>
/// Gives out random free indices of an institution's status lists. They are leased ahead, some at a time, so that signing (which may
/// ask an HSM) holds no transaction open. A lease that is lost in a crash leaves an index unused: one more in the herd.
/// </summary>
internal sealed class StatusAllocator(IDatabase database, TimeProvider clock)
{
    /// <summary>A list is full at half of its length: then a random pick still finds a free index at once, and the unused ones hide the used.</summary>
    public const int MostPerList = BitstringStatusList.MinimumLength / 2;

    private const int LeaseAhead = 64;

    private const string SelectOpen = """
        SELECT id AS Id, allocated AS Allocated, allocated_count AS Count FROM status_lists
        WHERE institution_id = @InstitutionId AND allocated_count < @Most ORDER BY created_at, id LIMIT 1
        """;

    private const string InsertList = """
        INSERT INTO status_lists (id, institution_id, allocated, allocated_count, revocation_bits, suspension_bits, version, created_at)
        VALUES (@Id, @InstitutionId, @Zeros, 0, @Zeros, @Zeros, 1, @Now)
        """;

    private const string UpdateAllocated = "UPDATE status_lists SET allocated = @Allocated, allocated_count = @Count WHERE id = @Id";

    private readonly ConcurrentDictionary<string, ConcurrentQueue<StatusPosition>> _leased = new(StringComparer.Ordinal);

    /// <summary>Takes positions that nobody else will get. Give back with <see cref="Return"/> what no stored credential names.</summary>
    public async Task<IReadOnlyList<StatusPosition>> LeaseAsync(string institutionId, int count, CancellationToken cancellationToken)
    {
        ConcurrentQueue<StatusPosition> pool = PoolOf(institutionId);
        var taken = new List<StatusPosition>(count);
        while (taken.Count < count)
        {
            while (taken.Count < count && pool.TryDequeue(out StatusPosition position))
            {
                taken.Add(position);
            }

            if (taken.Count < count)
            {
                int wanted = Math.Max(LeaseAhead, count - taken.Count);
                foreach (StatusPosition position in await database.WriteAsync(transaction => AllocateAsync(transaction, institutionId, wanted), cancellationToken))
                {
                    pool.Enqueue(position);
                }
            }
        }

        return taken;
    }

    /// <summary>Gives back positions that no stored credential names.</summary>
    public void Return(string institutionId, IEnumerable<StatusPosition> positions)
    {
        ConcurrentQueue<StatusPosition> pool = PoolOf(institutionId);
        foreach (StatusPosition position in positions)
        {
            pool.Enqueue(position);
        }
    }

    private ConcurrentQueue<StatusPosition> PoolOf(string institutionId) => _leased.GetOrAdd(institutionId, _ => new ConcurrentQueue<StatusPosition>());

    private async Task<List<StatusPosition>> AllocateAsync(DbTransaction transaction, string institutionId, int wanted)
    {
        var positions = new List<StatusPosition>(wanted);
        while (positions.Count < wanted)
        {
            Row list = await transaction.Connection!.QuerySingleOrDefaultAsync<Row>(SelectOpen, new { InstitutionId = institutionId, Most = MostPerList }, transaction)
                ?? await CreateListAsync(transaction, institutionId);
            int here = (int)Math.Min(wanted - positions.Count, MostPerList - list.Count);
            var allocated = BitstringStatusList.FromBytes(list.Allocated);
            for (int i = 0; i < here; i++)
            {
                positions.Add(new StatusPosition(list.Id, TakeFree(allocated)));
            }

            await transaction.Connection!.ExecuteAsync(UpdateAllocated, new { list.Id, Allocated = allocated.Bytes.ToArray(), Count = list.Count + here }, transaction);
        }

        return positions;
    }

    // At most half of the list is taken: two tries on average, at worst.
    private static int TakeFree(BitstringStatusList allocated)
    {
        int index;
        do
        {
            index = RandomNumberGenerator.GetInt32(allocated.Length);
        }
        while (allocated[index]);

        allocated[index] = true;
        return index;
    }

    private async Task<Row> CreateListAsync(DbTransaction transaction, string institutionId)
    {
        string id = Guid.NewGuid().ToString();
        byte[] zeros = new byte[BitstringStatusList.MinimumLength / 8];
        await transaction.Connection!.ExecuteAsync(InsertList, new { Id = id, InstitutionId = institutionId, Zeros = zeros, Now = clock.Now() }, transaction);
        return new Row(id, zeros, 0);
    }

    private sealed record Row(string Id, byte[] Allocated, long Count);
}
