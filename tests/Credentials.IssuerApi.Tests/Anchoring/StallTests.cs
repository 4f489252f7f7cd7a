using System.Numerics;
using System.Security.Cryptography;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.IssuerApi.Anchoring;
using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.Tests.Anchoring.Lab;
using Credentials.TestKit.Ledger;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Credentials.IssuerApi.Tests.Anchoring;

/// <summary>What stands in the way is said loudly, nothing is sent to the wrong place, and nothing is lost.</summary>
public sealed class StallTests
{
    [Fact]
    public async Task Says_that_the_account_cannot_pay_and_goes_on_when_it_can()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        lab.Chain.Fund(lab.Account, 1000);

        Stall? stall = await lab.Process.SendAsync();

        Assert.Equal(StallKind.InsufficientFunds, stall?.Kind);
        Assert.Contains(lab.Account.ToString(), stall!.Message, StringComparison.Ordinal);
        Assert.Contains("1000 wei", stall.Message, StringComparison.Ordinal);
        Assert.Equal(stall.Message, await lab.QueryOneAsync<string>("SELECT problem FROM transactions WHERE state = 'submitted' ORDER BY nonce LIMIT 1"));

        lab.Chain.Fund(lab.Account, BigInteger.Pow(10, 20));
        await lab.SettleAsync();
        await AnchoringLaw.AssertAsync(lab);
        Assert.Equal(0, await lab.QueryOneAsync<long>("SELECT count(*) FROM transactions WHERE problem IS NOT NULL"));
    }

    [Fact]
    public async Task Keeps_all_that_is_issued_while_the_chain_is_unplugged()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        lab.Chain.Unplugged = true;
        await lab.RoundAsync();
        await lab.IssueAsync("coimbra", 2);
        await lab.RoundAsync();
        Assert.Equal(StallKind.Unreachable, (await lab.StepAsync(process => process.SendAsync()))?.Kind);
        Assert.Equal(2, await lab.QueryOneAsync<long>("SELECT count(*) FROM anchor_batches"));

        lab.Chain.Unplugged = false;
        await lab.SettleAsync();
        await AnchoringLaw.AssertAsync(lab);
    }

    [Fact]
    public async Task Sends_nothing_to_a_chain_of_another_id()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        lab.Registry = lab.Registry with { ChainId = 1 };
        lab.Start();

        await AssertWrongChainAsync(lab, "serves chain 4242, not 1");
    }

    [Fact]
    public async Task Sends_nothing_to_a_chain_of_the_same_id_that_began_otherwise()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        lab.Registry = lab.Registry with { GenesisHash = Bytes32.From(RandomNumberGenerator.GetBytes(32)) };
        lab.Start();

        await AssertWrongChainAsync(lab, "began with block");
    }

    [Fact]
    public async Task Sends_nothing_to_an_address_without_the_registry()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        lab.Registry = lab.Registry with { Contract = EthereumAddress.From(RandomNumberGenerator.GetBytes(20)) };
        lab.Start();

        await AssertWrongChainAsync(lab, "no registry of this version");
    }

    [Fact]
    public async Task Refuses_a_second_registry_for_the_same_database()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        await lab.SettleAsync();
        await lab.IssueAsync("coimbra", 1);
        int sends = lab.Recorder.Sends;

        lab.Registry = await lab.Chain.DeployRegistryAsync();
        lab.Start();

        await lab.RoundAsync();
        Stall? stall = await lab.Process.SendAsync();
        Assert.Equal(StallKind.WrongChain, stall?.Kind);
        Assert.Contains("this database belongs to the registry eip155:4242:", stall!.Message, StringComparison.Ordinal);
        Assert.Equal(sends, lab.Recorder.Sends);
    }

    [Fact]
    public async Task Takes_nothing_back_because_a_wrong_chain_knows_nothing_of_it()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        await lab.SettleAsync();
        InMemoryLedger wrong = new(4242, lab.Clock);
        await wrong.DeployRegistryAsync();

        using IssuerProcess process = lab.StartOn(wrong);
        Stall? stall = await process.FollowAsync();

        Assert.Equal(StallKind.WrongChain, stall?.Kind);
        Assert.True(await lab.IsSettledAsync());
    }

    [Fact]
    public async Task Repeats_what_the_node_says_when_it_refuses()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        lab.Recorder.Answer = new SendResult(SendOutcome.Refused, "intrinsic gas too low");

        Stall? stall = await lab.Process.SendAsync();

        Assert.Equal(StallKind.Refused, stall?.Kind);
        Assert.Contains("intrinsic gas too low", stall!.Message, StringComparison.Ordinal);
        lab.Recorder.Answer = null;
        await lab.SettleAsync();
        await AnchoringLaw.AssertAsync(lab);
    }

    [Fact]
    public async Task Does_not_bid_without_end_against_a_node_that_always_wants_more()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        lab.Recorder.Answer = new SendResult(SendOutcome.Underpriced, "replacement transaction underpriced");
        for (int poll = 0; poll < 50; poll++)
        {
            Assert.Equal(StallKind.Refused, (await lab.Process.SendAsync())?.Kind);
        }

        FeeSuggestion suggestion = await lab.Recorder.SuggestFeesAsync(CancellationToken.None);
        BigInteger offered = BigInteger.Parse(await lab.QueryOneAsync<string>("SELECT max_fee FROM transactions WHERE nonce = 0"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(offered, suggestion.MaxFeePerGas, 5 * suggestion.MaxFeePerGas);
    }

    [Fact]
    public async Task Names_the_nonce_that_the_chain_lost_and_that_is_not_ours()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        var account = (ChainAccount)await lab.Process.Get<ChainAccounts>().OpenAsync(CancellationToken.None);
        SignedTransaction foreign = lab.Chain.Sign(new TransactionRequest(4242, 0, lab.Account, default, 0, 21_000, await lab.Chain.SuggestFeesAsync(CancellationToken.None)), account);
        await lab.Chain.SendAsync(foreign, CancellationToken.None);
        lab.Chain.Mine();
        await lab.Process.SendAsync();
        Assert.Equal(1, await lab.QueryOneAsync<long>("SELECT min(nonce) FROM transactions"));

        lab.Chain.Reorganise(1);
        Stall? stall = await lab.Process.SendAsync();

        Assert.Equal(StallKind.NonceGap, stall?.Kind);
        Assert.Contains("lacks transaction 0", stall!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_the_key_of_the_account_encrypted_and_cannot_read_it_with_another_key_ring()
    {
        using AnchoringLab lab = await AnchoringLab.CreateAsync();
        byte[] kept = await lab.QueryOneAsync<byte[]>("SELECT secret FROM chain_accounts");
        byte[] key = ((ChainAccount)await lab.Process.Get<ChainAccounts>().OpenAsync(CancellationToken.None)).ExportPrivateKey();

        Assert.Equal(-1, kept.AsSpan().IndexOf(key));
        using ChainAccounts stranger = new(lab.Database, new EphemeralDataProtectionProvider(), lab.Clock, NullLogger<ChainAccounts>.Instance);
        await Assert.ThrowsAnyAsync<CryptographicException>(() => stranger.OpenAsync(CancellationToken.None));
        Assert.Equal(1, await lab.QueryOneAsync<long>("SELECT count(*) FROM chain_accounts"));
    }

    private static async Task AssertWrongChainAsync(AnchoringLab lab, string words)
    {
        Stall? stall = await lab.Process.SendAsync();
        Assert.Equal(StallKind.WrongChain, stall?.Kind);
        Assert.Contains(words, stall!.Message, StringComparison.Ordinal);
        Assert.Equal(StallKind.WrongChain, (await lab.Process.FollowAsync())?.Kind);
        Assert.Equal(0, lab.Recorder.Sends);
        Assert.Equal(0, await lab.QueryOneAsync<long>("SELECT count(*) FROM transactions WHERE nonce IS NOT NULL"));
    }
}
