namespace Credentials.Verification.Evidence;

/// <summary>How long one verification waits for the outside world, all in all: a document that names sixteen slow hosts waits no longer than one that names one.</summary>
internal sealed class Patience : IDisposable
{
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _over;

    /// <summary>Patience that begins now, and ends early when the caller cancels.</summary>
    public Patience(TimeSpan length, CancellationToken caller)
    {
        _caller = caller;
        _over = CancellationTokenSource.CreateLinkedTokenSource(caller);
        _over.CancelAfter(length);
    }

    /// <summary>What the port answers, or <paramref name="otherwise"/> when that takes too long; whether or not the port heeds its token.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, T otherwise)
    {
        try
        {
            return await ask(_over.Token).WaitAsync(_over.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_caller.IsCancellationRequested)
        {
            return otherwise;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _over.Dispose();
}
