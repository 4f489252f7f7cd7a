using System.Security.Cryptography;
using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.TestKit.Ledger;

namespace Credentials.Ethereum;

/// <summary>What the fake offers beyond the law-book.</summary>
public sealed class InMemoryLedgerTests
{
    private readonly InMemoryLedger _ledger = new();

    [Fact]
    public async Task Reorganised_transactions_can_go_back_to_the_pool()
    {
        SignedTransaction transfer = await SendAsync();
        _ledger.Mine();
        _ledger.Reorganise(1, returnToPool: true);
        Assert.Null(await _ledger.GetReceiptAsync(transfer.Hash, default));
        Assert.Equal(1, _ledger.PoolSize);
        _ledger.Mine();
        Assert.True((await _ledger.GetReceiptAsync(transfer.Hash, default))!.Succeeded);
    }

    [Fact]
    public async Task A_dropped_transaction_is_forgotten_and_can_be_sent_again()
    {
        SignedTransaction transfer = await SendAsync();
        _ledger.DropPool();
        _ledger.Mine();
        Assert.Null(await _ledger.GetReceiptAsync(transfer.Hash, default));
        Assert.Equal(new(SendOutcome.Accepted, null), await _ledger.SendAsync(transfer, default));
    }

    [Fact]
    public async Task When_it_mines_at_once_everything_is_final_at_once()
    {
        _ledger.MinesAtOnce = true;
        SignedTransaction transfer = await SendAsync();
        TransactionReceipt receipt = (await _ledger.GetReceiptAsync(transfer.Hash, default))!;
        Assert.InRange((await _ledger.GetBlockAsync(BlockTag.Finalized, default))!.Number, receipt.BlockNumber, ulong.MaxValue);
    }

    [Fact]
    public async Task A_chain_without_tags_has_none()
    {
        TrustedChain registry = await _ledger.DeployRegistryAsync();
        _ledger.HasTags = false;
        Assert.Null(await _ledger.GetBlockAsync(BlockTag.Safe, default));
        RegistryReading reading = await new TrustedRegistryReader(registry, _ledger).ReadAsync(new(default, MerkleRoot.From(RandomNumberGenerator.GetBytes(32)), null), default);
        Assert.False(reading.Record!.InstitutionExists);
    }

    [Fact]
    public async Task Plugged_in_again_it_has_forgotten_nothing()
    {
        SignedTransaction transfer = await SendAsync();
        _ledger.Unplugged = true;
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => _ledger.GetReceiptAsync(transfer.Hash, default));
        _ledger.Unplugged = false;
        _ledger.Mine();
        Assert.NotNull(await _ledger.GetReceiptAsync(transfer.Hash, default));
    }

    [Fact]
    public async Task Takes_only_bytes_that_decode()
    {
        SignedTransaction transfer = await SendAsync();
        Assert.Equal(SendOutcome.Refused, (await _ledger.SendAsync(transfer with { Raw = new byte[] { 2, 0xc0 } }, default)).Outcome);
    }

    private async Task<SignedTransaction> SendAsync()
    {
        using ChainAccount account = ChainAccount.Generate();
        _ledger.Fund(account.Address, AnvilFixture.Ether);
        SignedTransaction transfer = _ledger.Sign(new(_ledger.ChainId, 0, EthereumAddress.Zero, default, 1, 21_000, await _ledger.SuggestFeesAsync(default)), account);
        Assert.Equal(SendOutcome.Accepted, (await _ledger.SendAsync(transfer, default)).Outcome);
        return transfer;
    }
}
