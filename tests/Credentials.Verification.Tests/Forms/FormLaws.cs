using Credentials.Dids;
using Credentials.Keys;
using Credentials.Securing;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Forms;

/// <summary>What the verdict on every form obeys, with every type of key.</summary>
public sealed class FormLaws
{
    public static TheoryData<string, KeyType> Credentials => FormBench.Credentials;

    public static TheoryData<string, KeyType> Presentations => FormBench.Presentations;

    [Theory]
    [MemberData(nameof(Credentials))]
    public async Task Verifies_a_credential(string form, KeyType type) =>
        (await FormBench.VerifyAsync(await FormBench.CredentialAsync(form, type))).IsVerified();

    [Theory]
    [MemberData(nameof(Presentations))]
    public async Task Verifies_a_presentation(string form, KeyType type) =>
        (await FormBench.VerifyPresentationAsync(await FormBench.PresentationAsync(form, type))).IsVerified();

    [Theory]
    [MemberData(nameof(Credentials))]
    public async Task Rejects_a_credential_under_another_key_of_the_same_name(string form, KeyType type)
    {
        using SigningKey other = SigningKey.Generate(type);
        CredentialVerifier verifier = FormBench.VerifierThatTrusts(DidDocumentWriter.Build(FormBench.IssuerDid, [new(FormBench.FragmentOf(type), other.PublicKey)]));

        VerificationResult result = await verifier.VerifyAsync(await FormBench.CredentialAsync(form, type), CancellationToken.None);

        result.IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    [Theory]
    [MemberData(nameof(Credentials))]
    public async Task Rejects_a_credential_whose_key_name_leads_to_a_key_of_another_type(string form, KeyType type)
    {
        byte[] credential = await FormBench.CredentialAsync(form, type);
        foreach (KeyType foreign in Enum.GetValues<KeyType>().Where(other => other != type))
        {
            CredentialVerifier verifier = FormBench.VerifierThatTrusts(DidDocumentWriter.Build(FormBench.IssuerDid, [new(FormBench.FragmentOf(type), FormBench.Issuer(foreign).PublicKey)]));

            VerificationResult result = await verifier.VerifyAsync(credential, CancellationToken.None);

            Assert.True(result.Verdict == Verdict.Rejected && result.Decisive!.Name == CheckName.Proof, $"{foreign}: {result.Show()}");
        }
    }

    [Theory]
    [MemberData(nameof(Presentations))]
    public async Task Rejects_a_presentation_for_another_challenge_or_domain(string form, KeyType type)
    {
        byte[] presentation = await FormBench.PresentationAsync(form, type);

        (await FormBench.VerifyPresentationAsync(presentation, PresentationExpectation.Of(FormBench.Challenge + "x", FormBench.Domain))).IsRejected(CheckName.Proof, ProblemCode.InvalidChallenge);
        (await FormBench.VerifyPresentationAsync(presentation, PresentationExpectation.Of(FormBench.Challenge.ToLowerInvariant(), FormBench.Domain))).IsRejected(CheckName.Proof, ProblemCode.InvalidChallenge);
        (await FormBench.VerifyPresentationAsync(presentation, PresentationExpectation.Of(FormBench.Challenge, FormBench.Domain + "/"))).IsRejected(CheckName.Proof, ProblemCode.InvalidDomain);
        (await FormBench.VerifyPresentationAsync(presentation, PresentationExpectation.Of(FormBench.Challenge, FormBench.Domain[..^1]))).IsRejected(CheckName.Proof, ProblemCode.InvalidDomain);
    }

    [Theory]
    [MemberData(nameof(Credentials))]
    public async Task Never_verifies_a_credential_that_is_handed_in_as_a_presentation(string form, KeyType type)
    {
        PresentationResult result = await FormBench.VerifyPresentationAsync(await FormBench.CredentialAsync(form, type));

        Assert.NotEqual(Verdict.Verified, result.Verdict);
    }

    [Theory]
    [MemberData(nameof(Presentations))]
    public async Task Never_verifies_a_presentation_that_is_handed_in_as_a_credential(string form, KeyType type)
    {
        VerificationResult result = await FormBench.VerifyAsync(await FormBench.PresentationAsync(form, type));

        Assert.NotEqual(Verdict.Verified, result.Verdict);
    }

    [Theory]
    [InlineData("authentication")]
    [InlineData("keyAgreement")]
    [InlineData("capabilityInvocation")]
    [InlineData("AssertionMethod")]
    [InlineData("https://w3id.org/security#assertionMethod")]
    public async Task Never_verifies_a_credential_that_was_signed_for_another_purpose(string purpose)
    {
        foreach (string form in FormBench.NamesOf(SecuredKinds.Credential).Where(form => !FormWorld.IsEnvelope(form)))
        {
            VerificationResult result = await FormBench.VerifyAsync(await FormBench.CredentialAsync(form, FormBench.KeyOf(form), options: said => said with { ProofPurpose = purpose }));

            Assert.True(result.Verdict == Verdict.Indeterminate && result.Decisive!.Name == CheckName.Proof, $"{form}: {result.Show()}");
        }
    }

    [Theory]
    [MemberData(nameof(Credentials))]
    public async Task Rejects_a_credential_whose_signature_is_over_or_has_not_begun(string form, KeyType type)
    {
        byte[] over = await FormBench.CredentialAsync(form, type, options: said => said with { Expires = Samples.Time });

        (await FormBench.VerifyAsync(over)).IsRejected(CheckName.ValidityPeriod, ProblemCode.CredentialExpired);
    }
}
