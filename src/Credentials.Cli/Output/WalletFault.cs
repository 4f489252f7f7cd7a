using System.Text.Json.Nodes;
using Credentials.OpenId.Wallet;

namespace Credentials.Cli.Output;

/// <summary>Says why a wallet command came to nothing, and by the exit code whether another try may help.</summary>
internal static class WalletFault
{
    /// <summary>Writes the problem.</summary>
    /// <returns>2 for no answer and not yet, 3 for what the caller left out, 1 for the rest.</returns>
    public static async Task<int> WriteAsync(Problem problem, Arguments arguments, Surroundings around)
    {
        if (arguments.Has("--json"))
        {
            await around.Out.WriteLineAsync(WalletText.Write(new JsonObject { ["problem"] = new JsonObject { ["code"] = problem.Code, ["detail"] = problem.Detail } }));
        }
        else
        {
            await around.Error.WriteLineAsync($"credentials: {DataModel.DisplayText.Of(problem.Detail, 600)} ({DataModel.DisplayText.Of(problem.Code, 60)})");
        }

        return problem.Code switch
        {
            WalletProblem.NoAnswer or WalletProblem.StillDeferred => ExitCode.CannotTell,
            WalletProblem.TransactionCodeNeeded => ExitCode.Misuse,
            _ => ExitCode.Rejected,
        };
    }
}
