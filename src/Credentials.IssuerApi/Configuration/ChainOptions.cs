using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Configuration;

/// <summary>Section <c>Chain</c>: the node to ask and the marks by which its chain is known. Kept as text so that a wrong value is answered with a sentence.</summary>
internal sealed class ChainOptions : IValidatableObject
{
    public const string Section = "Chain";

    [HttpBaseUrl(ErrorMessage = "Chain:RpcUrl must be the http or https URL of an Ethereum node's JSON-RPC, such as http://127.0.0.1:8545.")]
    public string RpcUrl { get; set; } = "";

    public string ChainId { get; set; } = "";

    public string GenesisHash { get; set; } = "";

    public string Contract { get; set; } = "";

    /// <summary>The chain's four marks. The contract's code hash is the one that this program was built with.</summary>
    public TrustedChain ToTrustedChain()
    {
        _ = ulong.TryParse(ChainId, NumberStyles.None, CultureInfo.InvariantCulture, out ulong chainId);
        _ = Bytes32.TryParse(GenesisHash, out Bytes32 genesis);
        _ = EthereumAddress.TryParse(Contract, out EthereumAddress contract);
        return new TrustedChain(chainId, genesis, contract, CredentialRegistryContract.CodeHash);
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!ulong.TryParse(ChainId, NumberStyles.None, CultureInfo.InvariantCulture, out ulong id) || id == 0)
        {
            yield return new("Chain:ChainId must be the chain's EIP-155 number in decimal, such as 1 for Ethereum.");
        }

        if (!Bytes32.TryParse(GenesisHash, out _))
        {
            yield return new("Chain:GenesisHash must be the hash of the chain's block 0: 0x and 64 hexadecimal digits.");
        }

        if (!EthereumAddress.TryParse(Contract, out EthereumAddress contract) || contract == EthereumAddress.Zero)
        {
            yield return new("Chain:Contract must be the address of the credential registry: 0x and 40 hexadecimal digits.");
        }
    }
}

[OptionsValidator]
internal sealed partial class ChainOptionsValidator : IValidateOptions<ChainOptions>;
