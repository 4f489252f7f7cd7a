using Nethereum.ABI.FunctionEncoding.Attributes;
using Nethereum.Contracts;

namespace Credentials.Ethereum.Nethereum.Registry;

/// <summary><c>anchor</c>: gives the root the time of this block, once and for all. Operators only; a repeat reverts.</summary>
[Function("anchor")]
public sealed class AnchorFunction : FunctionMessage
{
    /// <summary>The institution's id, 32 bytes.</summary>
    [Parameter("bytes32", "institution", 1)]
    public byte[] Institution { get; set; } = [];

    /// <summary>The Merkle root of the batch, 32 bytes.</summary>
    [Parameter("bytes32", "root", 2)]
    public byte[] Root { get; set; } = [];
}
