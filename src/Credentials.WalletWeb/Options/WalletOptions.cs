namespace Credentials.WalletWeb.Options;

/// <summary>Configuration section <c>Wallet</c>.</summary>
internal sealed record WalletOptions
{
    public const string Section = "Wallet";

    /// <summary>Where learners find it. Issuers send them back here, and browsers tie keys and passkeys to its host: it does not change without everybody losing theirs.</summary>
    public string PublicBaseUrl { get; set; } = "";

    /// <summary>The verifier at which learners may check their own diploma; empty for none, and then nothing of it is offered.</summary>
    public string VerifierUrl { get; set; } = "";

    /// <summary>Whether this is a pilot on one machine, whose issuers and verifiers have loopback addresses without TLS.</summary>
    public bool IsLoopback => Uri.TryCreate(PublicBaseUrl, UriKind.Absolute, out Uri? address) && address.IsLoopback;
}
