namespace Credentials.Verification.Evidence;

/// <summary>How long one verification waits for the outside world, all in all (a document that names sixteen slow hosts waits no longer than one that names one), and how much it puts up with from documents that are made to exhaust.</summary>
internal sealed class Patience : IDisposable
{
    /// <summary>Each may have been made to take as long as is allowed, and one presentation can carry hundreds of proofs over such documents.</summary>
    private const int MaxFruitless = 2;

    private static readonly TimeSpan MaxChecking = TimeSpan.FromSeconds(2);

    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _over;
    private long _checking;
    private int _fruitless;

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

    /// <summary>Whether no more signatures are checked: two documents had no canonical form, or the checks took seconds.</summary>
    public bool IsSpent => Volatile.Read(ref _fruitless) >= MaxFruitless || Volatile.Read(ref _checking) > MaxChecking.Ticks;

    /// <summary>Counts the check of one signature.</summary>
    /// <param name="took">How long it took.</param>
    /// <param name="fruitless">Whether it came to no answer, for the document has no canonical form.</param>
    public void Spend(TimeSpan took, bool fruitless)
    {
        Interlocked.Add(ref _checking, took.Ticks);
        Interlocked.Add(ref _fruitless, fruitless ? 1 : 0);
    }

    /// <inheritdoc/>
    public void Dispose() => _over.Dispose();
}
