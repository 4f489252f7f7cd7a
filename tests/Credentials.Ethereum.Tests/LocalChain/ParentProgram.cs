using System.Globalization;

namespace Credentials.Ethereum.LocalChain;

/// <summary>A process that starts a node and then does nothing, so that a test can kill it: <c>dotnet Credentials.Ethereum.Tests.dll BINARY STATE_FILE</c> prints the node's process id and URL.</summary>
internal static class ParentProgram
{
    public static async Task Main(string[] arguments)
    {
        AnvilProcess node = await AnvilProcess.StartAsync(new(arguments[0], 4242) { StateFile = arguments[1], BlockTime = null }, CancellationToken.None);
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{node.ProcessId} {node.Url}"));
        await Task.Delay(Timeout.Infinite);
    }
}
