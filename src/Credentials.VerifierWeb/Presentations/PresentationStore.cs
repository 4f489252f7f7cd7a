using System.Collections.Concurrent;
using Credentials.VerifierWeb.Options;
using Microsoft.Extensions.Options;

namespace Credentials.VerifierWeb.Presentations;

/// <summary>The questions of this process: bounded in number and in time, never written down.</summary>
internal sealed class PresentationStore(IOptions<VerifierOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, PresentationSession> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, PresentationSession> _byHandle = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<PresentationSession> _inOrder = new();

    /// <summary>Keeps one; false when there are too many.</summary>
    public bool TryAdd(PresentationSession session)
    {
        Forget();
        if (_byId.Count >= options.Value.MaxPresentations || !_byId.TryAdd(session.Id, session))
        {
            return false;
        }

        foreach (RequestHandle handle in session.Handles)
        {
            _byHandle[handle.Id] = session;
        }

        _inOrder.Enqueue(session);
        return true;
    }

    /// <summary>By the asker's id; null when there is none, or none any more.</summary>
    public PresentationSession? Find(string id) => _byId.TryGetValue(id, out PresentationSession? session) && session.Forgotten > clock.GetUtcNow() ? session : null;

    /// <summary>By the id in a request, with the handle of it.</summary>
    public (PresentationSession Session, RequestHandle Handle)? FindHandle(string id) =>
        _byHandle.TryGetValue(id, out PresentationSession? session) && session.Forgotten > clock.GetUtcNow() ? (session, session.Handles.First(handle => handle.Id == id)) : null;

    // All live equally long, so that the oldest are the first to go.
    private void Forget()
    {
        DateTimeOffset now = clock.GetUtcNow();
        while (_inOrder.TryPeek(out PresentationSession? oldest) && oldest.Forgotten <= now && _inOrder.TryDequeue(out PresentationSession? gone))
        {
            _byId.TryRemove(gone.Id, out _);
            foreach (RequestHandle handle in gone.Handles)
            {
                _byHandle.TryRemove(handle.Id, out _);
            }

            gone.Dispose();
        }
    }
}
