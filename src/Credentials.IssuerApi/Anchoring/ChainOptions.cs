using System.ComponentModel.DataAnnotations;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Anchoring;

/// <summary>The node, and the registry that it is trusted to serve. Section <c>Chain</c>.</summary>
internal sealed class ChainOptions
{
    public const string Section = "Chain";

    [Required, Url]
    public string RpcUrl { get; set; } = string.Empty;

    /// <summary>EIP-155 chain id.</summary>
    [Range(1L, long.MaxValue)]
    public long ChainId { get; set; }

    /// <summary>Hash of block 0.</summary>
    [Required, RegularExpression("0x[0-9a-fA-F]{64}")]
    public string GenesisHash { get; set; } = string.Empty;

    /// <summary>Address of the registry contract.</summary>
    [Required, RegularExpression("0x[0-9a-fA-F]{40}")]
    public string Contract { get; set; } = string.Empty;

    /// <summary>The registry by its four marks.</summary>
    /// <exception cref="FormatException">A hexadecimal value is malformed; validation at start says which.</exception>
    public TrustedChain ToTrustedChain()
    {
        if (!Bytes32.TryParse(GenesisHash, out Bytes32 genesis) | !EthereumAddress.TryParse(Contract, out EthereumAddress contract))
        {
            throw new FormatException("Chain:GenesisHash or Chain:Contract is malformed.");
        }

        return new TrustedChain((ulong)ChainId, genesis, contract, CredentialRegistryContract.CodeHash);
    }
}

[OptionsValidator]
internal sealed partial class ChainOptionsValidator : IValidateOptions<ChainOptions>;
