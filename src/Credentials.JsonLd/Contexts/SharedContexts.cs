namespace Credentials.JsonLd.Contexts;

/// <summary>The compiled contexts that a library keeps: a tree from the empty one, each edge a context by URL or the scoped context of a term. Bounded: when it is full, the library begins a new one.</summary>
internal sealed class SharedContexts
{
    // About 10 MB of definitions; a few fixed chains of contexts come to some hundreds each.
    private const int MaxWeight = 60_000;

    private int _weight;

    public SharedContexts() => Empty = new ActiveContext { Owner = this };

    /// <summary>The context without terms, where every document begins.</summary>
    public ActiveContext Empty { get; }

    /// <summary>Definitions that are kept.</summary>
    public int Weight => Volatile.Read(ref _weight);

    public bool IsFull => _weight > MaxWeight;

    /// <summary>Counts a context that is kept.</summary>
    public void Add(ActiveContext kept) => Interlocked.Add(ref _weight, kept.Weight + 1);
}
