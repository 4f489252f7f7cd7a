using Credentials.Anchoring;

namespace Credentials.Verification.Tests.World;

/// <summary>A registry that keeps what the contract keeps, written as history: each thing with the time at which it happened. Everything in it is final.</summary>
internal sealed class HistoryRegistry(RegistryAddress registry, TestClock clock) : IRegistryReader
{
    private int _reads;

    public RegistryAddress Registry => registry;

    public HashSet<InstitutionId> Institutions { get; } = [];

    public Dictionary<(InstitutionId, MerkleRoot), DateTimeOffset> Anchors { get; } = [];

    public Dictionary<(InstitutionId, MerkleRoot), DateTimeOffset> Distrusted { get; } = [];

    public Dictionary<(InstitutionId, RegistryHandle), DateTimeOffset> Revocations { get; } = [];

    public Dictionary<(InstitutionId, string), KeyFact> Keys { get; } = [];

    /// <summary>In the order in which they were taken; each ends where the next begins.</summary>
    public Dictionary<InstitutionId, List<(IdentityHash Identity, DateTimeOffset From)>> Identities { get; } = [];

    public Dictionary<AccreditationLink, AccreditationFact> Accreditations { get; } = [];

    public Dictionary<InstitutionId, SuccessionFact> Successions { get; } = [];

    /// <summary>Why nobody answers; null while somebody does.</summary>
    public Problem? Fault { get; set; }

    public int Reads => _reads;

    public List<RegistryQuery> Queries { get; } = [];

    public void TakeIdentity(InstitutionId institution, IdentityHash identity, DateTimeOffset at)
    {
        Institutions.Add(institution);
        Identities.TryAdd(institution, []);
        Identities[institution].Add((identity, at));
    }

    public void Revoke(InstitutionId institution, string method, DateTimeOffset at, KeyRevocationReason reason) =>
        Keys[(institution, method)] = Keys[(institution, method)] with { RevokedAt = at, Reason = reason };

    public Task<RegistryReading> ReadAsync(RegistryQuery query, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        lock (Queries)
        {
            Queries.Add(query);
        }

        return Task.FromResult(Fault is { } fault ? RegistryReading.Unavailable(fault) : RegistryReading.Of(Answer(query)));
    }

    private RegistryRecord Answer(RegistryQuery query) => new(
        Institutions.Contains(query.Institution),
        query.Root is { } root ? Settled(Anchors, (query.Institution, root)) : null,
        query.Handle is { } handle ? Settled(Revocations, (query.Institution, handle)) : null,
        clock.Now)
    {
        Distrusted = query.Root is { } one && Distrusted.TryGetValue((query.Institution, one), out DateTimeOffset distrusted) ? distrusted : null,
        Key = query.VerificationMethod is { } method ? Keys.GetValueOrDefault((query.Institution, method)) : null,
        Identity = query.Identity is { } identity ? PeriodOf(query.Institution, identity) : null,
        CurrentIdentity = Identities.TryGetValue(query.Institution, out var taken) ? taken[^1].Identity : null,
        Succession = Successions.GetValueOrDefault(query.Institution),
        Path = [.. query.Path.Select(link => new LinkFact(Accreditations.GetValueOrDefault(link), PeriodOf(link.Institution, link.Identity)))],
    };

    private Period? PeriodOf(InstitutionId institution, IdentityHash identity)
    {
        List<(IdentityHash Identity, DateTimeOffset From)> taken = Identities.GetValueOrDefault(institution, []);
        int index = taken.FindIndex(one => one.Identity == identity);
        return index < 0 ? null : new(taken[index].From, index + 1 < taken.Count ? taken[index + 1].From : null);
    }

    private static SettledFact? Settled<TKey>(Dictionary<TKey, DateTimeOffset> facts, TKey key)
        where TKey : notnull => facts.TryGetValue(key, out DateTimeOffset time) ? new(time, 7, Finality.Finalized) : null;
}
