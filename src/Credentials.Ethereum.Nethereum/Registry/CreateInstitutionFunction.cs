using System.Numerics;
using Nethereum.ABI.FunctionEncoding.Attributes;
using Nethereum.Contracts;

namespace Credentials.Ethereum.Nethereum.Registry;

/// <summary><c>createInstitution</c>: the sender becomes the controller of a new institution.</summary>
[Function("createInstitution", "bytes32")]
public sealed class CreateInstitutionFunction : FunctionMessage
{
    /// <summary>Any number that this sender has not used yet. Not the transaction's <c>Nonce</c>.</summary>
    [Parameter("uint256", "nonce", 1)]
    public BigInteger InstitutionNonce { get; set; }

    /// <summary>The first account that may anchor and revoke; the zero address for none.</summary>
    [Parameter("address", "operator", 2)]
    public string Operator { get; set; } = EthereumAddress.Zero.ToString();
}
