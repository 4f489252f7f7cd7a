using System.Diagnostics;

#pragma warning disable CA1050, MA0047 // The runtime looks for this name, outside of every namespace: https://github.com/dotnet/runtime/blob/main/docs/design/features/host-startup-hook.md

/// <summary>Makes a process kill itself (SIGKILL) at a named step of its pipeline: start it with <c>DOTNET_STARTUP_HOOKS</c> set to this assembly and <see cref="Variable"/> to the step. Leans on nothing but the runtime's own library.</summary>
public static class StartupHook
{
    /// <summary>The environment variable with the step's name.</summary>
    public const string Variable = "CREDENTIALS_DIE_AT";

    private const string Source = "Credentials.IssuerApi.Pipeline";

    /// <summary>Called by the runtime before the program's own first line.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } step)
        {
            DiagnosticListener.AllListeners.Subscribe(new Watcher<DiagnosticListener>(listener =>
            {
                if (listener.Name == Source)
                {
                    listener.Subscribe(new Watcher<KeyValuePair<string, object?>>(reached => DieIf(reached.Key == step)));
                }
            }));
        }
    }

    private static void DieIf(bool here)
    {
        if (here)
        {
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }

    private sealed class Watcher<T>(Action<T> see) : IObserver<T>
    {
        public void OnNext(T value) => see(value);

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
