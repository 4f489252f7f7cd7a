using Credentials.VerifierWeb.Options;
using Microsoft.Extensions.Options;

namespace Credentials.VerifierWeb.Presentations;

/// <summary>The questions of this process: bounded in number, in time and in what their answers weigh, never written down.</summary>
internal sealed class PresentationStore : IDisposable
{
    // Nobody may come by for hours: what was shown to somebody is gone nevertheless.
    private static readonly TimeSpan s_sweep = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, PresentationSession> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PresentationSession> _byHandle = new(StringComparer.Ordinal);
    private readonly Queue<PresentationSession> _inOrder = new();
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _answered = new(StringComparer.Ordinal);
    private readonly VerifierOptions _options;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private long _weight;

    public PresentationStore(IOptions<VerifierOptions> options, TimeProvider clock)
    {
        (_options, _clock) = (options.Value, clock);
        _timer = clock.CreateTimer(_ => Sweep(), null, s_sweep, s_sweep);
    }

    /// <summary>How many there are, in whatever state.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _byId.Count;
            }
        }
    }

    /// <summary>Keeps one; false when there are too many, of all or of its own partition.</summary>
    public bool TryAdd(PresentationSession session)
    {
        lock (_gate)
        {
            Forget();
            int open = _open.GetValueOrDefault(session.Partition);
            if (_byId.Count >= _options.MaxPresentations || open >= _options.MaxOpenPerAddress)
            {
                return false;
            }

            _byId.Add(session.Id, session);
            foreach (RequestHandle handle in session.Handles)
            {
                _byHandle.Add(handle.Id, session);
            }

            _inOrder.Enqueue(session);
            _open[session.Partition] = open + 1;
            return true;
        }
    }

    /// <summary>By the asker's id; null when there is none, or none any more.</summary>
    public PresentationSession? Find(string id) => Find(_byId, id);

    /// <summary>By the id in a request, with the handle of it.</summary>
    public (PresentationSession Session, RequestHandle Handle)? FindHandle(string id) =>
        Find(_byHandle, id) is { } session ? (session, session.Handles.First(handle => handle.Id == id)) : null;

    /// <summary>Whether an answer of that many bytes can be kept.</summary>
    public bool HasRoom(long bytes)
    {
        lock (_gate)
        {
            return _weight + bytes <= _options.MaxAnswerMebibytes * 1024L * 1024;
        }
    }

    /// <summary>Counts a question as answered.</summary>
    /// <param name="session">The question.</param>
    /// <param name="bytes">What its answer weighs.</param>
    public void Answered(PresentationSession session, long bytes)
    {
        lock (_gate)
        {
            if (_byId.ContainsKey(session.Id) && _answered.TryAdd(session.Id, bytes))
            {
                _weight += bytes;
                Leave(session.Partition);
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private PresentationSession? Find(Dictionary<string, PresentationSession> sessions, string id)
    {
        lock (_gate)
        {
            return sessions.TryGetValue(id, out PresentationSession? session) && session.Forgotten > _clock.GetUtcNow() ? session : null;
        }
    }

    private void Sweep()
    {
        lock (_gate)
        {
            Forget();
        }
    }

    // All live equally long, so that the oldest are the first to go.
    private void Forget()
    {
        DateTimeOffset now = _clock.GetUtcNow();
        while (_inOrder.TryPeek(out PresentationSession? gone) && gone.Forgotten <= now)
        {
            _inOrder.Dequeue();
            _byId.Remove(gone.Id);
            foreach (RequestHandle handle in gone.Handles)
            {
                _byHandle.Remove(handle.Id);
            }

            if (_answered.Remove(gone.Id, out long bytes))
            {
                _weight -= bytes;
            }
            else
            {
                Leave(gone.Partition);
            }

            gone.Dispose();
        }
    }

    private void Leave(string partition)
    {
        if (--_open[partition] == 0)
        {
            _open.Remove(partition);
        }
    }
}
