using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using Credentials.Ethereum.JsonRpc;

namespace Credentials.Ethereum.LocalChain;

/// <summary>Anvil as a child process that dies with its parent, even on SIGKILL, and keeps its state on disk.</summary>
public sealed class AnvilProcess : IAsyncDisposable
{
    // The shell becomes the node; a reader of our end of the pipe stays behind, and interrupts the node when that end is closed by whatever ends us.
    private const string Guard = "exec 3<&0; (read -r _ <&3; kill -INT $$) >/dev/null 2>&1 & exec \"$@\" 3<&- </dev/null 2>&1";
    private const string Ready = "Listening on ";
    private const int LinesKept = 5;
    private const ulong BlocksToFinality = 2;
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly Task _drained;

    private AnvilProcess(Process process, Uri url)
    {
        _process = process;
        _drained = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        Url = url;
    }

    /// <summary>The node's JSON-RPC URL, on loopback.</summary>
    public Uri Url { get; }

    /// <summary>The operating system's process id of the node itself.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Whether the node has ended, however it did.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Finds the native binary of the npm package, or null with a sentence that says how to have it.</summary>
    public static (string? Path, string Hint) FindBinary(string repositoryRoot)
    {
        string system = OperatingSystem.IsMacOS() ? "darwin" : "linux";
        string processor = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "amd64";
        string path = Path.Combine(repositoryRoot, "contracts", "node_modules", "@foundry-rs", $"anvil-{system}-{processor}", "bin", "anvil");
        return File.Exists(path) ? (path, $"Anvil: {path}") : (null, $"Anvil is not at {path}. Install it with: npm ci --prefix contracts");
    }

    /// <summary>Starts the node and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended, or did not listen in time, with what it printed.</exception>
    public static async Task<AnvilProcess> StartAsync(AnvilOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        AnvilState? state = options.StateFile is null ? null : new(options.StateFile);
        bool resumes = state?.Prepare() ?? false;
        long? genesisTime = state?.GenesisTime(TimeProvider.System);
        ProcessStartInfo start = new("/bin/sh", ["-c", Guard, "anvil", options.BinaryPath, .. options.Arguments(genesisTime)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        Process process = Process.Start(start) ?? throw new InvalidOperationException("The shell did not start.");
        try
        {
            AnvilProcess node = new(process, await ReadUrlAsync(process, options.StartTimeout, cancellationToken));
            if (genesisTime is not null)
            {
                // The genesis block keeps its time, and the clock is today's.
                await node.ControlAsync(new("anvil_setTime", TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()), cancellationToken);
            }

            if (resumes)
            {
                // The state file holds the newest state alone: without these blocks nothing can be read at the tags safe and finalized.
                await node.ControlAsync(new("anvil_mine", Hex.Write(BlocksToFinality)), cancellationToken);
            }

            return node;
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>Sets an account's balance, in wei. Takes effect at once, and is not a transaction.</summary>
    /// <exception cref="LedgerUnavailableException">The node could not be asked.</exception>
    public Task SetBalanceAsync(EthereumAddress account, BigInteger wei, CancellationToken cancellationToken) =>
        ControlAsync(new("anvil_setBalance", account.ToString(), Hex.Write(wei)), cancellationToken);

    /// <summary>Kills the node without warning (SIGKILL).</summary>
    public void Kill() => _process.Kill();

    /// <summary>Stops the node gently; its state is saved.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using CancellationTokenSource bound = new(StopTimeout);
        try
        {
            await _process.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        await _drained;
        _process.Dispose();
    }

    private async Task ControlAsync(JsonRpcCall call, CancellationToken cancellationToken)
    {
        using HttpClient http = new();
        JsonRpcAnswer answer = await new JsonRpcClient(http, new(Url), TimeProvider.System).CallAsync(call, cancellationToken);
        if (answer.Error is not null)
        {
            throw answer.Fault();
        }
    }

    private static async Task<Uri> ReadUrlAsync(Process process, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using CancellationTokenSource bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(timeout);
        Queue<string> last = new();
        try
        {
            while (await process.StandardOutput.ReadLineAsync(bound.Token) is { } line)
            {
                if (line.StartsWith(Ready, StringComparison.Ordinal))
                {
                    return new Uri("http://" + line[Ready.Length..].Trim());
                }

                last.Enqueue(line.Trim());
                if (last.Count > LinesKept)
                {
                    last.Dequeue();
                }
            }

            throw new InvalidOperationException($"Anvil ended before it listened: {string.Join(' ', last)}");
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"Anvil did not listen within {timeout.TotalSeconds:0} s.", fault);
        }
    }
}
