using System.Diagnostics;

namespace Credentials.IssuerApi.Anchoring;

/// <summary>The steps of the pipeline, each named once: the moments at which a process that dies leaves another state behind.</summary>
/// <remarks>Whoever listens to the <see cref="DiagnosticListener"/> called <see cref="Source"/> hears of each as it is reached, before anything more is done; where nobody listens it costs a look at a field.</remarks>
internal sealed class PipelineStep
{
    public const string Source = "Credentials.IssuerApi.Pipeline";

    private static readonly DiagnosticListener Listener = new(Source);
    private static readonly List<PipelineStep> Known = [];

    /// <summary>A chunk of an upload is claimed, nothing of it signed.</summary>
    public static readonly PipelineStep RowsClaimed = new("rows-claimed");

    /// <summary>A chunk is signed, nothing of it stored.</summary>
    public static readonly PipelineStep RowsSigned = new("rows-signed");

    /// <summary>A chunk's credentials are written, not committed.</summary>
    public static readonly PipelineStep RowsStoring = new("rows-storing");

    /// <summary>A chunk's credentials are committed.</summary>
    public static readonly PipelineStep RowsStored = new("rows-stored");

    /// <summary>A batch and its intent are written, not committed.</summary>
    public static readonly PipelineStep BatchSealing = new("batch-sealing");

    /// <summary>A batch and its intent are committed.</summary>
    public static readonly PipelineStep BatchSealed = new("batch-sealed");

    /// <summary>Nonces are written, not committed.</summary>
    public static readonly PipelineStep NonceLeasing = new("nonce-leasing");

    /// <summary>Nonces are committed, and no signature yet.</summary>
    public static readonly PipelineStep NonceLeased = new("nonce-leased");

    /// <summary>Transactions are signed; nobody but this process knows the signatures.</summary>
    public static readonly PipelineStep TransactionSigned = new("transaction-signed");

    /// <summary>The signed bytes are committed, nothing is sent.</summary>
    public static readonly PipelineStep TransactionStored = new("transaction-stored");

    /// <summary>The node has a transaction, and the database does not say so.</summary>
    public static readonly PipelineStep TransactionSent = new("transaction-sent");

    /// <summary>The database says that the node has it.</summary>
    public static readonly PipelineStep TransactionNoted = new("transaction-noted");

    /// <summary>Other bytes for a used nonce are signed: dearer ones, or empty ones that cancel.</summary>
    public static readonly PipelineStep ReplacementSigned = new("replacement-signed");

    /// <summary>Those bytes are committed, not sent.</summary>
    public static readonly PipelineStep ReplacementStored = new("replacement-stored");

    /// <summary>The chain was asked what became of things; nothing is written.</summary>
    public static readonly PipelineStep Judged = new("judged");

    /// <summary>An intent whose nonce was lost is queued again; not committed.</summary>
    public static readonly PipelineStep Requeueing = new("requeueing");

    /// <summary>A cancelled batch gave its credentials back to the queue; not committed.</summary>
    public static readonly PipelineStep BatchReleasing = new("batch-releasing");

    /// <summary>What became of things is written, not committed.</summary>
    public static readonly PipelineStep JudgementSaving = new("judgement-saving");

    /// <summary>What became of things is committed.</summary>
    public static readonly PipelineStep JudgementSaved = new("judgement-saved");

    private PipelineStep(string name)
    {
        Name = name;
        Known.Add(this);
    }

    /// <summary>Every step.</summary>
    public static IReadOnlyList<PipelineStep> All => Known;

    public string Name { get; }

    /// <summary>Tells who listens that the step is reached.</summary>
    public void Reached()
    {
        if (Listener.IsEnabled(Name))
        {
            Listener.Write(Name, null);
        }
    }

    public override string ToString() => Name;
}
