using System.Numerics;
using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.Evidence;

namespace Credentials.Ethereum.Proofs;

/// <summary>Collects evidence from a node that serves <c>eth_getProof</c>: raw header and proofs of all that some questions need. It is verified before it is handed out; witnesses are the caller's to add.</summary>
/// <param name="chain">The registry.</param>
/// <param name="ledger">The node.</param>
public sealed class EvidenceCollector(TrustedChain chain, ILedger ledger)
{
    // A reorganisation, or a node that stands behind a balancer, is over by the next try.
    private const int Tries = 3;

    /// <summary>Evidence as of the finalized block.</summary>
    /// <param name="queries">The questions that it is to answer, one or more; all of one registry.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The evidence without witnesses, or why there is none: the node cannot be asked, serves another chain, or gives proofs that do not hold.</returns>
    public Task<Parsed<ChainEvidence>> CollectAsync(IReadOnlyList<RegistryQuery> queries, CancellationToken cancellationToken) => CollectAsync(queries, BlockTag.Finalized, cancellationToken);

    /// <summary>Evidence as of a block.</summary>
    /// <param name="queries">The questions that it is to answer, one or more; all of one registry.</param>
    /// <param name="tag">The block; the node must have its state still.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Parsed<ChainEvidence>> CollectAsync(IReadOnlyList<RegistryQuery> queries, BlockTag tag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queries);
        SlotQuestion[] questions = [.. queries.Select(static query => new SlotQuestion(query))];
        try
        {
            ChainMarks marks = await ledger.GetMarksAsync(chain.Contract, cancellationToken);
            if (chain.MismatchIn(marks) is { } mismatch)
            {
                return new Problem(ProblemCode.LedgerMismatch, mismatch);
            }

            Parsed<ChainEvidence> evidence = default;
            for (int attempt = 0; attempt < Tries && !evidence.Ok; attempt++)
            {
                evidence = await TryAsync(questions, tag, cancellationToken);
            }

            return evidence;
        }
        catch (LedgerUnavailableException fault)
        {
            return new Problem(ProblemCode.LedgerUnavailable, fault.Message);
        }
    }

    private async Task<Parsed<ChainEvidence>> TryAsync(SlotQuestion[] questions, BlockTag tag, CancellationToken cancellationToken)
    {
        if (await ledger.GetHeaderAsync(tag, cancellationToken) is not { } header)
        {
            return new Problem(ProblemCode.LedgerUnavailable, $"The node at {ledger.Node} has no block {tag.Value}.");
        }

        if (!header.Ok)
        {
            return header.Problem;
        }

        Bytes32[] slots = [.. questions.SelectMany(static question => question.Slots).Distinct()];
        StateProof proof = await ledger.GetProofAsync(chain.Contract, slots, BlockTag.Number(header.Value.Number), cancellationToken);
        Parsed<ProvenState> state = ProvenState.Verify(header.Value.StateRoot, chain.Contract, proof);
        if (!state.Ok)
        {
            return new Problem(state.Problem.Code, $"The node at {ledger.Node}: {state.Problem.Detail}");
        }

        StateProof needed = proof with { StorageProofs = Needed(questions, state.Value.Slots, proof) };
        foreach (SlotQuestion question in questions)
        {
            Parsed<RegistryRecord> record = ProvenReading.Read(chain, header.Value, needed, question, static _ => Finality.Finalized);
            if (!record.Ok)
            {
                return record.Problem;
            }
        }

        return new ChainEvidence(chain.Registry, chain.GenesisHash, header.Value.Rlp, needed.AccountProof, needed.StorageProofs, []);
    }

    private static StorageProof[] Needed(SlotQuestion[] questions, IReadOnlyDictionary<Bytes32, BigInteger> stored, StateProof proof)
    {
        HashSet<Bytes32> slots = [.. questions.SelectMany(question => question.SlotsWith(stored))];
        return [.. proof.StorageProofs.Where(single => slots.Contains(single.Slot))];
    }
}
