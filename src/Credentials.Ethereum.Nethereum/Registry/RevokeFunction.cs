using Nethereum.ABI.FunctionEncoding.Attributes;
using Nethereum.Contracts;

namespace Credentials.Ethereum.Nethereum.Registry;

/// <summary><c>revoke</c>: withdraws the credential that carries the handle, for good. Operators only; a repeat reverts.</summary>
[Function("revoke")]
public sealed class RevokeFunction : FunctionMessage
{
    /// <summary>The institution's id, 32 bytes.</summary>
    [Parameter("bytes32", "institution", 1)]
    public byte[] Institution { get; set; } = [];

    /// <summary>The handle in the credential's status entry, 16 bytes.</summary>
    [Parameter("bytes16", "handle", 2)]
    public byte[] Handle { get; set; } = [];
}
