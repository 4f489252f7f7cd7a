namespace Credentials.Ethereum.LocalChain;

/// <summary>Anvil as a child process that dies with its parent, even on SIGKILL, and keeps its state on disk.</summary>
public sealed class AnvilProcess : IAsyncDisposable
{
    private AnvilProcess() => throw new NotImplementedException();

    /// <summary>The node's JSON-RPC URL, on loopback.</summary>
    public Uri Url => throw new NotImplementedException();

    /// <summary>The operating system's process id of the node itself.</summary>
    public int ProcessId => throw new NotImplementedException();

    /// <summary>Finds the native binary of the npm package, or null with a sentence that says how to have it.</summary>
    public static (string? Path, string Hint) FindBinary(string repositoryRoot) => throw new NotImplementedException();

    /// <summary>Starts the node and waits until it listens.</summary>
    public static Task<AnvilProcess> StartAsync(AnvilOptions options, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Kills the node without warning (SIGKILL).</summary>
    public void Kill() => throw new NotImplementedException();

    /// <summary>Stops the node gently; its state is saved.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}

/// <summary>How Anvil is started.</summary>
/// <param name="BinaryPath">The native binary.</param>
/// <param name="ChainId">The chain id.</param>
/// <param name="Mnemonic">The mnemonic of the ten funded accounts.</param>
public sealed record AnvilOptions(string BinaryPath, ulong ChainId, string Mnemonic)
{
    /// <summary>State file; null for a chain in memory.</summary>
    public string? StateFile { get; init; }

    /// <summary>Port; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>Seconds between blocks; null mines a block at each transaction.</summary>
    public double? BlockTime { get; init; } = 1;
}
