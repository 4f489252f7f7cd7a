using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.Evidence;

namespace Credentials.Ethereum.Proofs;

/// <summary>Reads a trusted chain's registry without trusting any single node: a header on which N of M nodes agree (or that is a checkpoint), and a state proof under it that is verified here. A node that lies is named; it can neither verify nor revoke anything.</summary>
/// <remarks>Believed are chain id and genesis as each voting node tells them, the header as enough of them tell it, and all else by proof: the contract's code hash and every slot, set or not. What as many nodes as the quorum say with one voice is believed.</remarks>
public sealed class ProvenRegistryReader : IRegistryReader
{
    private const ulong FarBehind = 32;

    private readonly TrustedChain _chain;
    private readonly IReadOnlyList<ILedger> _ledgers;
    private readonly int _quorum;
    private readonly IReadOnlyList<Checkpoint> _checkpoints;
    private readonly TimeProvider _clock;

    /// <summary>A reader over nodes of different hosts.</summary>
    /// <param name="chain">What is trusted.</param>
    /// <param name="ledgers">The nodes: best of different operators.</param>
    /// <param name="quorum">How many of them must agree.</param>
    /// <param name="checkpoints">Blocks that are believed whoever tells them; may be null.</param>
    /// <param name="clock">Tells whether what they agree on is old; null for the system's.</param>
    /// <exception cref="ArgumentException">A quorum that is no number of the nodes, or a node twice: it would vote twice.</exception>
    public ProvenRegistryReader(TrustedChain chain, IReadOnlyList<ILedger> ledgers, int quorum, IReadOnlyList<Checkpoint>? checkpoints = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(ledgers);
        ArgumentOutOfRangeException.ThrowIfLessThan(quorum, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quorum, ledgers.Count);
        if (ledgers.Select(static ledger => ledger.Node).Distinct(StringComparer.OrdinalIgnoreCase).Count() < ledgers.Count)
        {
            throw new ArgumentException("Two of the nodes are of one host: it would vote twice.", nameof(ledgers));
        }

        (_chain, _ledgers, _quorum, _checkpoints, _clock) = (chain, ledgers, quorum, checkpoints ?? [], clock ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public RegistryAddress Registry => _chain.Registry;

    /// <summary>How much older than now the agreed block may be while some node tells a newer one; 15 minutes unless said otherwise.</summary>
    public TimeSpan MaxHeadLag { get; init; } = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    public async Task<RegistryReading> ReadAsync(RegistryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        SlotQuestion question = new(query);
        NodePanel panel = await NodePanel.AskAsync(_chain, _ledgers, _quorum, _checkpoints, cancellationToken);
        NameLaggards(panel);
        foreach (ulong height in panel.Heights())
        {
            if (await panel.AgreeAsync(height, cancellationToken) is { } head)
            {
                if (IsHeldBack(panel, head))
                {
                    return Unproven(panel, $"The newest block on which {head.Voters.Count} of the {_ledgers.Count} nodes agree is of {head.Header.Time:u}, and others tell newer ones");
                }

                if (await ProveAsync(panel, head, question, cancellationToken) is { } reading)
                {
                    return reading;
                }
            }
        }

        return Unproven(panel, $"Nothing could be proven with {_ledgers.Count} nodes of which {_quorum} must agree");
    }

    private async Task<RegistryReading?> ProveAsync(NodePanel panel, AgreedHeader head, SlotQuestion question, CancellationToken cancellationToken)
    {
        EncodedHeader? safe = await panel.SettledAsync(head, static node => node.Safe, cancellationToken);
        EncodedHeader? finalized = await panel.SettledAsync(head, static node => node.Finalized, cancellationToken);
        Finality Settled(ulong time) => head.IsCheckpoint || IsBelow(finalized, time) ? Finality.Finalized : IsBelow(safe, time) ? Finality.Safe : Finality.Included;
        foreach (NodeView node in head.Voters)
        {
            if (await node.ProveAsync(_chain, question, head.Header, cancellationToken) is not { } proof)
            {
                continue;
            }

            Parsed<RegistryRecord> record = ProvenReading.Read(_chain, head.Header, proof, question, Settled);
            if (record.Ok)
            {
                RegistryRecord settled = await SettleTiesAsync(record.Value, safe, Finality.Safe, node, question, cancellationToken);
                settled = await SettleTiesAsync(settled, finalized, Finality.Finalized, node, question, cancellationToken);
                return RegistryReading.Of(settled with { Assurance = RegistryAssurance.Proven, Remarks = RemarksOf(panel) });
            }

            if (record.Problem.Code == ProblemCode.LedgerMismatch)
            {
                return RegistryReading.Unavailable(record.Problem);
            }

            bool accused = await node.StillHasAsync(head.Header, cancellationToken);
            node.Complain(
                accused ? record.Problem.Code : ProblemCode.LedgerUnavailable,
                accused ? $"{record.Problem.Detail} (block {head.Header.Number})" : $"Block {head.Header.Number} was reorganised while it was read.");
        }

        return null;
    }

    // Both blocks are of one chain, and along a chain times never fall: what was written before a settled block's time lies below that block.
    // The contract's block number alone would not do: on some chains contracts count the blocks of another chain.
    private static bool IsBelow(EncodedHeader? settled, ulong time) => settled is not null && time < (ulong)settled.Time.ToUnixTimeSeconds();

    // Where blocks share a second only the settled block's own state tells on which side a fact lies.
    private async Task<RegistryRecord> SettleTiesAsync(RegistryRecord record, EncodedHeader? settled, Finality finality, NodeView node, SlotQuestion question, CancellationToken cancellationToken)
    {
        bool IsTied(SettledFact? fact) => fact is not null && fact.Finality < finality && fact.Time == settled?.Time;
        if (!(IsTied(record.Anchor) || IsTied(record.Revocation)) || await node.ProveAsync(_chain, question, settled!, cancellationToken) is not { } proof)
        {
            return record;
        }

        RegistryRecord? then = ProvenReading.Read(_chain, settled!, proof, question, _ => finality).Value;
        SettledFact? Raised(SettledFact? fact, SettledFact? shown) => IsTied(fact) && shown?.Time == fact!.Time ? fact with { Finality = finality } : fact;
        return record with { Anchor = Raised(record.Anchor, then?.Anchor), Revocation = Raised(record.Revocation, then?.Revocation) };
    }

    // A node that is stuck, or that hides the newest blocks, must not make old state pass for new where another node tells better.
    private bool IsHeldBack(NodePanel panel, AgreedHeader head)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        return !head.IsCheckpoint && now - head.Header.Time > MaxHeadLag
            && panel.Present.Any(node => node.Latest!.Time - head.Header.Time > MaxHeadLag && node.Latest.Time - now < MaxHeadLag);
    }

    private static void NameLaggards(NodePanel panel)
    {
        ulong newest = panel.Present.Select(static node => node.Latest!.Number).DefaultIfEmpty().Max();
        foreach (NodeView node in panel.Present.Where(node => newest - node.Latest!.Number > FarBehind))
        {
            node.Complain(ProblemCode.LedgerUnavailable, $"It is {newest - node.Latest!.Number} blocks behind the newest that any node tells.");
        }
    }

    private static string[] RemarksOf(NodePanel panel) => [.. panel.Nodes.SelectMany(static node => node.Complaints).Select(static complaint => complaint.Detail)];

    // The gravest that was noticed gives the code: a proof that does not hold before a header that cannot be read, before another chain, before silence.
    private static RegistryReading Unproven(NodePanel panel, string what)
    {
        HashSet<string> codes = [.. panel.Nodes.SelectMany(static node => node.Complaints).Select(static complaint => complaint.Code)];
        string code = new[] { ProblemCode.LedgerProofError, ProblemCode.HeaderUnsupported, ProblemCode.LedgerMismatch }.FirstOrDefault(codes.Contains) ?? ProblemCode.LedgerUnavailable;
        return RegistryReading.Unavailable(new(code, $"{what}. {string.Join(' ', RemarksOf(panel))}".TrimEnd()));
    }
}
