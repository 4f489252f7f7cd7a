using Nethereum.ABI.FunctionEncoding.Attributes;
using Nethereum.Contracts;

namespace Credentials.Ethereum.Nethereum.Registry;

/// <summary><c>setIdentity</c>: the institution is who the document says, and the identity before ends. Controller only.</summary>
[Function("setIdentity")]
public sealed class SetIdentityFunction : FunctionMessage
{
    /// <summary>The institution's id, 32 bytes.</summary>
    [Parameter("bytes32", "institution", 1)]
    public byte[] Institution { get; set; } = [];

    /// <summary>Hash of the identity document, 32 bytes.</summary>
    [Parameter("bytes32", "identity", 2)]
    public byte[] Identity { get; set; } = [];
}

/// <summary><c>proposeSuccessor</c>: offers the place of the successor. Controller only.</summary>
[Function("proposeSuccessor")]
public sealed class ProposeSuccessorFunction : FunctionMessage
{
    /// <summary>The institution's id, 32 bytes.</summary>
    [Parameter("bytes32", "institution", 1)]
    public byte[] Institution { get; set; } = [];

    /// <summary>The successor's id, 32 bytes; zero withdraws.</summary>
    [Parameter("bytes32", "successor", 2)]
    public byte[] Successor { get; set; } = [];
}

/// <summary><c>acceptSuccession</c>: accepts, for good. The successor's controller only.</summary>
[Function("acceptSuccession")]
public sealed class AcceptSuccessionFunction : FunctionMessage
{
    /// <summary>The institution's id, 32 bytes.</summary>
    [Parameter("bytes32", "institution", 1)]
    public byte[] Institution { get; set; } = [];

    /// <summary>The successor's id, 32 bytes.</summary>
    [Parameter("bytes32", "successor", 2)]
    public byte[] Successor { get; set; } = [];
}
