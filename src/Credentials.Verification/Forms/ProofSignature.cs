using System.Text.Json;
using Credentials.DataIntegrity;
using Credentials.JsonLd;
using Credentials.Keys;

namespace Credentials.Verification.Forms;

/// <summary>A Data Integrity proof of a suite that is known here.</summary>
internal sealed class ProofSignature(JsonElement document, DataIntegrityProof proof, Problem? malformed, ContextLibrary? contexts) : Signature
{
    /// <inheritdoc/>
    public override string Kind => proof.Cryptosuite ?? proof.Type;

    /// <inheritdoc/>
    public override string? VerificationMethod => proof.VerificationMethod;

    /// <inheritdoc/>
    public override string Purpose => proof.ProofPurpose;

    /// <inheritdoc/>
    public override DateTimeOffset? Created => proof.Created;

    /// <inheritdoc/>
    public override DateTimeOffset? Expires => proof.Expires;

    /// <inheritdoc/>
    public override string? Challenge => proof.Challenge;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Domains => proof.Domain;

    /// <inheritdoc/>
    public override bool CoversMeaningOnly => Cryptosuite.Of(proof) is { SignsStatements: true };

    /// <inheritdoc/>
    public override bool LetsWithhold => Cryptosuite.Of(proof) is { DisclosesSelectively: true };

    /// <inheritdoc/>
    public override Problem? Malformed => malformed;

    /// <inheritdoc/>
    public override Problem? NotToBeVerified => EcdsaSd2023Proofs.IsBaseProof(proof)
        ? new(ProblemCode.ProofVerificationError, "This is the holder's own copy, from which the holder derives what is shown to others (a base proof of ecdsa-sd-2023). Ask for a derived one.", proof.Pointer)
        : null;

    /// <summary>"If domain was given, and it does not contain the same strings as proof.domain (treating a single string as a set containing just that string), an error MUST be raised".</summary>
    public override bool IsFor(string domain) => proof.Domain.Count > 0 && proof.Domain.All(one => one == domain);

    /// <inheritdoc/>
    public override Problem? Verify(PublicKey key) => DataIntegritySuite.Verify(document, proof, key, contexts);
}
