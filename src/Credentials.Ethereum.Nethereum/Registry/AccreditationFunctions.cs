using Nethereum.ABI.FunctionEncoding.Attributes;
using Nethereum.Contracts;

namespace Credentials.Ethereum.Nethereum.Registry;

/// <summary><c>accredit</c>: vouches. The accreditor's controller only.</summary>
[Function("accredit")]
public sealed class AccreditFunction : FunctionMessage
{
    /// <summary>Who vouches, 32 bytes.</summary>
    [Parameter("bytes32", "accreditor", 1)]
    public byte[] Accreditor { get; set; } = [];

    /// <summary>For whom, 32 bytes.</summary>
    [Parameter("bytes32", "institution", 2)]
    public byte[] Institution { get; set; } = [];

    /// <summary>Under which identity document, 32 bytes.</summary>
    [Parameter("bytes32", "identity", 3)]
    public byte[] Identity { get; set; } = [];

    /// <summary>Which one of several for these three.</summary>
    [Parameter("uint64", "serial", 4)]
    public ulong Serial { get; set; }

    /// <summary>Seconds since 1970; what has passed counts as now.</summary>
    [Parameter("uint64", "from", 5)]
    public ulong From { get; set; }

    /// <summary>Seconds since 1970; zero for no end.</summary>
    [Parameter("uint64", "until", 6)]
    public ulong Until { get; set; }

    /// <summary>For what: bits, never none.</summary>
    [Parameter("uint64", "scope", 7)]
    public ulong Scope { get; set; }
}

/// <summary><c>revokeAccreditation</c>: as of this block, and for good. The accreditor's controller only.</summary>
[Function("revokeAccreditation")]
public sealed class RevokeAccreditationFunction : FunctionMessage
{
    /// <summary>Who vouches, 32 bytes.</summary>
    [Parameter("bytes32", "accreditor", 1)]
    public byte[] Accreditor { get; set; } = [];

    /// <summary>For whom, 32 bytes.</summary>
    [Parameter("bytes32", "institution", 2)]
    public byte[] Institution { get; set; } = [];

    /// <summary>Under which identity document, 32 bytes.</summary>
    [Parameter("bytes32", "identity", 3)]
    public byte[] Identity { get; set; } = [];

    /// <summary>Which one of several for these three.</summary>
    [Parameter("uint64", "serial", 4)]
    public ulong Serial { get; set; }
}
