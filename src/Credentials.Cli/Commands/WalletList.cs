using System.Text.Json.Nodes;
using Credentials.Cli.Output;
using Credentials.Cli.Wallet;
using Credentials.DataModel;

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
            await around.Error.WriteLineAsync($"credentials: {DisplayText.Of(file)} is no credential of a wallet, and is passed over.");
        }

        if (arguments.Has("--json"))
        {
            await around.Out.WriteLineAsync(WalletText.Write(new JsonObject { ["credentials"] = new JsonArray([.. entries.Select(WalletText.Of)]) }));
            return ExitCode.Verified;
        }

        foreach (WalletEntry entry in entries)
        {
            await around.Out.WriteLineAsync($"{ProposalText.Show(entry.Id)}  {entry.Received:yyyy-MM-dd}  {ProposalText.Show(entry.Format),-11}  {ProposalText.Show(entry.Issuer)}{(entry.IsVerified ? "" : "  unverified")}");
        }

        if (entries.Count == 0)
        {
            await around.Out.WriteLineAsync($"There is no credential in {folder.Path}.");
        }

        return ExitCode.Verified;
    }
}
