using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.Evidence;

namespace Credentials.Ethereum.Proofs;

/// <summary>A header that is believed, and the nodes that told it.</summary>
internal sealed record AgreedHeader(EncodedHeader Header, IReadOnlyList<NodeView> Voters, bool IsCheckpoint);

/// <summary>Several nodes that are asked side by side, and what enough of them agree on.</summary>
internal sealed class NodePanel
{
    // Nodes are a block or two apart, and at the very head they may be on different branches for a while.
    private static readonly ulong[] StepsBack = [0, 1, 4, 16];

    private readonly TrustedChain _chain;
    private readonly int _quorum;
    private readonly HashSet<Bytes32> _checkpoints;

    private NodePanel(TrustedChain chain, int quorum, HashSet<Bytes32> checkpoints, IReadOnlyList<NodeView> nodes) =>
        (_chain, _quorum, _checkpoints, Nodes) = (chain, quorum, checkpoints, nodes);

    /// <summary>All nodes, also those that take no part.</summary>
    public IReadOnlyList<NodeView> Nodes { get; }

    /// <summary>Those that serve the trusted chain.</summary>
    public IEnumerable<NodeView> Present => Nodes.Where(static node => node.Latest is not null);

    /// <summary>Asks all nodes at once.</summary>
    public static async Task<NodePanel> AskAsync(TrustedChain chain, IReadOnlyList<ILedger> ledgers, int quorum, IEnumerable<Checkpoint> checkpoints, CancellationToken cancellationToken) => new(
        chain,
        quorum,
        [.. checkpoints.Where(checkpoint => checkpoint.ChainId == chain.ChainId).Select(static checkpoint => checkpoint.BlockHash)],
        await Task.WhenAll(ledgers.Select(ledger => NodeView.AskAsync(ledger, chain, cancellationToken))));

    /// <summary>The heights at which agreement is worth looking for, newest first: where enough nodes have come to, a little below, and told headers that are checkpoints.</summary>
    public IReadOnlyList<ulong> Heights()
    {
        IEnumerable<ulong> known = Present.SelectMany(static node => new[] { node.Latest, node.Safe, node.Finalized })
            .OfType<EncodedHeader>().Where(header => _checkpoints.Contains(header.Hash)).Select(static header => header.Number);
        ulong? head = Reached(Present.Select(static node => node.Latest));
        IEnumerable<ulong> steps = head is { } height ? StepsBack.Where(step => step <= height).Select(step => height - step) : [];
        return [.. known.Concat(steps).Distinct().OrderDescending()];
    }

    /// <summary>The header of a number that enough nodes tell, or that is a checkpoint; null where there is none. Nodes that tell another are complained of.</summary>
    public Task<AgreedHeader?> AgreeAsync(ulong number, CancellationToken cancellationToken) => AgreeAsync(Present, number, cancellationToken);

    /// <summary>The newest header that the voters for a head have at a tag; null where too few tell one.</summary>
    /// <param name="head">The head. Only its voters are asked, so that both blocks are of one chain as the very same nodes see it.</param>
    /// <param name="tagged">Safe or finalized.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<EncodedHeader?> SettledAsync(AgreedHeader head, Func<NodeView, EncodedHeader?> tagged, CancellationToken cancellationToken) =>
        head.IsCheckpoint ? head.Header
        : Reached(head.Voters.Select(tagged)) is { } height && height <= head.Header.Number && await AgreeAsync(head.Voters, height, cancellationToken) is { } agreed ? agreed.Header
        : null;

    // A height that enough nodes tell, or surpass: fewer liars than that cannot move it beyond all honest nodes.
    private ulong? Reached(IEnumerable<EncodedHeader?> told) =>
        told.OfType<EncodedHeader>().Select(static header => (ulong?)header.Number).OrderDescending().ElementAtOrDefault(_quorum - 1);

    private async Task<AgreedHeader?> AgreeAsync(IEnumerable<NodeView> nodes, ulong number, CancellationToken cancellationToken)
    {
        (NodeView Node, EncodedHeader? Header)[] answers = await Task.WhenAll(nodes.Where(node => node.Latest!.Number >= number)
            .Select(async node => (node, await node.HeaderAtAsync(number, cancellationToken))));
        IGrouping<Bytes32, (NodeView Node, EncodedHeader? Header)>[] groups = [.. answers.Where(static answer => answer.Header is not null).GroupBy(static answer => answer.Header!.Hash)];
        AgreedHeader[] agreed = [.. groups.Select(group => new AgreedHeader(group.First().Header!, [.. group.Select(static vote => vote.Node)], _checkpoints.Contains(group.Key)))
            .Where(header => header.IsCheckpoint || header.Voters.Count >= _quorum)];
        AgreedHeader? believed = agreed.FirstOrDefault(static header => header.IsCheckpoint) ?? (agreed.Length == 1 ? agreed[0] : null);
        foreach ((NodeView node, EncodedHeader? header) in answers.Where(answer => answer.Header is not null && groups.Length > 1))
        {
            if (believed is null || !header!.Hash.Equals(believed.Header.Hash))
            {
                node.Complain(ProblemCode.LedgerUnavailable, $"Its block {number} is {header!.Hash}; {(believed is null ? "others have another" : $"{believed.Voters.Count} of the {Nodes.Count} nodes have {believed.Header.Hash}")}.");
            }
        }

        return believed;
    }
}
