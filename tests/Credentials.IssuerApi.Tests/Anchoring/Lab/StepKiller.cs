using System.Diagnostics;
using Credentials.IssuerApi.Anchoring;

namespace Credentials.IssuerApi.Tests.Anchoring.Lab;

/// <summary>Kills the process of this test, and of no other that runs beside it, at a named step of the pipeline.</summary>
internal sealed class StepKiller : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private static readonly AsyncLocal<(string Step, CrashPoint Crash)?> s_armed = new();
    private static readonly IDisposable s_subscription = DiagnosticListener.AllListeners.Subscribe(new StepKiller());

    /// <summary>The crash point of the process that is to die when it reaches the step.</summary>
    public static CrashPoint Arm(PipelineStep step)
    {
        Assert.NotNull(s_subscription);
        CrashPoint crash = CrashPoint.Never;
        s_armed.Value = (step.Name, crash);
        return crash;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == PipelineStep.Source)
        {
            value.Subscribe(this);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (s_armed.Value is { } armed && armed.Step == value.Key && !armed.Crash.IsDead)
        {
            armed.Crash.Die();
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}
