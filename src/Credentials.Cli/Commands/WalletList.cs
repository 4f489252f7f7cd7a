using System.Text.Json.Nodes;
using Credentials.Cli.Output;
using Credentials.Cli.Wallet;

namespace Credentials.Cli.Commands;

/// <summary><c>credentials wallet list</c>: no key is opened for it.</summary>
internal static class WalletList
{
    public static async Task<int> RunAsync(Arguments arguments, Surroundings around)
    {
        WalletFolder folder = WalletFolder.Find(arguments["--wallet"], around);
        IReadOnlyList<WalletEntry> entries = folder.ReadAll(out IReadOnlyList<string> unreadable);
        foreach (string file in unreadable)
        {
            await around.Error.WriteLineAsync($"credentials: {file} is no credential of a wallet, and is passed over.");
        }

        if (arguments.Has("--json"))
        {
            await around.Out.WriteLineAsync(WalletText.Write(new JsonObject { ["credentials"] = new JsonArray([.. entries.Select(WalletText.Of)]) }));
            return ExitCode.Verified;
        }

        foreach (WalletEntry entry in entries)
        {
            await around.Out.WriteLineAsync($"{entry.Id}  {entry.Received:yyyy-MM-dd}  {entry.Format,-11}  {entry.Issuer}");
        }

        if (entries.Count == 0)
        {
            await around.Out.WriteLineAsync($"There is no credential in {folder.Path}.");
        }

        return ExitCode.Verified;
    }
}
