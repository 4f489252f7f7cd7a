using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Configuration;

/// <summary>Section <c>Issuer</c>: where this issuer is found, where it keeps its state, and who administers it.</summary>
internal sealed class IssuerOptions
{
    public const string Section = "Issuer";

    [HttpBaseUrl(ErrorMessage = "Issuer:PublicBaseUrl must be the absolute http or https URL at which the world reaches this issuer, such as https://issuer.example.edu. It is part of every DID and status list URL: it cannot change later.")]
    public string PublicBaseUrl { get; set; } = "http://localhost:7101";

    [HttpBaseUrl(ErrorMessage = "Issuer:VerifierBaseUrl must be the absolute http or https URL of the verifier page that QR codes open, such as https://verify.example.org.")]
    public string VerifierBaseUrl { get; set; } = "http://localhost:7102";

    [HttpBaseUrl(ErrorMessage = "Issuer:WalletBaseUrl must be the absolute http or https URL of the web wallet that links of offers open, such as https://wallet.example.org.")]
    public string WalletBaseUrl { get; set; } = "http://localhost:7103";

    [Required(ErrorMessage = "Issuer:DataFolder is not set. Name a folder on a local disk that only this issuer writes to.")]
    public string DataFolder { get; set; } = "";

    [Required(ErrorMessage = "Issuer:AdministratorKey is not set. Make a secret of at least 32 characters, for example with: openssl rand -base64 32")]
    [MinLength(32, ErrorMessage = "Issuer:AdministratorKey is shorter than 32 characters. Make a longer one, for example with: openssl rand -base64 32")]
    public string AdministratorKey { get; set; } = "";

    [ValidateObjectMembers]
    public KeyRingOptions KeyRing { get; set; } = new();

    /// <summary>Addresses and networks of the reverse proxies before this issuer; what they say of the client's address is believed, and nobody else's word.</summary>
    [NetworkAddresses(ErrorMessage = "Issuer:KnownProxies:N must each be an IP address or a network, such as 10.0.0.7 or 10.0.0.0/24.")]
    public IList<string> KnownProxies { get; } = [];

    /// <summary>The absolute URL of a path of the web wallet.</summary>
    public string WalletUrl(string path) => $"{WalletBaseUrl.TrimEnd('/')}/{path}";

    /// <summary>The absolute URL of a path of ours, as the world sees it.</summary>
    public Uri PublicUrl(string path) => new($"{PublicBaseUrl.TrimEnd('/')}/{path.TrimStart('/')}");
}

[OptionsValidator]
internal sealed partial class IssuerOptionsValidator : IValidateOptions<IssuerOptions>;
