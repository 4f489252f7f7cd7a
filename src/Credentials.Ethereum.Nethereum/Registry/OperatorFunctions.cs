using Nethereum.ABI.FunctionEncoding.Attributes;
using Nethereum.Contracts;

namespace Credentials.Ethereum.Nethereum.Registry;

/// <summary><c>addOperator</c>: the account may anchor and revoke from now on. Controller only.</summary>
[Function("addOperator")]
public sealed class AddOperatorFunction : FunctionMessage
{
    /// <summary>The institution's id, 32 bytes.</summary>
    [Parameter("bytes32", "institution", 1)]
    public byte[] Institution { get; set; } = [];

    /// <summary>The account.</summary>
    [Parameter("address", "operator", 2)]
    public string Operator { get; set; } = EthereumAddress.Zero.ToString();
}

/// <summary><c>removeOperator</c>: the account may do so no longer; what it wrote stays. Controller only.</summary>
[Function("removeOperator")]
public sealed class RemoveOperatorFunction : FunctionMessage
{
    /// <inheritdoc cref="AddOperatorFunction.Institution"/>
    [Parameter("bytes32", "institution", 1)]
    public byte[] Institution { get; set; } = [];

    /// <inheritdoc cref="AddOperatorFunction.Operator"/>
    [Parameter("address", "operator", 2)]
    public string Operator { get; set; } = EthereumAddress.Zero.ToString();
}
