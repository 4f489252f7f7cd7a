using Credentials.DataIntegrity;
using Credentials.Keys;

namespace Credentials.Securing;

/// <summary>A Data Integrity proof in the document.</summary>
internal sealed class EmbeddedProofForm(Cryptosuite suite) : SecuringForm
{
    public override string Name => suite.Name;

    public override IReadOnlySet<KeyType> KeyTypes => suite.KeyTypes;

    public override SecuredKinds Kinds => suite.DisclosesSelectively ? SecuredKinds.Credential : SecuredKinds.Credential | SecuredKinds.Presentation;

    // https://www.w3.org/TR/vc-data-model-2.0/#media-types
    public override string MediaTypeOf(SecuredKinds kind) => kind == SecuredKinds.Presentation ? "application/vp" : "application/vc";

    private protected override Task<Parsed<byte[]>> SecureAsync(Unsecured document, ISigner signer, SecuringOptions options, CancellationToken cancellationToken)
    {
        string purpose = options.ProofPurpose ?? (document.Kind == SecuredKinds.Presentation ? "authentication" : "assertionMethod");
        var proof = new ProofOptions(options.VerificationMethod, options.Created, purpose)
        {
            Expires = options.Expires,
            Challenge = options.Challenge,
            Domain = options.Domain is { } domain ? [domain] : [],
            MandatoryPointers = suite.DisclosesSelectively ? options.MandatoryPointers : [],
        };
        return DataIntegritySuite.SignAsync(document.Text, suite, signer, proof, cancellationToken);
    }
}
