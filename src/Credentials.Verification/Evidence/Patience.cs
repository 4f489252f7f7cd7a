namespace Credentials.Verification.Evidence;

/// <summary>Waits for the outside world only so long, however long a port would wait itself.</summary>
internal static class Patience
{
    /// <summary>What the port answers, or <paramref name="otherwise"/> when it takes too long.</summary>
    public static async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, TimeSpan patience, T otherwise, CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(patience);
        try
        {
            return await ask(bounded.Token).WaitAsync(bounded.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return otherwise;
        }
    }
}
