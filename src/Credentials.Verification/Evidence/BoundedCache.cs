using System.Diagnostics.CodeAnalysis;

namespace Credentials.Verification.Evidence;

/// <summary>Keeps answers for a while: never more than its capacity, never longer than it was told. Safe to share between threads.</summary>
/// <remarks>Only answers that were verified or resolved are put in; a failure is never kept, and an entry past its time is never given out, so that what is stale cannot pass for true.</remarks>
internal sealed class BoundedCache<T>(int capacity)
    where T : class
{
    private readonly Dictionary<string, (T Value, DateTimeOffset Until)> _entries = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly Lock _gate = new();

    /// <summary>The value of a key, unless its time is over.</summary>
    public bool TryGet(string key, DateTimeOffset now, [NotNullWhen(true)] out T? value)
    {
        lock (_gate)
        {
            value = _entries.TryGetValue(key, out (T Value, DateTimeOffset Until) entry) && now < entry.Until ? entry.Value : null;
            return value is not null;
        }
    }

    /// <summary>Keeps a value until a time; the oldest entry goes when there is no room.</summary>
    public void Put(string key, T value, DateTimeOffset until)
    {
        lock (_gate)
        {
            if (!_entries.ContainsKey(key))
            {
                _order.Enqueue(key);
            }

            _entries[key] = (value, until);
            if (_entries.Count > capacity)
            {
                _entries.Remove(_order.Dequeue());
            }
        }
    }
}
