using System.Globalization;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Microsoft.Extensions.Options;

namespace Credentials.VerifierWeb.Options;

/// <summary>Refuses a configuration with a sentence for each fault, naming the environment variable to set.</summary>
internal sealed class VerifierOptionsRules(IConfiguration configuration) : IValidateOptions<VerifierOptions>
{
    public ValidateOptionsResult Validate(string? name, VerifierOptions options)
    {
        string[] faults = [.. Faults(options), .. AccreditationRules.Faults(options), .. UnsafeFaults(options), .. TrustedEvidence.FaultsIn(options), .. PresentationRules.Faults(options)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(VerifierOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Name))
        {
            yield return "Verifier__Name is missing: set it to the name under which visitors know this verifier.";
        }

        if (!IsHttpUrl(options.PublicBaseUrl))
        {
            yield return "Verifier__PublicBaseUrl must be the absolute http or https URL at which visitors find this page, such as https://verify.example.org.";
        }

        if (options.RequestsPerMinute is < 1 or > 100_000)
        {
            yield return "Verifier__RequestsPerMinute must lie between 1 and 100000.";
        }

        foreach (string fault in options.Chains.SelectMany((chain, index) => Faults(chain, $"Verifier__Chains__{index.ToString(CultureInfo.InvariantCulture)}__")))
        {
            yield return fault;
        }

        foreach (IGrouping<(ulong, string), ChainOptions> twice in options.Chains.GroupBy(chain => (chain.ChainId, chain.Contract.ToUpperInvariant())).Where(group => group.Count() > 1))
        {
            yield return $"Verifier__Chains names contract {twice.First().Contract} on chain {twice.First().ChainId.ToString(CultureInfo.InvariantCulture)} twice: keep one of the two.";
        }
    }

    // Whoever can reach such a verifier is told "verified" of what anybody signed in anybody's name.
    private IEnumerable<string> UnsafeFaults(VerifierOptions options)
    {
        string[] addresses = (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        bool loopback = addresses.Length > 0 && !configuration.GetSection("Kestrel:Endpoints").Exists() && addresses.All(address => Uri.TryCreate(address, UriKind.Absolute, out Uri? url) && url.IsLoopback);
        if (options.IssuerReportedOnly && !loopback)
        {
            yield return "Verifier__IssuerReportedOnly is for test vectors and takes signatures of anybody for anybody's: set it only with ASPNETCORE_URLS=http://127.0.0.1:PORT.";
        }

        if (options.ForeignWords && !loopback)
        {
            yield return "Verifier__ForeignWords is for test vectors and takes documents whose words anybody may have exchanged: set it only with ASPNETCORE_URLS=http://127.0.0.1:PORT.";
        }
    }

    private static IEnumerable<string> Faults(ChainOptions chain, string path)
    {
        if (chain.Nodes.Count == 0 || !chain.Nodes.All(IsHttpUrl))
        {
            yield return $"{path}RpcUrl must be the http or https URL of an Ethereum node, and so must each of {path}RpcUrls__0, 1, ...";
        }
        else if (chain.Nodes.DistinctBy(static node => new Uri(node).Authority, StringComparer.OrdinalIgnoreCase).Count() < chain.Nodes.Count)
        {
            yield return $"{path}RpcUrls must name each host once: a node votes once.";
        }

        if (chain.Quorum is { } quorum && (quorum < 1 || quorum > chain.Nodes.Count))
        {
            yield return $"{path}Quorum must be at least 1 and at most the number of nodes.";
        }

        if (chain is { Proven: false, Nodes.Count: > 1 })
        {
            yield return $"{path}Proven must not be false where there are several nodes: one is trusted, or several prove.";
        }

        if (chain.ChainId == 0)
        {
            yield return $"{path}ChainId must be the chain's EIP-155 number, such as 1.";
        }

        if (!Bytes32.TryParse(chain.GenesisHash, out _))
        {
            yield return $"{path}GenesisHash must be the hash of the chain's block 0: 0x and 64 hexadecimal digits.";
        }

        if (!EthereumAddress.TryParse(chain.Contract, out _))
        {
            yield return $"{path}Contract must be the registry contract's address: 0x and 40 hexadecimal digits.";
        }

        if (chain.CodeHash.Length > 0 && !Bytes32.TryParse(chain.CodeHash, out _))
        {
            yield return $"{path}CodeHash must be the keccak-256 of the contract's runtime code (0x and 64 hexadecimal digits), or be left out.";
        }
    }

    private static bool IsHttpUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);
}
