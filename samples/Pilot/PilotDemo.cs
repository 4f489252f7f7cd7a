using System.Diagnostics;
using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.Verification;

namespace Credentials.Pilot;

/// <summary><c>make demo</c>: one pass from an empty folder, every step shown by what it does.</summary>
internal static class PilotDemo
{
    public static async Task<int> TellAsync(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        string folder = Path.Combine(Path.GetTempPath(), "credentials-demo-" + Guid.NewGuid().ToString("n"));
        try
        {
            await using LocalPilot pilot = await LocalPilot.StartAsync(folder, freePorts: true, cancellationToken);
            using var university = new University(pilot);
            using var employer = new Employer(pilot);
            Say(start, $"A chain of our own is up (id {pilot.Settings.ChainId}), with the registry at {pilot.Trusted.Contract}.");

            await university.OpenAsync(cancellationToken);
            Say(start, $"A university opened its desk: {pilot.Settings.Did}");
            Say(start, $"It is accredited by {Authorities.AgencyName}, which has that right from {Authorities.MinistryName}. The employer trusts the ministry, and nobody else.");

            string keep = await university.IssueAsync("brazil", cancellationToken);
            string regret = await university.IssueAsync("morocco", cancellationToken);
            Say(start, "Two diplomas issued and signed.");

            JsonNode state = await university.WaitUntilFinalAsync(keep, _ => { }, cancellationToken);
            await university.WaitUntilFinalAsync(regret, _ => { }, cancellationToken);
            Say(start, await AnchorStoryAsync(pilot, state, cancellationToken));

            byte[] diploma = await university.DownloadAsync(keep, "anchored", cancellationToken);
            byte[] revoked = await university.DownloadAsync(regret, "anchored", cancellationToken);
            await ExpectAsync(start, employer, "The diploma", diploma, Verdict.Verified, null, cancellationToken);
            await ExpectAccreditedAsync(employer, diploma, cancellationToken);

            byte[] tampered = Tamper(diploma);
            await ExpectAsync(start, employer, "A copy with another degree in it", tampered, Verdict.Rejected, CheckName.Proof, cancellationToken);

            await university.RevokeAsync(regret, cancellationToken);
            await ExpectAsync(start, employer, "The other diploma, now revoked", revoked, Verdict.Rejected, CheckName.Status, cancellationToken);

            await pilot.UnplugChainAsync();
            await ExpectAsync(start, employer, "The good diploma, with the chain unplugged", diploma, Verdict.Indeterminate, CheckName.Anchor, cancellationToken);
        }
        catch (PilotException fault)
        {
            await Console.Error.WriteLineAsync($"\nThe story broke off: {fault.Message}\nLogs: {folder}");
            return 1;
        }

        Directory.Delete(folder, recursive: true);
        Say(start, "All of it happened.");
        return 0;
    }

    private static void Say(long start, string text) => Console.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalSeconds,5:0.0} s  {text}");

    private static async Task<string> AnchorStoryAsync(LocalPilot pilot, JsonNode state, CancellationToken cancellationToken)
    {
        if (!Bytes32.TryParse((string?)state["transaction"], out Bytes32 hash) || await pilot.Ledger.GetReceiptAsync(hash, cancellationToken) is not { Succeeded: true } receipt)
        {
            throw new PilotException($"The chain knows no transaction {state["transaction"]} that anchored the diploma.");
        }

        return $"Anchored in block {receipt.BlockNumber} for {receipt.GasUsed} gas, and final.";
    }

    private static byte[] Tamper(byte[] diploma)
    {
        JsonNode json = JsonNode.Parse(diploma)!;
        JsonObject subject = json["credentialSubject"]!.AsObject();
        subject["name"] = "Somebody Else";
        return System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private static async Task ExpectAccreditedAsync(Employer employer, byte[] diploma, CancellationToken cancellationToken)
    {
        VerificationResult result = await employer.VerifyAsync(diploma, cancellationToken);
        if (!result.Checks.Any(check => check is { Name: CheckName.Accreditation, Outcome: CheckOutcome.Passed }))
        {
            throw new PilotException("The employer was not told who accredited the university.");
        }
    }

    private static async Task ExpectAsync(long start, Employer employer, string what, byte[] diploma, Verdict expected, string? check, CancellationToken cancellationToken)
    {
        VerificationResult result = await employer.VerifyAsync(diploma, cancellationToken);
        CheckResult? decisive = result.Decisive;
        Say(start, $"{what}: {Employer.Words(result.Verdict)}{(decisive is null ? string.Empty : $" ({decisive.Name}: {decisive.Detail})")}");
        Employer.Print(result);
        bool named = check is null || result.Checks.Any(found => found.Name == check && found.Outcome is CheckOutcome.Failed or CheckOutcome.Indeterminate);
        if (result.Verdict != expected || !named)
        {
            throw new PilotException($"Expected {Employer.Words(expected)}{(check is null ? string.Empty : $" because of {check}")}.");
        }
    }
}
