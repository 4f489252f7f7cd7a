using Credentials.Dids;
using Credentials.EndToEnd.World;
using Credentials.TestKit.Ledger;
using Credentials.Verification;
using Xunit.Abstractions;

namespace Credentials.EndToEnd;

/// <summary>One diploma from the registrar to the employer, through real processes, and what the employer is told when something is amiss.</summary>
[Collection("end to end")]
public sealed class JourneyTests(ITestOutputHelper output)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    [AnvilFact]
    public Task Tells_the_employer_the_truth_at_each_turn() => LocalWorld.RunAsync(output, async world =>
    {
        using Employer employer = new(world);
        string kept = await world.Registrar.IssueAsync();
        string withdrawn = await world.Registrar.IssueAsync();
        byte[] young = await world.Registrar.GetCredentialAsync(kept, "bare");
        VerificationResult early = await employer.VerifyAsync(young);

        // The status may be open too: perhaps the chain does not yet know the university itself.
        AssertVerdict(Verdict.Indeterminate, null, early);
        Assert.Equal(CheckOutcome.Indeterminate, early[CheckName.Anchor].Outcome);

        await world.Registrar.WaitUntilAllIsFinalAsync(s_patience);
        byte[] diploma = await world.Registrar.GetCredentialAsync(kept, "anchored");
        byte[] other = await world.Registrar.GetCredentialAsync(withdrawn, "anchored");
        AssertVerdict(Verdict.Verified, null, await employer.VerifyAsync(diploma));
        AssertVerdict(Verdict.Verified, null, await employer.VerifyAsync(other));
        AssertVerdict(Verdict.Rejected, CheckName.Proof, await employer.VerifyAsync(Tamper(diploma)));

        await world.Registrar.RevokeAsync(withdrawn);
        await world.Registrar.WaitAsync(
            new Uri($"/credentials/{withdrawn}/state", UriKind.Relative), state => state.GetProperty("revocationState").GetString() == "finalized", s_patience);
        AssertVerdict(Verdict.Rejected, CheckName.Status, await employer.VerifyAsync(other));
        AssertVerdict(Verdict.Verified, null, await employer.VerifyAsync(diploma));

        await world.StopChainAsync();
        AssertVerdict(Verdict.Indeterminate, null, await employer.VerifyAsync(diploma));
        AssertVerdict(Verdict.Rejected, CheckName.Proof, await employer.VerifyAsync(Tamper(diploma)));

        // The university is gone. Who kept its DID document learns of the revocation from the chain alone; of the other diploma nobody can say that it was not suspended.
        await world.StartChainAsync();
        employer.Keep(DidDocument.Read(await world.Registrar.GetAsync("/institutions/coimbra/did.json"), world.Registrar.Did).Require());
        await world.StopIssuerAsync();
        AssertVerdict(Verdict.Rejected, CheckName.Status, await employer.VerifyAsync(other));
        AssertVerdict(Verdict.Indeterminate, CheckName.Status, await employer.VerifyAsync(diploma));
    });

    // The grade, and nothing else.
    private static byte[] Tamper(byte[] diploma)
    {
        string text = System.Text.Encoding.UTF8.GetString(diploma);
        string forged = text.Replace("15.82", "18.82", StringComparison.Ordinal);
        Assert.NotEqual(text, forged);
        return System.Text.Encoding.UTF8.GetBytes(forged);
    }

    private static void AssertVerdict(Verdict verdict, string? check, VerificationResult result)
    {
        Assert.True(verdict == result.Verdict, string.Join('\n', result.Checks));
        if (check is not null)
        {
            Assert.Equal(check, result.Decisive?.Name);
        }
    }
}
