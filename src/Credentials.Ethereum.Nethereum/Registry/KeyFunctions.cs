using Nethereum.ABI.FunctionEncoding.Attributes;
using Nethereum.Contracts;

namespace Credentials.Ethereum.Nethereum.Registry;

/// <summary><c>addKey</c>: the institution signs with the key. Controller only; a verification method is used once.</summary>
[Function("addKey")]
public sealed class AddKeyFunction : FunctionMessage
{
    /// <summary>The institution's id, 32 bytes.</summary>
    [Parameter("bytes32", "institution", 1)]
    public byte[] Institution { get; set; } = [];

    /// <summary>The DID URL by which proofs name the key.</summary>
    [Parameter("string", "verificationMethod", 2)]
    public string VerificationMethod { get; set; } = "";

    /// <summary>The Multikey bytes, 1 to 128.</summary>
    [Parameter("bytes", "multikey", 3)]
    public byte[] Multikey { get; set; } = [];

    /// <summary>Seconds since 1970; what has passed counts as now.</summary>
    [Parameter("uint64", "validFrom", 4)]
    public ulong ValidFrom { get; set; }
}

/// <summary><c>revokeKey</c>: as of this block, and for good. Controller only.</summary>
[Function("revokeKey")]
public sealed class RevokeKeyFunction : FunctionMessage
{
    /// <summary>The institution's id, 32 bytes.</summary>
    [Parameter("bytes32", "institution", 1)]
    public byte[] Institution { get; set; } = [];

    /// <summary>keccak-256 of the verification method, 32 bytes.</summary>
    [Parameter("bytes32", "key", 2)]
    public byte[] Key { get; set; } = [];

    /// <summary>1 retired, 2 compromised.</summary>
    [Parameter("uint8", "reason", 3)]
    public byte Reason { get; set; }
}
