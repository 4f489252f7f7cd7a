using System.Numerics;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Xunit;

namespace Credentials.TestKit.Ledger;

/// <summary>A chain with the registry on it, and the hand that moves it: what the law-book needs to know of a kind of ledger.</summary>
public abstract class LedgerWorld : IAsyncLifetime
{
    /// <summary>The client under the law.</summary>
    public abstract ILedger Ledger { get; }

    /// <summary>The chain and its registry, finalized.</summary>
    public abstract TrustedChain Registry { get; }

    /// <summary>A fresh account with ten ether, or another balance.</summary>
    public async Task<ChainAccount> CreateAccountAsync(BigInteger? wei = null)
    {
        ChainAccount account = ChainAccount.Generate();
        await SetBalanceAsync(account.Address, wei ?? 10 * AnvilFixture.Ether);
        return account;
    }

    /// <summary>Calls the registry as of the newest block, past the client under the law: what it gives back for each call, null where it reverts.</summary>
    public abstract Task<IReadOnlyList<byte[]?>> CallAsync(IReadOnlyList<byte[]> calls);

    /// <summary>Gives an account a balance.</summary>
    public abstract Task SetBalanceAsync(EthereumAddress account, BigInteger wei);

    /// <summary>Mines blocks; nothing is mined otherwise.</summary>
    public abstract Task MineAsync(int blocks = 1);

    /// <summary>Lets so many seconds pass before the next block. Without, two blocks may have the same time.</summary>
    public abstract Task PassAsync(int seconds);

    /// <summary>Replaces the newest blocks by as many empty ones.</summary>
    public abstract Task ReorganiseAsync(int depth);

    /// <summary>Ends the node.</summary>
    public abstract Task UnplugAsync();

    /// <summary>Another chain of the same kind, with the same id and the registry at an address of its own.</summary>
    public abstract Task<LedgerWorld> CreateTwinAsync();

    /// <inheritdoc/>
    public abstract Task InitializeAsync();

    /// <inheritdoc/>
    public abstract Task DisposeAsync();
}
