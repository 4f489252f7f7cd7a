using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;

namespace Credentials.TestKit.Ledger;

/// <summary>An account that acts on a chain: signs with the next nonce, sends, and mines where told to.</summary>
public sealed class LedgerActor(LedgerWorld world, ChainAccount account)
{
    private const ulong InstitutionNonce = 7;

    // More than any call of the registry takes.
    private const ulong Gas = 500_000;

    private ulong _nonce;

    /// <summary>The account.</summary>
    public ChainAccount Account => account;

    /// <summary>The institution that <see cref="CreateInstitutionAsync"/> makes.</summary>
    public InstitutionId Institution => CredentialRegistryContract.InstitutionIdOf(account.Address, InstitutionNonce);

    /// <summary>A funded account of a world.</summary>
    public static async Task<LedgerActor> CreateAsync(LedgerWorld world)
    {
        ArgumentNullException.ThrowIfNull(world);
        return new(world, await world.CreateAccountAsync());
    }

    /// <summary>A funded account that is controller and operator of its institution.</summary>
    public static async Task<LedgerActor> CreateInstitutionAsync(LedgerWorld world)
    {
        LedgerActor actor = await CreateAsync(world);
        TransactionReceipt receipt = await actor.MineAsync(CredentialRegistryContract.CreateInstitution(InstitutionNonce, actor.Account.Address));
        return receipt.Succeeded ? actor : throw new InvalidOperationException("The institution was not created.");
    }

    /// <summary>Signs a call of the registry, with the next nonce unless told otherwise. Sends nothing.</summary>
    public async Task<SignedTransaction> SignAsync(byte[] data, ulong? nonce = null, FeeSuggestion? fees = null, ulong? chainId = null)
    {
        FeeSuggestion suggestion = fees ?? await world.Ledger.SuggestFeesAsync(CancellationToken.None);
        TransactionRequest request = new(chainId ?? world.Registry.ChainId, nonce ?? _nonce++, world.Registry.Contract, data, 0, Gas, suggestion);
        return world.Ledger.Sign(request, account);
    }

    /// <summary>Signs and sends; gives what was sent.</summary>
    public async Task<SignedTransaction> SendAsync(byte[] data)
    {
        SignedTransaction transaction = await SignAsync(data);
        SendResult result = await world.Ledger.SendAsync(transaction, CancellationToken.None);
        return result.Outcome == SendOutcome.Accepted ? transaction : throw new InvalidOperationException($"{result.Outcome}: {result.Message}");
    }

    /// <summary>Signs, sends, mines one block; gives the receipt.</summary>
    public async Task<TransactionReceipt> MineAsync(byte[] data)
    {
        SignedTransaction transaction = await SendAsync(data);
        await world.MineAsync();
        return await world.Ledger.GetReceiptAsync(transaction.Hash, CancellationToken.None) ?? throw new InvalidOperationException("The block did not take the transaction.");
    }
}
