using Credentials.Anchoring;
using Nethereum.ABI.FunctionEncoding.Attributes;

namespace Credentials.Ethereum.Nethereum.Registry;

/// <summary>The contract's <c>Anchor</c>.</summary>
[Struct("Anchor")]
public sealed class AnchorTuple
{
    /// <summary>Time of the block that anchored the root.</summary>
    [Parameter("uint64", "time", 1)]
    public ulong Time { get; set; }

    /// <summary>Number of that block.</summary>
    [Parameter("uint64", "blockNumber", 2)]
    public ulong BlockNumber { get; set; }

    /// <summary>Time of the block in which the institution ceased to stand by it.</summary>
    [Parameter("uint64", "distrustedAt", 3)]
    public ulong DistrustedAt { get; set; }
}

/// <summary>The contract's <c>SigningKey</c>.</summary>
[Struct("SigningKey")]
public sealed class SigningKeyTuple
{
    /// <summary>From when it counts.</summary>
    [Parameter("uint64", "validFrom", 1)]
    public ulong ValidFrom { get; set; }

    /// <summary>Since when no more.</summary>
    [Parameter("uint64", "revokedAt", 2)]
    public ulong RevokedAt { get; set; }

    /// <summary>Why: 1 retired, 2 compromised.</summary>
    [Parameter("uint8", "reason", 3)]
    public byte Reason { get; set; }

    /// <summary>The Multikey bytes.</summary>
    [Parameter("bytes", "multikey", 4)]
    public byte[] Multikey { get; set; } = [];
}

/// <summary>The contract's <c>Period</c>; half-open.</summary>
[Struct("Period")]
public sealed class PeriodTuple
{
    /// <summary>The first moment.</summary>
    [Parameter("uint64", "from", 1)]
    public ulong From { get; set; }

    /// <summary>The first moment after.</summary>
    [Parameter("uint64", "until", 2)]
    public ulong Until { get; set; }

    internal PeriodState ToState() => new(From, Until);
}

/// <summary>The contract's <c>Succession</c>.</summary>
[Struct("Succession")]
public sealed class SuccessionTuple
{
    /// <summary>The successor's id, 32 bytes.</summary>
    [Parameter("bytes32", "successor", 1)]
    public byte[] Successor { get; set; } = new byte[Bytes32.Length];

    /// <summary>Since when.</summary>
    [Parameter("uint64", "since", 2)]
    public ulong Since { get; set; }
}

/// <summary>The contract's <c>Accreditation</c>; half-open.</summary>
[Struct("Accreditation")]
public sealed class AccreditationTuple
{
    /// <summary>From when it counts.</summary>
    [Parameter("uint64", "from", 1)]
    public ulong From { get; set; }

    /// <summary>The first moment after.</summary>
    [Parameter("uint64", "until", 2)]
    public ulong Until { get; set; }

    /// <summary>Since when it is withdrawn.</summary>
    [Parameter("uint64", "revokedAt", 3)]
    public ulong RevokedAt { get; set; }

    /// <summary>For what: the bits of <see cref="AccreditationScope"/>.</summary>
    [Parameter("uint64", "scope", 4)]
    public ulong Scope { get; set; }
}

/// <summary>The contract's <c>LinkRecord</c>.</summary>
[Struct("LinkRecord")]
public sealed class LinkRecordTuple
{
    /// <summary>The accreditation.</summary>
    [Parameter("tuple", "accreditation", 1, structTypeName: "Accreditation")]
    public AccreditationTuple Accreditation { get; set; } = new();

    /// <summary>When the accredited institution had the identity.</summary>
    [Parameter("tuple", "identity", 2, structTypeName: "Period")]
    public PeriodTuple Identity { get; set; } = new();

    internal LinkState ToState() => new(
        new(Accreditation.From, Accreditation.Until, Accreditation.RevokedAt, (AccreditationScope)Accreditation.Scope),
        Identity.ToState());
}
