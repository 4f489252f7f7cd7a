using System.Numerics;
using Credentials.IssuerApi.Anchoring;
using Credentials.IssuerApi.Tests.Anchoring.Lab;

namespace Credentials.IssuerApi.Tests.Anchoring;

/// <summary>What is paid: never more than the operator allows, never a promise that the account cannot keep, and every attempt is counted.</summary>
public sealed class FeeTests
{
    private static readonly BigInteger s_gwei = BigInteger.Pow(10, 9);

    [Fact]
    public async Task Waits_above_the_ceiling_says_so_and_goes_on_below_it()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        lab.Options.MaxFeePerGasGwei = 100;
        lab.Recorder.BaseFee = 60 * s_gwei;

        Stall? stall = await lab.Process.SendAsync();

        Assert.Equal(StallKind.FeeCeiling, stall?.Kind);
        Assert.Contains("up to 120 gwei", stall!.Message, StringComparison.Ordinal);
        Assert.Contains("MaxFeePerGasGwei allows 100", stall.Message, StringComparison.Ordinal);
        Assert.Equal(0, lab.Recorder.Sends);
        Assert.Equal(0, await lab.QueryOneAsync<long>("SELECT count(*) FROM transactions WHERE nonce IS NOT NULL"));

        lab.Recorder.BaseFee = 40 * s_gwei;
        await lab.SettleAsync();
        await AnchoringLaw.AssertAsync(lab);
    }

    [Fact]
    public async Task Raises_no_fee_over_the_ceiling_for_what_is_stuck_either()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        lab.Options.MaxFeePerGasGwei = 100;
        await lab.Process.SendAsync();
        lab.Recorder.BaseFee = 1000 * s_gwei;
        List<StallKind?> said = [];
        for (int poll = 0; poll < 12; poll++)
        {
            said.Add((await lab.Process.SendAsync())?.Kind);
        }

        Assert.Contains(StallKind.FeeCeiling, said);
        Assert.All(lab.Recorder.Sent, sent => Assert.True(sent.Request.Fees.MaxFeePerGas <= 100 * s_gwei));
        lab.Recorder.BaseFee = 0;
        await lab.SettleAsync();
        await AnchoringLaw.AssertAsync(lab);
    }

    [Fact]
    public async Task Promises_less_again_after_a_spike_when_no_node_holds_the_dear_one_and_the_account_cannot_pay_it()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        lab.Recorder.BaseFee = 10_000 * s_gwei;
        lab.Chain.Fund(lab.Account, BigInteger.Pow(10, 17));
        Assert.Equal(StallKind.InsufficientFunds, (await lab.Process.SendAsync())?.Kind);

        lab.Recorder.BaseFee = 0;
        await lab.SettleAsync();

        await AnchoringLaw.AssertAsync(lab);
        Assert.Equal(0, await lab.QueryOneAsync<long>("SELECT count(*) FROM transactions WHERE length(max_fee) > 12"));
    }

    [Fact]
    public async Task Counts_what_an_attempt_without_effect_cost_among_the_batchs_costs()
    {
        using AnchoringLab lab = await AnchoringLab.CreateAsync();
        Credentials.Anchoring.InstitutionId institution = await lab.CreateInstitutionAsync("coimbra");
        await lab.SettleAsync();
        await lab.CallAsync("call", "coimbra", Ethereum.Registry.CredentialRegistryContract.RemoveOperator(institution, lab.Account));
        await lab.SettleAsync();
        await lab.IssueAsync("coimbra", 2);
        for (int round = 0; round < 5; round++)
        {
            await lab.RoundAsync();
        }

        await lab.CallAsync("call", "coimbra", Ethereum.Registry.CredentialRegistryContract.AddOperator(institution, lab.Account));
        await lab.SettleAsync();

        AnchoringReport report = await lab.Process.Get<AnchoringReports>().ReadAsync(null, long.MaxValue, 10, CancellationToken.None);
        AnchorItem anchor = Assert.Single(report.Anchors);
        Assert.True(anchor.Attempt > 1);
        long attempts = await lab.QueryOneAsync<long>("SELECT count(*) FROM transactions WHERE purpose = 'anchor' AND gas_used > 0");
        BigInteger[] costs = [.. (await lab.QueryAsync<string>("SELECT gas_used || ' ' || effective_gas_price FROM transactions WHERE purpose = 'anchor'")).Select(CostOf)];
        Assert.Equal(anchor.Attempt, attempts);
        Assert.Equal(costs.Aggregate(BigInteger.Add).ToString(System.Globalization.CultureInfo.InvariantCulture), anchor.Fee);
    }

    private static BigInteger CostOf(string row) => row.Split(' ').Select(part => BigInteger.Parse(part, System.Globalization.CultureInfo.InvariantCulture)).Aggregate(BigInteger.Multiply);
}
