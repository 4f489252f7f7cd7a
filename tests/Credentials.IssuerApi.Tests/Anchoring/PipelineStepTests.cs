using System.Numerics;
using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Anchoring;
using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Tests.Anchoring.Lab;
using Credentials.IssuerApi.Tests.Batches;

namespace Credentials.IssuerApi.Tests.Anchoring;

/// <summary>The process dies at each named step of the pipeline; the next one goes on. A step without a life that reaches it fails here.</summary>
public sealed class PipelineStepTests
{
    public static TheoryData<string> Steps => [.. PipelineStep.All.Select(step => step.Name)];

    [Fact]
    public void Names_every_step_once() => Assert.Equal(PipelineStep.All.Count, PipelineStep.All.Select(step => step.Name).Distinct(StringComparer.Ordinal).Count());

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Loses_and_doubles_nothing_when_killed_at_a_step(string name)
    {
        PipelineStep step = PipelineStep.All.Single(step => step.Name == name);
        if (name.StartsWith("rows-", StringComparison.Ordinal))
        {
            await BatchCrashTests.AssertEveryLineGetsOneCredentialAsync(StepKiller.Arm(step));
            return;
        }

        using AnchoringLab lab = await AnchoringLab.CreateAsync(StepKiller.Arm(step));
        await LiveAsync(lab);
        await lab.SettleAsync();

        Assert.Equal(1, lab.Deaths);
        await AnchoringLaw.AssertAsync(lab);
        Assert.Equal(7, await lab.QueryOneAsync<long>("SELECT sum(tree_size) FROM anchor_batches"));
        Assert.Equal(0, await lab.QueryOneAsync<long>("SELECT count(*) FROM transactions WHERE state = 'leased' OR (purpose = 'revoke' AND attempt = 1 AND state <> 'failed')"));
    }

    // A batch; fees that rise over it; a batch that is cancelled; a revocation that the contract refuses until we are its operator again.
    private static async Task LiveAsync(AnchoringLab lab)
    {
        InstitutionId coimbra = await lab.CreateInstitutionAsync("coimbra");
        await lab.IssueAsync("coimbra", 3);
        lab.Clock.Advance(lab.Options.MaxBatchAge);
        await lab.StepAsync(process => process.SealAsync());
        await lab.StepAsync(process => process.SendAsync());
        lab.Recorder.BaseFee = BigInteger.Pow(10, 12);
        for (int poll = 0; poll < 6; poll++)
        {
            await lab.StepAsync(process => process.SendAsync());
        }

        await lab.SettleAsync();
        await lab.IssueAsync("coimbra", 4);
        lab.Clock.Advance(lab.Options.MaxBatchAge);
        for (int again = 0; again < 2; again++)
        {
            await lab.StepAsync(process => process.SealAsync());
            await lab.StepAsync(process => process.SendAsync());
        }

        long anchor = await lab.QueryOneAsync<long>("SELECT max(id) FROM transactions WHERE purpose = 'anchor'");
        await lab.Process.Get<TransactionCancelling>().CancelAsync(anchor, new Caller("administrator", Role.Administrator, null), CancellationToken.None);
        await lab.SettleAsync();
        await lab.CallAsync(TransactionPurpose.Call, "coimbra", CredentialRegistryContract.RemoveOperator(coimbra, lab.Account));
        await lab.SettleAsync();
        await lab.RevokeAsync("coimbra", coimbra, RegistryHandle.Create());
        for (int round = 0; round < 6; round++)
        {
            await lab.RoundAsync();
        }

        await lab.CallAsync(TransactionPurpose.Call, "coimbra", CredentialRegistryContract.AddOperator(coimbra, lab.Account));
    }
}
