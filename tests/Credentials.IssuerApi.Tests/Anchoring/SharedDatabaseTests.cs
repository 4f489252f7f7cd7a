using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.Tests.Anchoring.Lab;

namespace Credentials.IssuerApi.Tests.Anchoring;

/// <summary>Several processes over one database, and a key that is elsewhere.</summary>
public sealed class SharedDatabaseTests
{
    [Fact]
    public async Task Shares_the_queue_among_four_processes_whose_steps_overlap_and_never_a_nonce()
    {
        using AnchoringLab lab = await AnchoringLab.CreateAsync();
        InstitutionId coimbra = await lab.CreateInstitutionAsync("coimbra");
        IssuerProcess[] processes = [.. Enumerable.Range(0, 4).Select(_ => lab.StartBeside())];
        for (int round = 0; round < 8; round++)
        {
            await lab.IssueAsync("coimbra", 1 + round);
            await lab.RevokeAsync("coimbra", coimbra, RegistryHandle.Create());
            lab.Clock.Advance(lab.Options.MaxBatchAge);

            // Worse than it ever gets: nobody waits for his turn. Whoever comes second finds it done, or is told so by the database.
            await Task.WhenAll(processes.Select(process => Task.Run(async () =>
            {
                await process.SealAsync();
                await process.SendAsync();
                await process.FollowAsync();
            })));
            lab.MineOne();
        }

        await lab.SettleAsync();
        await AnchoringLaw.AssertAsync(lab);
        Assert.Equal(36, await lab.QueryOneAsync<long>("SELECT sum(tree_size) FROM anchor_batches"));
        Array.ForEach(processes, process => process.Dispose());
    }

    [Fact]
    public async Task Makes_one_account_when_several_processes_start_on_an_empty_database()
    {
        using AnchoringLab lab = await AnchoringLab.CreateAsync();
        await lab.WriteAsync(async write => await Dapper.SqlMapper.ExecuteAsync(write.Connection!, "DELETE FROM chain_accounts", transaction: write));
        IssuerProcess[] processes = [.. Enumerable.Range(0, 4).Select(_ => lab.StartBeside())];

        EthereumAddress[] addresses = await Task.WhenAll(processes.Select(process => Task.Run(() => process.Get<ChainAccounts>().GetAddressAsync(CancellationToken.None))));

        Assert.Single(addresses.Distinct());
        Array.ForEach(processes, process => process.Dispose());
    }

    [Fact]
    public async Task Holds_nothing_while_a_signer_far_away_takes_its_time_and_goes_on_when_it_comes_back()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        using ChainAccount key = ChainAccount.Generate();
        lab.Chain.Fund(key.Address, System.Numerics.BigInteger.Pow(10, 20));
        RemoteSigner signer = new(key, () => lab.IssueAsync("coimbra", 1));
        using IssuerProcess process = lab.StartBeside(signer);

        signer.IsDown = true;
        await Assert.ThrowsAsync<SignerUnavailableException>(process.SendAsync);
        Assert.Equal(["leased", "leased"], await lab.QueryAsync<string>("SELECT state FROM transactions ORDER BY nonce"));
        Assert.Equal(0, lab.Recorder.Sends);

        signer.IsDown = false;
        await process.SendAsync();

        Assert.Equal(["submitted", "submitted"], await lab.QueryAsync<string>("SELECT state FROM transactions ORDER BY nonce"));
        Assert.Equal(2, signer.Signatures);
        Assert.Equal([0UL, 1UL], lab.Recorder.Sent.Select(sent => sent.Request.Nonce).Order());
        Assert.All(lab.Recorder.Sent, sent => Assert.Equal(key.Address, sent.From));
    }

    [Fact]
    public async Task Keeps_what_was_signed_before_the_signer_failed()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        using ChainAccount key = ChainAccount.Generate();
        lab.Chain.Fund(key.Address, System.Numerics.BigInteger.Pow(10, 20));
        RemoteSigner signer = new(key, () => Task.CompletedTask) { FailsAfter = 1 };
        using IssuerProcess process = lab.StartBeside(signer);

        await Assert.ThrowsAsync<SignerUnavailableException>(process.SendAsync);

        Assert.Equal(["submitted", "leased"], await lab.QueryAsync<string>("SELECT state FROM transactions ORDER BY nonce"));
        signer.FailsAfter = int.MaxValue;
        Assert.Null(await process.SendAsync());
        Assert.Equal(2, lab.Recorder.Sent.Count);
    }

    /// <summary>A key management service: slow, sometimes away. While it signs, others write to the database.</summary>
    private sealed class RemoteSigner(ChainAccount key, Func<Task> meanwhile) : IChainSigner
    {
        public bool IsDown { get; set; }

        public int FailsAfter { get; set; } = int.MaxValue;

        public int Signatures { get; private set; }

        public EthereumAddress Address => key.Address;

        public async Task<ChainSignature> SignHashAsync(Bytes32 hash, CancellationToken cancellationToken)
        {
            if (IsDown || Signatures >= FailsAfter)
            {
                throw new SignerUnavailableException("The key management service does not answer.");
            }

            await meanwhile().WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
            Signatures++;
            return await key.SignHashAsync(hash, cancellationToken);
        }
    }
}
