using Credentials.Keys;

namespace Credentials.Status;

/// <summary>A status list token, a JWT or a CWT: opened, not yet believed.</summary>
/// <remarks>https://www.ietf.org/archive/id/draft-ietf-oauth-status-list-20.html#name-status-list-token</remarks>
public abstract class StatusListToken
{
    /// <summary>The media type of the JWT form.</summary>
    public const string JwtMediaType = "application/statuslist+jwt";

    /// <summary>The media type of the CWT form.</summary>
    public const string CwtMediaType = "application/statuslist+cwt";

    /// <summary>Bytes above which nothing is opened: 4 MiB.</summary>
    public const int MaxLength = Enveloping.Envelope.MaxLength;

    // A year; whoever writes more means "for ever", which nobody should.
    private protected const long MaxTimeToLive = 366L * 24 * 60 * 60;

    private protected StatusListToken(StatusListClaims claims) => Claims = claims;

    /// <summary>What it says. Means nothing before <see cref="Verify"/> has said null.</summary>
    public StatusListClaims Claims { get; }

    /// <summary>The <c>kid</c> of its header, as it stands; null when it names none.</summary>
    public abstract string? KeyId { get; }

    /// <summary>DER of the certificates in its header (<c>x5c</c>), the signer's first; empty when there are none, and of a CWT, whose <c>x5chain</c> is not read.</summary>
    public abstract IReadOnlyList<ReadOnlyMemory<byte>> CertificateChain { get; }

    /// <summary>Its media type.</summary>
    public abstract string MediaType { get; }

    /// <summary>Whether it holds under that key: null, or the problem, with the codes of <see cref="DataIntegrity.DataIntegritySuite.Verify"/>.</summary>
    public abstract Problem? Verify(PublicKey key);

    /// <summary>Opens one: every rule of the specification but those of signature, time and reference.</summary>
    /// <param name="token">A compact JWS, or a COSE_Sign1 with its tag. It must not change.</param>
    public static Parsed<StatusListToken> Open(ReadOnlyMemory<byte> token) =>
        token.Length is 0 or > MaxLength ? new Problem(ProblemCode.StatusVerificationError, $"A status list token has between 1 and {MaxLength} bytes, not {token.Length}.")
        : token.Span[0] >= 0x80 ? StatusListCwt.Open(token)
        : StatusListJwt.Open(token);

    /// <summary>Makes the JWT form.</summary>
    /// <param name="claims">What it says.</param>
    /// <param name="signer">The issuer's key.</param>
    /// <param name="keyId">The <c>kid</c>: absolute DID URL of the verification method.</param>
    /// <param name="certificateChain">DER of the certificates for <c>x5c</c>, the signer's first; empty for none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static Task<Parsed<byte[]>> SignJwtAsync(StatusListClaims claims, ISigner signer, string keyId, IReadOnlyList<ReadOnlyMemory<byte>> certificateChain, CancellationToken cancellationToken) =>
        StatusListJwt.SignAsync(claims, signer, keyId, certificateChain, cancellationToken);

    /// <summary>Makes the CWT form, tagged as COSE_Sign1.</summary>
    /// <param name="claims">What it says.</param>
    /// <param name="signer">The issuer's key.</param>
    /// <param name="keyId">The <c>kid</c>: absolute DID URL of the verification method.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static Task<Parsed<byte[]>> SignCwtAsync(StatusListClaims claims, ISigner signer, string keyId, CancellationToken cancellationToken) =>
        StatusListCwt.SignAsync(claims, signer, keyId, cancellationToken);
}
