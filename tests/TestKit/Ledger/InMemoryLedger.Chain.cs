using System.Globalization;
using System.Numerics;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Proofs;
using Credentials.Ethereum.Registry;
using Credentials.TestKit.Ledger.Tries;

namespace Credentials.TestKit.Ledger;

/// <content>The chain itself, and what a test does to it.</content>
public sealed partial class InMemoryLedger
{
    private const int ReplacementPercent = 110;

    private readonly List<InMemoryBlock> _blocks = [];
    private readonly List<SignedTransaction> _pool = [];
    private int _forks;

    /// <summary>Whether the node can be asked.</summary>
    public bool Unplugged { get; set; }

    /// <summary>Whether the chain has the tags safe and finalized.</summary>
    public bool HasTags { get; set; } = true;

    /// <summary>Whether each accepted transaction is mined at once, in a block of its own, with two empty ones after it: everything is final as soon as it is sent.</summary>
    public bool MinesAtOnce { get; set; }

    /// <summary>Number of transactions that wait.</summary>
    public int PoolSize
    {
        get
        {
            lock (_gate)
            {
                return _pool.Count;
            }
        }
    }

    private InMemoryBlock Head
    {
        get
        {
            if (_blocks.Count == 0)
            {
                _blocks.Add(new(InMemoryTries.Seal(null, Second(clock.GetUtcNow()), InMemoryState.Empty, _salt, _forks), InMemoryState.Empty));
            }

            return _blocks[^1];
        }
    }

    /// <summary>Gives an account a balance.</summary>
    public void Fund(EthereumAddress account, BigInteger wei)
    {
        lock (_gate)
        {
            InMemoryBlock head = Head;
            _blocks[^1] = head with { State = head.State with { Balances = head.State.Balances.SetItem(account, wei) } };
        }
    }

    /// <summary>Deploys the registry from a fresh account and makes it final.</summary>
    public async Task<TrustedChain> DeployRegistryAsync()
    {
        using ChainAccount deployer = ChainAccount.Generate();
        Fund(deployer.Address, AnvilFixture.Ether);
        Task<TrustedChain> deployed = new RegistryDeployer(this) { PollInterval = TimeSpan.FromMilliseconds(1) }.DeployAsync(deployer, CancellationToken.None);
        Mine(3);
        return await deployed;
    }

    /// <summary>Mines blocks; the first one takes all that can be taken from the pool.</summary>
    public void Mine(int blocks = 1)
    {
        lock (_gate)
        {
            for (int block = 0; block < blocks; block++)
            {
                MineOne();
            }
        }
    }

    /// <summary>Replaces the newest blocks by as many empty ones. What was in them is forgotten, or waits again.</summary>
    public void Reorganise(int depth, bool returnToPool = false)
    {
        lock (_gate)
        {
            List<InMemoryBlock> dropped = _blocks.GetRange(_blocks.Count - depth, depth);
            _blocks.RemoveRange(_blocks.Count - depth, depth);
            _forks++;
            List<SignedTransaction> waiting = [.. returnToPool ? _mined.Where(mined => mined.Block > Head.Header.Number).Select(mined => mined.Transaction) : [], .. _pool];
            _mined.RemoveAll(mined => mined.Block > Head.Header.Number);
            _pool.Clear();
            dropped.ForEach(_ => MineOne());
            _pool.AddRange(waiting);
        }
    }

    /// <summary>Forgets all that waits, as a node that is restarted does.</summary>
    public void DropPool()
    {
        lock (_gate)
        {
            _pool.Clear();
        }
    }

    private readonly List<(ulong Block, SignedTransaction Transaction)> _mined = [];

    private SendResult Send(Parsed<SignedTransaction> decoded)
    {
        if (!decoded.Ok)
        {
            return new(SendOutcome.Refused, decoded.Problem.Detail);
        }

        SignedTransaction transaction = decoded.Value;
        SendResult result = Judge(transaction);
        if (result is { Outcome: SendOutcome.Accepted, Message: null })
        {
            _pool.RemoveAll(other => other.From == transaction.From && other.Request.Nonce == transaction.Request.Nonce);
            _pool.Add(transaction);
            for (int block = 0; MinesAtOnce && block < 3; block++)
            {
                MineOne();
            }
        }

        return result;
    }

    private SendResult Judge(SignedTransaction transaction)
    {
        TransactionRequest request = transaction.Request;
        InMemoryState state = Head.State;
        SignedTransaction? rival = _pool.Find(other => other.From == transaction.From && other.Request.Nonce == request.Nonce);
        return request.ChainId != chainId ? new(SendOutcome.Refused, "invalid chain id")
            : state.Receipts.ContainsKey(transaction.Hash) || rival?.Hash.Equals(transaction.Hash) == true ? new(SendOutcome.Accepted, "already known")
            : request.Nonce < state.NonceOf(transaction.From) ? new(SendOutcome.NonceTooLow, "nonce too low")
            : request.Fees.MaxFeePerGas < InMemoryMachine.BaseFee ? new(SendOutcome.Underpriced, "max fee per gas less than block base fee")
            : state.BalanceOf(transaction.From) < (request.GasLimit * request.Fees.MaxFeePerGas) + request.Value ? new(SendOutcome.InsufficientFunds, "insufficient funds")
            : rival is not null && !Outbids(request.Fees, rival.Request.Fees) ? new(SendOutcome.Underpriced, "replacement transaction underpriced")
            : new(SendOutcome.Accepted, null);
    }

    private static bool Outbids(FeeSuggestion offer, FeeSuggestion rival) =>
        100 * offer.MaxFeePerGas >= ReplacementPercent * rival.MaxFeePerGas && 100 * offer.MaxPriorityFeePerGas >= ReplacementPercent * rival.MaxPriorityFeePerGas;

    private void MineOne()
    {
        InMemoryBlock head = Head;
        ulong number = head.Header.Number + 1;
        DateTimeOffset now = Second(clock.GetUtcNow());
        BlockHeader unsealed = new(number, default, now > head.Header.Time ? now : head.Header.Time.AddSeconds(1));
        InMemoryState state = head.State;
        List<Bytes32> taken = [];
        foreach (SignedTransaction transaction in _pool.OrderBy(waiting => waiting.Request.Nonce).ToArray())
        {
            if (transaction.Request.Nonce == state.NonceOf(transaction.From))
            {
                state = InMemoryMachine.Execute(state, transaction, unsealed);
                taken.Add(transaction.Hash);
                _pool.Remove(transaction);
                _mined.Add((number, transaction));
            }
        }

        // A block has its hash only after its transactions are done: their state is in it.
        EncodedHeader header = InMemoryTries.Seal(head.Sealed, unsealed.Time, state, _salt, _forks);
        state = state with { Receipts = state.Receipts.SetItems(taken.Select(hash => KeyValuePair.Create(hash, state.Receipts[hash] with { BlockHash = header.Hash }))) };
        _blocks.Add(new(header, state));
    }

    private InMemoryBlock Require(BlockTag tag) => Find(tag) ?? throw new LedgerUnavailableException($"The chain in memory has no block {tag.Value}.");

    private InMemoryBlock? Find(BlockTag tag)
    {
        InMemoryBlock head = Head;
        if (tag == BlockTag.Latest)
        {
            return head;
        }

        if (tag == BlockTag.Safe || tag == BlockTag.Finalized)
        {
            return HasTags ? _blocks[Math.Max(0, _blocks.Count - (tag == BlockTag.Safe ? 2 : 3))] : null;
        }

        return int.TryParse(tag.Value.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int number) && number < _blocks.Count ? _blocks[number] : null;
    }

    private static DateTimeOffset Second(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
