using Nethereum.ABI.FunctionEncoding.Attributes;
using Nethereum.Contracts;

namespace Credentials.Ethereum.Nethereum.Registry;

/// <summary><c>proposeController</c>: offers the institution to an account. Controller only.</summary>
[Function("proposeController")]
public sealed class ProposeControllerFunction : FunctionMessage
{
    /// <summary>The institution's id, 32 bytes.</summary>
    [Parameter("bytes32", "institution", 1)]
    public byte[] Institution { get; set; } = [];

    /// <summary>The account; the zero address withdraws.</summary>
    [Parameter("address", "candidate", 2)]
    public string Candidate { get; set; } = EthereumAddress.Zero.ToString();
}

/// <summary><c>acceptController</c>: accepts. The proposed account only.</summary>
[Function("acceptController")]
public sealed class AcceptControllerFunction : FunctionMessage
{
    /// <summary>The institution's id, 32 bytes.</summary>
    [Parameter("bytes32", "institution", 1)]
    public byte[] Institution { get; set; } = [];
}
