using Credentials.DcSdJwt;
using Credentials.Enveloping;
using Credentials.Keys;
using Credentials.Verification.Evidence;

namespace Credentials.Verification.Forms;

/// <summary>The signature of an envelope: JOSE, SD-JWT or COSE.</summary>
/// <param name="envelope">The envelope.</param>
internal sealed class EnvelopeSignature(Envelope envelope) : Signature
{
    /// <inheritdoc/>
    public override string Kind => SecuredDocument.FormOf(envelope);

    /// <inheritdoc/>
    public override string? VerificationMethod => envelope.VerificationMethod;

    /// <summary>An envelope does not say what it was made for: its media type does.</summary>
    public override string Purpose => envelope.IsPresentation ? "authentication" : "assertionMethod";

    /// <inheritdoc/>
    public override DateTimeOffset? Created => envelope.Claims.IssuedAt;

    /// <inheritdoc/>
    public override DateTimeOffset? NotBefore => envelope.Claims.NotBefore;

    /// <inheritdoc/>
    public override DateTimeOffset? Expires => envelope.Claims.Expires;

    /// <summary>"exp ... identifies the expiration time on or after which the JWT MUST NOT be accepted": https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4.</summary>
    public override bool IsOver(DateTimeOffset now) => Expires <= now;

    /// <inheritdoc/>
    public override string? Challenge => envelope.Claims.Nonce;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Domains => envelope.Claims.Audience;

    /// <inheritdoc/>
    public override WebIssuer? WebIssuer { get; } = envelope is SdJwtVc credential ? Evidence.WebIssuer.Of(credential) : null;

    /// <inheritdoc/>
    public override bool LetsWithhold => envelope.MediaType.EndsWith("+sd-jwt", StringComparison.Ordinal);

    /// <summary>"the principal processing the claim MUST identify itself with a value in the audience claim": https://www.rfc-editor.org/rfc/rfc7519#section-4.1.3.</summary>
    public override bool IsFor(string domain) => Domains.Contains(domain, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override Problem? Verify(PublicKey key) => envelope.Verify(key);
}
