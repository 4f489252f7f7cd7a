using System.Runtime.InteropServices;
using Credentials.Anchoring;

namespace Credentials.Ethereum;

/// <summary>The contract's answer to one look-up, in its own words: zero address, zero times and no key where there is nothing.</summary>
/// <param name="Controller">Who controls the institution.</param>
/// <param name="AnchoredAt">When it anchored the root, in seconds since 1970.</param>
/// <param name="AnchoredBlock">In which block.</param>
/// <param name="RevokedAt">When it revoked the handle.</param>
public sealed record RegistryState(EthereumAddress Controller, ulong AnchoredAt, ulong AnchoredBlock, ulong RevokedAt)
{
    /// <summary>No such institution.</summary>
    public static RegistryState Nothing { get; } = new(EthereumAddress.Zero, 0, 0, 0);

    /// <summary>When the institution ceased to stand by the root.</summary>
    public ulong DistrustedAt { get; init; }

    /// <summary>The key; null where there is none.</summary>
    public KeyState? Key { get; init; }

    /// <summary>The identity that the institution has.</summary>
    public IdentityHash CurrentIdentity { get; init; }

    /// <summary>When the institution had the identity that was asked about.</summary>
    public PeriodState Identity { get; init; }

    /// <summary>Who succeeded the institution.</summary>
    public SuccessionState Succession { get; init; }

    /// <summary>What is known of each link that was asked about, in the order of the question; empty where no contract is.</summary>
    public IReadOnlyList<LinkState> Path { get; init; } = [];

    /// <summary>Whether the institution is registered.</summary>
    public bool Exists => Controller != EthereumAddress.Zero;

    /// <summary>Two answers are equal when all their facts are.</summary>
    public bool Equals(RegistryState? other) => other is not null
        && (Controller, AnchoredAt, AnchoredBlock, RevokedAt, DistrustedAt) == (other.Controller, other.AnchoredAt, other.AnchoredBlock, other.RevokedAt, other.DistrustedAt)
        && (Key, CurrentIdentity, Identity, Succession) == (other.Key, other.CurrentIdentity, other.Identity, other.Succession)
        && Path.SequenceEqual(other.Path);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Controller, AnchoredAt, AnchoredBlock, RevokedAt, DistrustedAt, Key, CurrentIdentity, Path.Count);
}

/// <summary>A signing key as the contract keeps it.</summary>
/// <param name="Multikey">The Multikey bytes.</param>
/// <param name="ValidFrom">From when it counts, in seconds since 1970; may lie ahead.</param>
/// <param name="RevokedAt">Since when no more; zero while it does.</param>
/// <param name="Reason">Why it was revoked.</param>
public sealed record KeyState(ReadOnlyMemory<byte> Multikey, ulong ValidFrom, ulong RevokedAt, KeyRevocationReason Reason)
{
    /// <summary>The key as a verifier sees it.</summary>
    public KeyFact ToFact() => new(Multikey, ContractTime.Of(ValidFrom), ContractTime.OfOptional(RevokedAt), Reason);

    /// <summary>Two keys are equal when their bytes and times are.</summary>
    public bool Equals(KeyState? other) => other is not null
        && (ValidFrom, RevokedAt, Reason) == (other.ValidFrom, other.RevokedAt, other.Reason)
        && Multikey.Span.SequenceEqual(other.Multikey.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ValidFrom, RevokedAt, Reason, Multikey.Length);
}

/// <summary>A half-open period in seconds since 1970; zeros for never, a zero end for no end.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PeriodState(ulong From, ulong Until)
{
    /// <summary>The period as a verifier sees it; null for never.</summary>
    public Period? ToFact() => From == 0 ? null : new(ContractTime.Of(From), ContractTime.OfOptional(Until));
}

/// <summary>Who succeeded an institution, and when; zeros for nobody.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SuccessionState(InstitutionId Successor, ulong Since)
{
    /// <summary>The succession as a verifier sees it; null for none.</summary>
    public SuccessionFact? ToFact() => Since == 0 ? null : new(Successor, ContractTime.Of(Since));
}

/// <summary>An accreditation as the contract keeps it, in seconds since 1970; zeros for none, a zero <paramref name="Until"/> or <paramref name="RevokedAt"/> for never.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AccreditationState(ulong From, ulong Until, ulong RevokedAt, AccreditationScope Scope)
{
    /// <summary>The accreditation as a verifier sees it; null for none.</summary>
    public AccreditationFact? ToFact() => From == 0 ? null : new(ContractTime.Of(From), ContractTime.OfOptional(Until), ContractTime.OfOptional(RevokedAt), Scope);
}

/// <summary>What the contract keeps of one link.</summary>
/// <param name="Accreditation">The accreditation.</param>
/// <param name="Identity">When the accredited institution had the identity.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LinkState(AccreditationState Accreditation, PeriodState Identity)
{
    /// <summary>The link as a verifier sees it.</summary>
    public LinkFact ToFact() => new(Accreditation.ToFact(), Identity.ToFact());
}
