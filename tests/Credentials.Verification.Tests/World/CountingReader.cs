using Credentials.Anchoring;

namespace Credentials.Verification.Tests.World;

/// <summary>Counts how often a registry is read, and may keep its reader waiting.</summary>
internal sealed class CountingReader(IRegistryReader inner) : IRegistryReader
{
    private int _reads;

    public int Reads => _reads;

    /// <summary>How long each answer takes, whether or not somebody cancels.</summary>
    public TimeSpan Delay { get; init; }

    public RegistryAddress Registry => inner.Registry;

    public async Task<RegistryReading> ReadAsync(RegistryQuery query, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        await Task.Delay(Delay, CancellationToken.None);
        return await inner.ReadAsync(query, cancellationToken);
    }
}
