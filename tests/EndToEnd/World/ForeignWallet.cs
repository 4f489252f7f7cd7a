using System.Diagnostics;
using System.Text.Json.Nodes;
using Credentials.TestKit;

namespace Credentials.EndToEnd.World;

/// <summary>A wallet of other people's parts: <c>tests/Interop/wallets</c>.</summary>
/// <param name="family"><c>openid4vc</c> or <c>sphereon</c>.</param>
internal sealed class ForeignWallet(string family)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>Accepts an offer.</summary>
    /// <returns>The credentials with their keys, as <see cref="ShowAsync"/> takes them.</returns>
    public async Task<JsonArray> AcceptAsync(Offer offer, string format, JsonObject? options = null)
    {
        JsonObject task = new() { ["do"] = "accept", ["offer"] = offer.DeepLink, ["format"] = format, ["txCode"] = offer.TxCode };
        foreach ((string name, JsonNode? value) in options ?? [])
        {
            task[name] = value?.DeepClone();
        }

        return (await RunAsync(task))["credentials"]!.DeepClone().AsArray();
    }

    /// <summary>Shows what is asked.</summary>
    public Task<JsonNode> ShowAsync(Question question, JsonArray credentials) => RunAsync(new() { ["do"] = "show", ["request"] = question.DeepLink, ["credentials"] = credentials.DeepClone() });

    private async Task<JsonNode> RunAsync(JsonObject task)
    {
        ProcessStartInfo start = new("node", ["wallets/run.mjs", family]) { WorkingDirectory = InteropTools.Folder, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process node = Process.Start(start)!;
        Task<string> error = node.StandardError.ReadToEndAsync();
        Task<string> output = node.StandardOutput.ReadToEndAsync();
        await node.StandardInput.WriteAsync(task.ToJsonString());
        node.StandardInput.Close();
        using CancellationTokenSource patience = new(s_patience);
        await node.WaitForExitAsync(patience.Token);
        JsonNode? outcome = JsonNode.Parse(await output);
        return outcome?["answer"] ?? throw new InvalidOperationException($"{family}: {outcome?["error"]} {outcome?["details"]}\n{await error}");
    }
}
