using System.Numerics;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Xunit;

namespace Credentials.TestKit.Ledger;

/// <content>What becomes of a transaction.</content>
public abstract partial class LedgerLaws
{
    private static readonly FeeSuggestion Fees = new(20_000_000_000, 2_000_000_000);

    [Law]
    public async Task The_same_bytes_sent_twice_are_accepted_twice_and_mined_once()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        SignedTransaction anchor = await actor.SendAsync(CredentialRegistryContract.Anchor(actor.Institution, RandomRoot()));
        AssertSays(SendOutcome.Accepted, await SendAsync(anchor));
        await world.MineAsync();
        AssertSays(SendOutcome.Accepted, await SendAsync(anchor));
        await world.MineAsync();
        Assert.True((await ReceiptAsync(anchor))!.Succeeded);
        Assert.Equal(2UL, await Ledger.GetTransactionCountAsync(actor.Account.Address, BlockTag.Latest, CancellationToken.None));
    }

    [Law]
    public async Task A_nonce_that_another_transaction_used_up_is_too_low()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        SignedTransaction late = await actor.SignAsync(CredentialRegistryContract.Anchor(actor.Institution, RandomRoot()), nonce: 0);
        AssertSays(SendOutcome.NonceTooLow, await SendAsync(late));
        Assert.Null(await ReceiptAsync(late));
    }

    [Law]
    public async Task A_transaction_after_a_gap_waits_until_the_gap_is_filled()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        SignedTransaction first = await actor.SignAsync(CredentialRegistryContract.Anchor(actor.Institution, RandomRoot()));
        SignedTransaction second = await actor.SignAsync(CredentialRegistryContract.Anchor(actor.Institution, RandomRoot()));
        AssertSays(SendOutcome.Accepted, await SendAsync(second));
        await world.MineAsync(2);
        Assert.Null(await ReceiptAsync(second));
        AssertSays(SendOutcome.Accepted, await SendAsync(first));
        await world.MineAsync(2);
        Assert.True((await ReceiptAsync(first))!.Succeeded);
        Assert.True((await ReceiptAsync(second))!.Succeeded);
    }

    [Law]
    public async Task A_replacement_that_pays_too_little_is_underpriced()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        SignedTransaction first = await actor.SignAsync(CredentialRegistryContract.Anchor(actor.Institution, RandomRoot()), nonce: 1, Fees);
        SignedTransaction rival = await actor.SignAsync(CredentialRegistryContract.Anchor(actor.Institution, RandomRoot()), nonce: 1, Fees);
        AssertSays(SendOutcome.Accepted, await SendAsync(first));
        AssertSays(SendOutcome.Underpriced, await SendAsync(rival));
        await world.MineAsync();
        Assert.NotNull(await ReceiptAsync(first));
        Assert.Null(await ReceiptAsync(rival));
    }

    [Law]
    public async Task A_replacement_that_pays_more_takes_the_place()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        SignedTransaction first = await actor.SignAsync(CredentialRegistryContract.Anchor(actor.Institution, RandomRoot()), nonce: 1, Fees);
        SignedTransaction rival = await actor.SignAsync(CredentialRegistryContract.Anchor(actor.Institution, RandomRoot()), nonce: 1, new(2 * Fees.MaxFeePerGas, 2 * Fees.MaxPriorityFeePerGas));
        AssertSays(SendOutcome.Accepted, await SendAsync(first));
        AssertSays(SendOutcome.Accepted, await SendAsync(rival));
        await world.MineAsync();
        Assert.Null(await ReceiptAsync(first));
        Assert.NotNull(await ReceiptAsync(rival));
    }

    [Law]
    public async Task A_fee_below_the_base_fee_is_underpriced()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        SignedTransaction cheap = await actor.SignAsync(CredentialRegistryContract.Anchor(actor.Institution, RandomRoot()), fees: new(1, 1));
        AssertSays(SendOutcome.Underpriced, await SendAsync(cheap));
    }

    [Law]
    public async Task An_account_that_cannot_pay_is_told_so()
    {
        LedgerActor pauper = new(world, await world.CreateAccountAsync(1));
        SignedTransaction transaction = await pauper.SignAsync(CredentialRegistryContract.CreateInstitution(1, EthereumAddress.Zero));
        AssertSays(SendOutcome.InsufficientFunds, await SendAsync(transaction));
        Assert.Null(await ReceiptAsync(transaction));
    }

    [Law]
    public async Task A_transaction_for_another_chain_is_refused()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        SignedTransaction foreign = await actor.SignAsync(CredentialRegistryContract.Anchor(actor.Institution, RandomRoot()), chainId: world.Registry.ChainId + 1);
        AssertSays(SendOutcome.Refused, await SendAsync(foreign));
    }

    [Law]
    public async Task A_transaction_that_nobody_sent_has_no_receipt() =>
        Assert.Null(await Ledger.GetReceiptAsync(RandomRoot().Value, CancellationToken.None));

    [Law]
    public async Task A_failed_transaction_has_a_receipt_and_costs_its_gas()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        BigInteger before = await Ledger.GetBalanceAsync(actor.Account.Address, CancellationToken.None);
        TransactionReceipt receipt = await actor.MineAsync(CredentialRegistryContract.Anchor(actor.Institution, default));
        Assert.False(receipt.Succeeded);
        Assert.InRange(receipt.GasUsed, 21_000UL, RegistryGas.CreateInstitution);
        Assert.Equal(before - (receipt.GasUsed * receipt.EffectiveGasPrice), await Ledger.GetBalanceAsync(actor.Account.Address, CancellationToken.None));
    }

    [Law]
    public async Task Suggested_fees_get_a_transaction_into_the_next_block()
    {
        FeeSuggestion fees = await Ledger.SuggestFeesAsync(CancellationToken.None);
        Assert.True(fees.MaxPriorityFeePerGas > 0 && fees.MaxFeePerGas > fees.MaxPriorityFeePerGas);
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        SignedTransaction anchor = await actor.SignAsync(CredentialRegistryContract.Anchor(actor.Institution, RandomRoot()), fees: fees);
        AssertSays(SendOutcome.Accepted, await SendAsync(anchor));
        await world.MineAsync();
        TransactionReceipt receipt = (await ReceiptAsync(anchor))!;
        Assert.InRange(receipt.EffectiveGasPrice, fees.MaxPriorityFeePerGas, fees.MaxFeePerGas);
    }

    [Law]
    public async Task What_is_signed_can_be_read_back_and_sent_from_its_bytes_alone()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        SignedTransaction signed = await actor.SignAsync(CredentialRegistryContract.Anchor(actor.Institution, RandomRoot()));
        SignedTransaction stored = SignedTransaction.Decode(signed.Raw.ToArray()).Require();
        Assert.Equal((signed.Hash, signed.From, signed.Request.Nonce), (stored.Hash, actor.Account.Address, stored.Request.Nonce));
        AssertSays(SendOutcome.Accepted, await SendAsync(stored));
        await world.MineAsync();
        Assert.True((await ReceiptAsync(signed))!.Succeeded);
    }
}
