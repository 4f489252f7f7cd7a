using System.Numerics;
using Credentials.Anchoring;
using Credentials.Ethereum.Cryptography;
using Credentials.Ethereum.Transactions;
using Credentials.Evidence;

namespace Credentials.Ethereum.Proofs;

/// <summary>What is proven of a contract under a state root: the hash of its code, and some of its slots.</summary>
/// <param name="CodeHash">keccak-256 of the code; of no bytes where there is no such account.</param>
/// <param name="Slots">The proven slots; zero where it is proven that nothing is stored.</param>
internal sealed record ProvenState(Bytes32 CodeHash, IReadOnlyDictionary<Bytes32, BigInteger> Slots)
{
    // All that one question needs is 21 slots.
    private const int MaxSlots = 256;
    private const int AccountItems = 4;

    /// <summary>Verifies the proof of an account and all proofs of its slots.</summary>
    /// <param name="stateRoot">The root in a header that is believed.</param>
    /// <param name="contract">The account.</param>
    /// <param name="proof">What is to be verified.</param>
    public static Parsed<ProvenState> Verify(Bytes32 stateRoot, EthereumAddress contract, StateProof proof)
    {
        if (proof.StorageProofs.Count > MaxSlots)
        {
            return new Problem(ProblemCode.LedgerProofError, $"The state proof is of more than {MaxSlots} slots.");
        }

        Parsed<TrieEntry> entry = TrieProof.Verify(stateRoot, Keccak256.Hash(contract.ToArray()), proof.AccountProof);
        return !entry.Ok ? entry.Problem
            : ReadAccount(entry.Value) is { } account ? VerifySlots(account.StorageRoot, account.CodeHash, proof.StorageProofs)
            : new Problem(ProblemCode.LedgerProofError, "The state proof leads to an account that is none.");
    }

    private static Parsed<ProvenState> VerifySlots(Bytes32 storageRoot, Bytes32 codeHash, IReadOnlyList<StorageProof> proofs)
    {
        Dictionary<Bytes32, BigInteger> slots = [];
        foreach (StorageProof proof in proofs)
        {
            Parsed<TrieEntry> entry = TrieProof.Verify(storageRoot, Keccak256.Hash(proof.Slot.ToArray()), proof.Nodes);
            if (!entry.Ok)
            {
                return entry.Problem;
            }

            if (ReadSlot(entry.Value) is not { } value)
            {
                return new Problem(ProblemCode.LedgerProofError, "The state proof leads to a value that no slot has.");
            }

            if (!slots.TryAdd(proof.Slot, value))
            {
                return new Problem(ProblemCode.LedgerProofError, $"The state proof is twice of the slot {proof.Slot}.");
            }
        }

        return new ProvenState(codeHash, slots);
    }

    // Nonce, balance, root of the storage, hash of the code.
    private static (Bytes32 StorageRoot, Bytes32 CodeHash)? ReadAccount(TrieEntry entry) => entry.Value is not { } rlp
        ? (TrieProof.EmptyRoot, Keccak256.Hash([]))
        : RlpItem.Decode(rlp) is { Items: { Count: AccountItems } items }
            && items[0].AsInteger() is { } nonce && nonce <= ulong.MaxValue
            && items[1].AsInteger() is not null
            && items[2].Bytes is { Length: Bytes32.Length } root
            && items[3].Bytes is { Length: Bytes32.Length } code
                ? (Bytes32.From(root.Span), Bytes32.From(code.Span))
                : null;

    // Zero is stored by storing nothing.
    private static BigInteger? ReadSlot(TrieEntry entry) => entry.Value is not { } rlp
        ? BigInteger.Zero
        : RlpItem.Decode(rlp)?.AsInteger() is { IsZero: false } value ? value : null;
}
