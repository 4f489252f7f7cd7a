using System.Numerics;

namespace Credentials.Ethereum.Registry;

/// <summary>Puts the registry contract on a chain. Idempotent: judged by the code at the address, never by its own transaction, so that a process killed at any line can start over.</summary>
/// <param name="ledger">The chain.</param>
/// <param name="clock">Measures the pauses; the system's unless said otherwise.</param>
public sealed class RegistryDeployer(ILedger ledger, TimeProvider? clock = null)
{
    /// <summary>How long to wait between two looks at the chain.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Deploys from a funded account that deploys nothing else, unless the contract is there already.</summary>
    /// <param name="account">Pays; the contract's address follows from it. It gets no power over the contract.</param>
    /// <param name="cancellationToken">Cancels the wait for the block as well.</param>
    /// <returns>The contract's place, included in the newest block but perhaps not finalized.</returns>
    /// <exception cref="LedgerUnavailableException">The node could not be asked.</exception>
    /// <exception cref="InvalidOperationException">The node refused the transaction, or something else lies at the address.</exception>
    public async Task<TrustedChain> DeployAsync(ChainAccount account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        EthereumAddress address = CredentialRegistryContract.AddressOf(account.Address, 0);
        SignedTransaction? transaction = null;
        while (true)
        {
            ChainMarks marks = await ledger.GetMarksAsync(address, cancellationToken);
            if (marks.ContractCodeHash is { } code && code.Equals(CredentialRegistryContract.CodeHash))
            {
                return new(marks.ChainId, marks.GenesisHash, address, code);
            }

            if (await ledger.GetTransactionCountAsync(account.Address, BlockTag.Latest, cancellationToken) > 0
                && !(await ledger.GetMarksAsync(address, cancellationToken)).ContractCodeHash.Equals(CredentialRegistryContract.CodeHash))
            {
                throw new InvalidOperationException($"The account {account.Address} sent transactions before, and its first one did not create the registry. Deploy from a fresh account.");
            }

            transaction ??= await SignAsync(account, marks.ChainId, cancellationToken);
            await SendAsync(transaction, cancellationToken);
            await Task.Delay(PollInterval, clock ?? TimeProvider.System, cancellationToken);
        }
    }

    private async Task<SignedTransaction> SignAsync(ChainAccount account, ulong chainId, CancellationToken cancellationToken)
    {
        FeeSuggestion fees = await ledger.SuggestFeesAsync(cancellationToken);
        return ledger.Sign(new(chainId, 0, null, CredentialRegistryContract.Bytecode, BigInteger.Zero, RegistryGas.Deploy, fees), account);
    }

    // At each look again: a node that is restarted forgets what waits in its pool.
    private async Task SendAsync(SignedTransaction transaction, CancellationToken cancellationToken)
    {
        SendResult result = await ledger.SendAsync(transaction, cancellationToken);

        // Underpriced or used up: an earlier process sent its own, and the code will tell.
        if (result.Outcome is not (SendOutcome.Accepted or SendOutcome.Underpriced or SendOutcome.NonceTooLow))
        {
            throw new InvalidOperationException($"The node refused to deploy the registry: {result.Message}. Account: {transaction.From.ToChecksumString()}.");
        }
    }
}
