using System.Numerics;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;

namespace Credentials.TestKit.Ledger;

/// <summary>What one transaction does to the state: pays its gas, uses its nonce, creates the registry or calls it.</summary>
internal static class InMemoryMachine
{
    public static readonly BigInteger BaseFee = 1_000_000_000;

    private const ulong TransferGas = 21_000;
    private const ulong DeployGas = 1_152_709;
    private const ulong AnchorGas = 48_708;

    // As measured; see contracts/snapshots. What is not here costs what an anchor costs.
    private static readonly (byte[] Selector, ulong Gas)[] Measured =
    [
        (RegistrySelector.CreateInstitution, 70_085),
        (RegistrySelector.AddKey, 120_389),
        (RegistrySelector.RevokeKey, 32_436),
        (RegistrySelector.SetIdentity, 70_970),
        (RegistrySelector.ProposeSuccessor, 54_954),
        (RegistrySelector.AcceptSuccession, 71_207),
        (RegistrySelector.Accredit, 54_512),
        (RegistrySelector.RevokeAccreditation, 32_595),
        (RegistrySelector.DistrustRoot, 31_650),
        (RegistrySelector.AcceptController, 29_262),
    ];

    public static InMemoryState Execute(InMemoryState state, SignedTransaction transaction, BlockHeader block)
    {
        TransactionRequest request = transaction.Request;
        ulong time = (ulong)block.Time.ToUnixTimeSeconds();
        EthereumAddress? created = request.To is null ? CredentialRegistryContract.AddressOf(transaction.From, request.Nonce) : null;
        ulong needed = GasOf(request.Data.Span);
        InMemoryState? after = needed > request.GasLimit ? null
            : created is { } address ? Create(state, address, request)
            : Call(state, transaction, time, block.Number);

        ulong used = after is null ? Math.Min(needed, request.GasLimit) : needed;
        BigInteger price = BigInteger.Min(request.Fees.MaxFeePerGas, BaseFee + request.Fees.MaxPriorityFeePerGas);
        InMemoryState paid = after ?? state;
        TransactionReceipt receipt = new(transaction.Hash, after is not null, block.Number, block.Hash, used, price, created);
        return paid with
        {
            Nonces = paid.Nonces.SetItem(transaction.From, request.Nonce + 1),
            Balances = paid.Balances.SetItem(transaction.From, paid.BalanceOf(transaction.From) - (used * price)),
            Receipts = paid.Receipts.SetItem(transaction.Hash, receipt),
        };
    }

    private static InMemoryState? Create(InMemoryState state, EthereumAddress address, TransactionRequest request) =>
        request.Data.Span.SequenceEqual(CredentialRegistryContract.Bytecode.Span)
            ? state with { Contracts = state.Contracts.Add(address, InMemoryRegistry.Empty) }
            : null;

    private static InMemoryState? Call(InMemoryState state, SignedTransaction transaction, ulong time, ulong block)
    {
        TransactionRequest request = transaction.Request;
        EthereumAddress to = request.To!.Value;
        if (!state.Contracts.TryGetValue(to, out InMemoryRegistry? registry))
        {
            // A transfer: to somebody who only keeps it.
            BigInteger left = state.BalanceOf(transaction.From) - request.Value;
            InMemoryState sent = state with { Balances = state.Balances.SetItem(transaction.From, left) };
            return sent with { Balances = sent.Balances.SetItem(to, sent.BalanceOf(to) + request.Value) };
        }

        // Nothing in the contract is payable.
        return request.Value.IsZero && registry.Call(transaction.From, request.Data.Span, time, block) is { } next
            ? state with { Contracts = state.Contracts.SetItem(to, next) }
            : null;
    }

    private static ulong GasOf(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            return TransferGas;
        }

        foreach ((byte[] selector, ulong gas) in Measured)
        {
            if (data.StartsWith(selector))
            {
                return gas;
            }
        }

        return data.SequenceEqual(CredentialRegistryContract.Bytecode.Span) ? DeployGas : AnchorGas;
    }
}
