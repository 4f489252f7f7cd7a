namespace Credentials.Anchoring;

/// <summary>Reads the registry contract of one trusted chain. The port between the verifier and any Ethereum client.</summary>
/// <remarks>An implementation checks that the node serves the trusted chain (chain id, genesis hash, contract code hash) with every answer, and never throws for a fault of the network: it says <see cref="RegistryReading.Problem"/>.</remarks>
public interface IRegistryReader
{
    /// <summary>The registry that this reader reads.</summary>
    RegistryAddress Registry { get; }

    /// <summary>Reads all that one verification needs, as of the newest block, with the level at which each fact is settled.</summary>
    /// <param name="query">What to look up.</param>
    /// <param name="cancellationToken">Cancels; the only way that this throws, besides misuse.</param>
    Task<RegistryReading> ReadAsync(RegistryQuery query, CancellationToken cancellationToken);
}

/// <summary>What one verification asks of the registry.</summary>
/// <param name="Institution">The institution that the signed credential names.</param>
/// <param name="Root">The root of the receipt, or null where there is no receipt.</param>
/// <param name="Handle">The handle that the signed credential names.</param>
public sealed record RegistryQuery(InstitutionId Institution, MerkleRoot? Root, RegistryHandle? Handle)
{
    /// <summary>The verification method whose key is asked for; null for none.</summary>
    public string? VerificationMethod { get; init; }

    /// <summary>The identity that the institution may have had; null for none.</summary>
    public IdentityHash? Identity { get; init; }

    /// <summary>The accreditations that are asked about, in any order; at most <see cref="AccreditationLink.MaxPath"/>.</summary>
    public IReadOnlyList<AccreditationLink> Path { get; init; } = [];
}

/// <summary>The answer of the registry, or the reason why there is none.</summary>
/// <param name="Record">What the contract says; null when it could not be asked.</param>
/// <param name="Problem">Why it could not be asked (<see cref="ProblemCode.LedgerUnavailable"/>, <see cref="ProblemCode.LedgerMismatch"/>); null otherwise.</param>
public sealed record RegistryReading(RegistryRecord? Record, Problem? Problem)
{
    /// <summary>An answer.</summary>
    public static RegistryReading Of(RegistryRecord record) => new(record, null);

    /// <summary>No answer.</summary>
    public static RegistryReading Unavailable(Problem problem) => new(null, problem);
}

/// <summary>What the contract says.</summary>
/// <param name="InstitutionExists">Whether the institution is registered.</param>
/// <param name="Anchor">When the root was anchored by that institution; null when it was not, or no root was asked.</param>
/// <param name="Revocation">When the handle was revoked by that institution; null when it was not, or no handle was asked.</param>
/// <param name="HeadTime">Time of the newest block that was read: how fresh this answer is.</param>
public sealed record RegistryRecord(bool InstitutionExists, SettledFact? Anchor, SettledFact? Revocation, DateTimeOffset HeadTime)
{
    /// <summary>When the institution declared that it does not stand by the root; null when it did not. Seen in any block, settled or not.</summary>
    public DateTimeOffset? Distrusted { get; init; }

    /// <summary>The key of <see cref="RegistryQuery.VerificationMethod"/>; null when there is none or none was asked for.</summary>
    public KeyFact? Key { get; init; }

    /// <summary>The identity that the institution has at the head; null for none.</summary>
    public IdentityHash? CurrentIdentity { get; init; }

    /// <summary>When the institution had <see cref="RegistryQuery.Identity"/>; null for never.</summary>
    public Period? Identity { get; init; }

    /// <summary>Who succeeded the institution; null for nobody.</summary>
    public SuccessionFact? Succession { get; init; }

    /// <summary>What is known of each link of <see cref="RegistryQuery.Path"/>, in its order.</summary>
    public IReadOnlyList<LinkFact> Path { get; init; } = [];

    /// <summary>What else was noticed, a sentence each: nodes that were down, behind or told something else than those that are believed. They change nothing of the answer.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>How this came to be believed.</summary>
    public RegistryAssurance Assurance { get; init; } = RegistryAssurance.TrustedNode;
}

/// <summary>Something that the contract recorded, and how settled it is.</summary>
/// <param name="Time">The contract's own time (block time), in whole seconds UTC.</param>
/// <param name="Block">The block in which it was recorded; null where the contract keeps none.</param>
/// <param name="Finality">The strongest block tag at which the fact is visible.</param>
public sealed record SettledFact(DateTimeOffset Time, ulong? Block, Finality Finality);

/// <summary>How settled a block is, in Ethereum's own tags. Ordered: a greater value is more settled.</summary>
public enum Finality
{
    /// <summary>In the newest blocks; can still be reorganised away.</summary>
    Included = 1,

    /// <summary>At or below the <c>safe</c> block.</summary>
    Safe = 2,

    /// <summary>At or below the <c>finalized</c> block.</summary>
    Finalized = 3,
}
