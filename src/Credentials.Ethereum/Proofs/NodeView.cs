using Credentials.Ethereum.Registry;

namespace Credentials.Ethereum.Proofs;

/// <summary>What one of several nodes says of the chain, and what is to be said of the node. Only cancellation throws.</summary>
internal sealed class NodeView
{
    private readonly Lock _gate = new();
    private readonly List<Problem> _complaints = [];
    private readonly Dictionary<ulong, EncodedHeader?> _headers = [];

    private NodeView(ILedger ledger) => Ledger = ledger;

    /// <summary>The node.</summary>
    public ILedger Ledger { get; }

    /// <summary>What is to be said of it.</summary>
    public IReadOnlyList<Problem> Complaints => _complaints;

    /// <summary>Its newest block; null for a node that takes no part.</summary>
    public EncodedHeader? Latest { get; private set; }

    /// <summary>Its safe block; null where it tells none.</summary>
    public EncodedHeader? Safe { get; private set; }

    /// <summary>Its finalized block; null where it tells none.</summary>
    public EncodedHeader? Finalized { get; private set; }

    /// <summary>Asks a node for the marks of its chain, and for its newest, safe and finalized header.</summary>
    public static async Task<NodeView> AskAsync(ILedger ledger, TrustedChain chain, CancellationToken cancellationToken)
    {
        NodeView view = new(ledger);
        Task<EncodedHeader?>[] headers = [.. new[] { BlockTag.Latest, BlockTag.Safe, BlockTag.Finalized }.Select(tag => view.HeaderAsync(tag, cancellationToken))];
        ChainMarks? marks = await view.AskAsync(() => ledger.GetMarksAsync(null, cancellationToken));
        EncodedHeader?[] told = await Task.WhenAll(headers);
        if (marks is null)
        {
            return view;
        }

        if (chain.MismatchIn(marks with { ContractCodeHash = chain.CodeHash }) is { } mismatch)
        {
            view.Complain(ProblemCode.LedgerMismatch, mismatch);
            return view;
        }

        (view.Latest, view.Safe, view.Finalized) = (told[0], told[1], told[2]);
        return view;
    }

    /// <summary>Its header of a number, as it told it first; null where it has none or cannot be asked.</summary>
    public async Task<EncodedHeader?> HeaderAtAsync(ulong number, CancellationToken cancellationToken)
    {
        if (new[] { Latest, Safe, Finalized }.FirstOrDefault(told => told?.Number == number) is { } known)
        {
            return known;
        }

        if (!_headers.TryGetValue(number, out EncodedHeader? header))
        {
            header = await HeaderAsync(BlockTag.Number(number), cancellationToken);
            header = header?.Number == number ? header : null;
            _headers[number] = header;
        }

        return header;
    }

    /// <summary>Its state proof at a header; null where it cannot be asked.</summary>
    public Task<StateProof?> ProveAsync(TrustedChain chain, SlotQuestion question, EncodedHeader header, CancellationToken cancellationToken) =>
        AskAsync(() => Ledger.GetProofAsync(chain.Contract, question.Slots, BlockTag.Number(header.Number), cancellationToken));

    /// <summary>Whether it still has the same block at that number: a proof that does not hold is no lie where the chain was reorganised in between.</summary>
    public async Task<bool> StillHasAsync(EncodedHeader header, CancellationToken cancellationToken) =>
        await HeaderAsync(BlockTag.Number(header.Number), cancellationToken) is { } now && now.Hash.Equals(header.Hash);

    /// <summary>Says something of the node, by its name, once.</summary>
    public void Complain(string code, string detail)
    {
        Problem problem = new(code, detail.Contains(Ledger.Node, StringComparison.Ordinal) ? detail : $"{Ledger.Node}: {detail}");
        lock (_gate)
        {
            if (!_complaints.Contains(problem))
            {
                _complaints.Add(problem);
            }
        }
    }

    private async Task<EncodedHeader?> HeaderAsync(BlockTag tag, CancellationToken cancellationToken)
    {
        Parsed<EncodedHeader>? header = null;
        await AskAsync(async () => header = await Ledger.GetHeaderAsync(tag, cancellationToken));
        if (header is { Ok: false, Problem: { } problem })
        {
            Complain(problem.Code, problem.Detail);
        }

        return header?.Value;
    }

    private async Task<T?> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (LedgerUnavailableException fault)
        {
            Complain(ProblemCode.LedgerUnavailable, fault.Message);
            return default;
        }
    }
}
