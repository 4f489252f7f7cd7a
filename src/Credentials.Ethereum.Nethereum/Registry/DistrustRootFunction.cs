using Nethereum.ABI.FunctionEncoding.Attributes;
using Nethereum.Contracts;

namespace Credentials.Ethereum.Nethereum.Registry;

/// <summary><c>distrustRoot</c>: the institution does not stand by the root. Controller only, and for good.</summary>
[Function("distrustRoot")]
public sealed class DistrustRootFunction : FunctionMessage
{
    /// <summary>The institution's id, 32 bytes.</summary>
    [Parameter("bytes32", "institution", 1)]
    public byte[] Institution { get; set; } = [];

    /// <summary>The root, 32 bytes.</summary>
    [Parameter("bytes32", "root", 2)]
    public byte[] Root { get; set; } = [];
}
