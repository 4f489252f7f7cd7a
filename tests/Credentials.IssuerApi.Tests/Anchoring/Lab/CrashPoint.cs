namespace Credentials.IssuerApi.Tests.Anchoring.Lab;

/// <summary>Where, around an operation, the process dies.</summary>
public enum CrashMoment
{
    /// <summary>Before it is asked for.</summary>
    Before = 0,

    /// <summary>Halfway through a write of the database, which is rolled back. Counts writes only: nothing else has a half.</summary>
    During = 1,

    /// <summary>When it is done and nobody has learnt of it.</summary>
    After = 2,
}

/// <summary>Kills the process that holds it at one operation of its database or chain. A dead process does nothing more.</summary>
internal sealed class CrashPoint(int operation, CrashMoment moment)
{
    private int _operations;

    /// <summary>A process that lives on.</summary>
    public static CrashPoint Never => new(int.MaxValue, CrashMoment.Before);

    /// <summary>How many operations were asked for.</summary>
    public int Operations => _operations;

    public bool IsDead { get; private set; }

    /// <summary>Dies here and now.</summary>
    public void Die() => DieIf(here: true);

    /// <summary>Runs an operation that is done or not done.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> run) => RunAsync(counts: moment != CrashMoment.During, _ => run());

    /// <summary>Runs a write, which dies halfway when it is told to.</summary>
    public Task<T> WriteAsync<T>(Func<Action, Task<T>> write) => RunAsync(counts: true, write);

    private async Task<T> RunAsync<T>(bool counts, Func<Action, Task<T>> run)
    {
        ThrowIfDead();
        bool here = counts && ++_operations == operation;
        DieIf(here && moment == CrashMoment.Before);
        T result = await run(() => DieIf(here && moment == CrashMoment.During));
        DieIf(here && moment == CrashMoment.After);
        return result;
    }

    private void DieIf(bool here)
    {
        if (here)
        {
            IsDead = true;
        }

        ThrowIfDead();
    }

    private void ThrowIfDead()
    {
        if (IsDead)
        {
            throw new ProcessDiedException();
        }
    }
}

internal sealed class ProcessDiedException() : Exception("The process was killed here.");
