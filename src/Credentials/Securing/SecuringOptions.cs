using Credentials.Jose;
using Credentials.Keys;

namespace Credentials.Securing;

/// <summary>What is said besides the document, whatever the form; a form passes over what it has no place for.</summary>
/// <param name="VerificationMethod">Absolute DID URL of the key: <c>verificationMethod</c> of a proof, <c>kid</c> of an envelope.</param>
/// <param name="Created">Claimed time of signing: <c>created</c> of a proof, <c>iat</c> of an envelope; null leaves it out.</param>
public sealed record SecuringOptions(string VerificationMethod, DateTimeOffset? Created = null)
{
    /// <summary>When the signature expires: <c>expires</c> of a proof, <c>exp</c> of an envelope.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Purpose of a proof; null is <c>assertionMethod</c> for a credential and <c>authentication</c> for a presentation.</summary>
    public string? ProofPurpose { get; init; }

    /// <summary>The verifier's nonce, in presentations.</summary>
    public string? Challenge { get; init; }

    /// <summary>The verifier, in presentations.</summary>
    public string? Domain { get; init; }

    /// <summary>What the holder may later withhold, in SD-JWT.</summary>
    public DisclosureFrame Disclosures { get; init; } = DisclosureFrame.None;

    /// <summary>RFC 6901 pointers to what can never be withheld, in <c>ecdsa-sd-2023</c>.</summary>
    public IReadOnlyList<string> MandatoryPointers { get; init; } = [];

    /// <summary>The holder's key, by value, in SD-JWT.</summary>
    public PublicKey? HolderKey { get; init; }
}
