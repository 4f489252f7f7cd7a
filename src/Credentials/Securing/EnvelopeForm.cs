using Credentials.Cose;
using Credentials.Enveloping;
using Credentials.Jose;
using Credentials.Keys;

namespace Credentials.Securing;

/// <summary>An envelope around the document.</summary>
internal sealed class EnvelopeForm(EnvelopeType type) : SecuringForm
{
    public override string Name => type.Name;

    public override IReadOnlySet<KeyType> KeyTypes => SignatureAlgorithm.KeyTypes;

    public override SecuredKinds Kinds => type.IsPresentation ? SecuredKinds.Presentation : SecuredKinds.Credential;

    public override string MediaTypeOf(SecuredKinds kind) => type.MediaType;

    private protected override async Task<Parsed<byte[]>> SecureAsync(Unsecured document, ISigner signer, SecuringOptions options, CancellationToken cancellationToken)
    {
        if ((EnvelopeRules.Check(document.Json, type, issuer: null) ?? EnvelopeRules.CheckSecured(document.Json)) is { } problem)
        {
            return problem;
        }

        return type.Shape switch
        {
            EnvelopeShape.Cose => await SignCoseAsync(document, signer, options, cancellationToken).ConfigureAwait(false),
            EnvelopeShape.SdJwt => await SignSdJwtAsync(document, signer, options, cancellationToken).ConfigureAwait(false),
            _ => await SignJwtAsync(document, signer, options, cancellationToken).ConfigureAwait(false),
        };
    }

    // The times of the signature, and for whom a presentation is made, go in as registered claims beside the members of the document; without them the payload is the document, byte for byte.
    private async Task<Parsed<byte[]>> SignJwtAsync(Unsecured document, ISigner signer, SecuringOptions options, CancellationToken cancellationToken)
    {
        AddedClaims added = new AddedClaims().Time("iat", options.Created).Time("exp", options.Expires).Text("aud", options.Domain).Text("nonce", options.Challenge).Confirmation(options.HolderKey, keyId: null);
        return added.Check(document.Json) is { } problem
            ? problem
            : await JwsWriter.SignAsync(added.AddTo(document.Text, document.Json), signer, new(type.Name, type.ContentType, options.VerificationMethod), prefix: default, suffix: default, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Parsed<byte[]>> SignSdJwtAsync(Unsecured document, ISigner signer, SecuringOptions options, CancellationToken cancellationToken)
    {
        if (EnvelopeRules.CheckFrame(options.Disclosures) is { } problem)
        {
            return problem;
        }

        var said = new SdJwtOptions(type.Name, options.VerificationMethod)
        {
            ContentType = type.ContentType,
            Frame = options.Disclosures,
            HolderKey = options.HolderKey,
            IssuedAt = options.Created,
            Expires = options.Expires,
            Audience = options.Domain,
            Nonce = options.Challenge,
        };
        return await SdJwt.IssueAsync(document.Text, signer, said, cancellationToken).ConfigureAwait(false);
    }

    private Task<Parsed<byte[]>> SignCoseAsync(Unsecured document, ISigner signer, SecuringOptions options, CancellationToken cancellationToken)
    {
        var claims = new EnvelopeClaims
        {
            IssuedAt = options.Created,
            Expires = options.Expires,
            Audience = options.Domain is { } domain ? [domain] : [],
            Nonce = options.Challenge,
        };
        byte[] header = CoseHeaderWriter.Write(SignatureAlgorithm.Of(signer.PublicKey.Type), type, options.VerificationMethod, claims);
        return CoseSign1.SignAsync(document.Text, signer, header, cancellationToken);
    }
}
