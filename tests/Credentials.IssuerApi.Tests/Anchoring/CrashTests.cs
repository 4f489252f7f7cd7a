using Credentials.Anchoring;
using Credentials.IssuerApi.Tests.Anchoring.Lab;
using Xunit.Abstractions;

namespace Credentials.IssuerApi.Tests.Anchoring;

/// <summary>The process is killed before, during and after every single operation on its database and its chain.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(CrashMoment.Before)]
    [InlineData(CrashMoment.During)]
    [InlineData(CrashMoment.After)]
    public async Task Loses_and_doubles_nothing_when_killed_at_any_operation(CrashMoment moment)
    {
        int operations = await RunAsync(new CrashPoint(int.MaxValue, moment));
        Assert.InRange(operations, 10, 1000);
        for (int operation = 1; operation <= operations; operation++)
        {
            await RunAsync(new CrashPoint(operation, moment));
        }

        output.WriteLine($"soak: killed at each of {operations} operations in turn ({moment}): nothing lost, nothing doubled");
    }

    private static async Task<int> RunAsync(CrashPoint crash)
    {
        using AnchoringLab lab = await AnchoringLab.CreateAsync(crash);
        InstitutionId coimbra = await lab.CreateInstitutionAsync("coimbra");
        await lab.CreateInstitutionAsync("fudan");
        await lab.IssueAsync("coimbra", 3);
        await lab.IssueAsync("fudan", 2);
        await lab.RoundAsync();
        await lab.IssueAsync("coimbra", 4);
        await lab.RevokeAsync("coimbra", coimbra, RegistryHandle.Create());
        await lab.SettleAsync();
        int operations = crash.Operations;
        await AnchoringLaw.AssertAsync(lab);
        Assert.Equal(crash.IsDead ? 1 : 0, lab.Deaths);
        return operations;
    }
}
