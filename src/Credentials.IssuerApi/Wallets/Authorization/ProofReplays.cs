using System.Collections.Concurrent;

namespace Credentials.IssuerApi.Wallets.Authorization;

/// <summary>The DPoP proofs of the last moments, so that none is taken twice by this process. A flood ends in refusals, never in forgetting.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9449#section-11.1</remarks>
internal sealed class ProofReplays(TimeProvider clock)
{
    private const int Most = 1_000_000;
    private static readonly TimeSpan s_sweep = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(string Key, string Id), DateTimeOffset> _seen = new();
    private readonly Lock _gate = new();
    private DateTimeOffset _swept;

    /// <summary>Whether a proof is new; it is not any more afterwards.</summary>
    /// <param name="key">Thumbprint of its key.</param>
    /// <param name="id">Its <c>jti</c>.</param>
    /// <param name="until">When it would be too old.</param>
    public bool IsNew(string key, string id, DateTimeOffset until)
    {
        Sweep();
        return _seen.Count < Most && _seen.TryAdd((key, id), until);
    }

    private void Sweep()
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_gate)
        {
            if (now < _swept + s_sweep)
            {
                return;
            }

            _swept = now;
        }

        foreach (((string, string) proof, DateTimeOffset until) in _seen)
        {
            if (until < now)
            {
                _seen.TryRemove(proof, out _);
            }
        }
    }
}
