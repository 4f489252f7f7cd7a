using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.EndToEnd.World;
using Credentials.OpenId.Presentation;
using Credentials.OpenId.Wallet;
using Credentials.OpenId.Wallet.Presenting;
using Credentials.TestKit;
using Xunit.Abstractions;

namespace Credentials.EndToEnd.Load;

/// <summary>Many learners answer an employer's question at once: how many presentations are verified a second, all checks made, chain and status list included. The numbers are told, not judged: they are this machine's.</summary>
[Collection("end to end")]
public sealed class PresentationLoadTests(ITestOutputHelper output)
{
    private const int Wallets = 16;
    private const int Copies = 20;

    private static readonly int s_presentations = Randomised.Soak ? 6_000 : 80;

    [RateFact]
    public Task Verifies_presentations_at_a_rate() => WalletWorld.RunAsync(output, RunAsync);

    private async Task RunAsync(WalletWorld world)
    {
        string diploma = await world.Registrar.IssueAsync();
        await world.WaitUntilAllIsFinalAsync();
        List<Attacker> learners = [];
        List<HeldCredential> held = [];
        for (int i = 0; i < Copies; i++)
        {
            Attacker learner = await Attacker.OpenAsync(world.Web, await world.Registrar.OfferAsync(diploma));
            learners.Add(learner);
            held.Add(await learner.AcceptAsync());
        }

        PresentationClient client = new(world.Web, new()); // The verifier names itself by a did:jwk: nothing has to be fetched for that.
        await AnswerAsync(world, client, held, new Latencies(), new Latencies(), Copies); // Warm: the first ones compile the program, and fetch keys and list.

        Latencies asking = new();
        Latencies answering = new();
        ProcessorTimes before = ProcessorTimes.Now(world.VerifierProcessorTime);
        long start = Stopwatch.GetTimestamp();
        await AnswerAsync(world, client, held, asking, answering, s_presentations);
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"soak: {answering.Count} presentations asked for and verified in {took.TotalSeconds:0.0} s by {Wallets} wallets at once, {answering.Count / took.TotalSeconds:0} a second on {Environment.ProcessorCount} cores; asking and fetching the request {asking}, answering {answering}; {ProcessorTimes.Now(world.VerifierProcessorTime) - before}"));
        learners.ForEach(learner => learner.Dispose());
    }

    private static async Task AnswerAsync(WalletWorld world, PresentationClient client, List<HeldCredential> held, Latencies asking, Latencies answering, int count)
    {
        ConcurrentQueue<int> turns = new(Enumerable.Range(0, count));
        await Task.WhenAll(Enumerable.Range(0, Wallets).Select(_ => Task.Run(async () =>
        {
            while (turns.TryDequeue(out int turn))
            {
                (Question question, CheckedRequest request) = await asking.MeasureAsync(async () =>
                {
                    Question asked = await world.AskAsync(new JsonObject { ["query"] = "level", ["level"] = 6 });
                    return (asked, (await client.OpenAsync(asked.DeepLink, CancellationToken.None)).Require());
                });
                PresentationProposal proposal = PresentationClient.Propose(request, [held[turn % held.Count]]).Require();
                (await answering.MeasureAsync(() => client.SendAsync(proposal, CancellationToken.None))).Require();
                JsonElement outcome = await world.OutcomeAsync(question);
                Assert.Equal("answered", outcome.GetProperty("state").GetString());
                Assert.Equal("verified", outcome.GetProperty("verdict").GetString());
            }
        })));
    }
}
