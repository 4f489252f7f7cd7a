using Credentials.Dids;
using Credentials.Encoding;

namespace Credentials.OpenId.Presentation;

/// <summary>A verifier's name (<c>client_id</c>): a prefix that says how it is proven, and the name under that prefix.</summary>
/// <param name="Text">The whole, which is the audience of every presentation.</param>
/// <param name="Prefix">One of the constants here; null where the client must be known beforehand.</param>
/// <param name="Original">What follows the prefix.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#name-client-identifier-prefix-an</remarks>
public sealed record ClientIdentifier(string Text, string? Prefix, string Original)
{
    /// <summary>The place of the answer itself; never signed.</summary>
    public const string RedirectUri = "redirect_uri";

    /// <summary>A DID, one of whose keys signed.</summary>
    public const string DecentralizedIdentifier = "decentralized_identifier";

    /// <summary>A DNS name in the certificate of the key that signed.</summary>
    public const string X509SanDns = "x509_san_dns";

    /// <summary>The SHA-256 of the certificate of the key that signed.</summary>
    public const string X509Hash = "x509_hash";

    /// <summary>An entity of an OpenID Federation; not supported here.</summary>
    public const string OpenIdFederation = "openid_federation";

    /// <summary>By an attestation that somebody trusted gave; not supported here.</summary>
    public const string VerifierAttestation = "verifier_attestation";

    /// <summary>Reserved for what answers through the browser name as their audience; refused in requests.</summary>
    public const string Origin = "origin";

    private const int Sha256Length = 32;

    private static readonly string[] s_known = [RedirectUri, DecentralizedIdentifier, X509SanDns, X509Hash, OpenIdFederation, VerifierAttestation, Origin];

    /// <summary>Whether a request by this prefix must be signed, so that one that is not is a downgrade.</summary>
    public bool MustBeSigned => Prefix is DecentralizedIdentifier or X509SanDns or X509Hash or OpenIdFederation or VerifierAttestation;

    /// <summary>Whether a wallet of this library can establish who asks by it.</summary>
    public bool IsSupported => Prefix is RedirectUri or DecentralizedIdentifier or X509SanDns or X509Hash;

    /// <summary>Takes one apart at its first colon; a prefix that is not known is part of the name.</summary>
    public static ClientIdentifier Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && s_known.Contains(text[..colon], StringComparer.Ordinal) ? new(text, text[..colon], text[(colon + 1)..]) : new(text, null, text);
    }

    /// <summary>The audience of an answer through the browser.</summary>
    public static string OfOrigin(string origin) => $"{Origin}:{origin}";

    /// <summary>Whether the name has the form that its prefix asks for, and is one that is supported.</summary>
    public Problem? Check() => Prefix switch
    {
        Origin => Fault("The client identifier prefix origin must not be used in requests."),
        null => Fault("The verifier is known by no client identifier prefix, and no verifiers are registered here."),
        OpenIdFederation or VerifierAttestation => Fault($"The client identifier prefix {Prefix} is not supported here."),
        DecentralizedIdentifier when DidUrl.Parse(Original) is not { Value.IsDid: true } => Fault("Behind decentralized_identifier: stands a DID."),
        X509SanDns when Uri.CheckHostName(Original) != UriHostNameType.Dns => Fault("Behind x509_san_dns: stands a DNS name."),
        X509Hash when StrictBase64Url.Decode(Original) is not { Length: Sha256Length } => Fault("Behind x509_hash: stands the SHA-256 of a certificate, base64url."),
        RedirectUri when !Addresses.IsSafe(Original) => Fault("Behind redirect_uri: stands an https URL without fragment."),
        _ => null,
    };

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static Problem Fault(string detail) => new(PresentationError.InvalidRequest, detail, "/client_id");
}
