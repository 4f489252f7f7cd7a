using System.Text.Json;
using Credentials.DataIntegrity;
using Credentials.Enveloping;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.Securing;
using Credentials.TestKit;
using Credentials.Tests.Enveloping;

namespace Credentials.Tests.Securing;

/// <summary>The table of forms.</summary>
public class SecuringFormTests
{
    [Fact]
    public void Finds_every_form_by_its_name_and_nothing_else()
    {
        Assert.All(SecuringForm.All, form => Assert.Same(form, SecuringForm.Find(form.Name)));
        Assert.Equal(SecuringForm.All.Count, SecuringForm.All.Select(form => form.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.Subset(SecuringForm.All.Select(form => form.Name).ToHashSet(StringComparer.Ordinal), new HashSet<string>(["vc+jwt", "vp+jwt", "vc+sd-jwt", "vc+cose", "vp+cose", "ecdsa-jcs-2019"], StringComparer.Ordinal));
        Assert.All(new[] { null, "", "VC+JWT", "jwt", "application/vc+jwt" }, name => Assert.Null(SecuringForm.Find(name)));
    }

    [Theory]
    [InlineData("vc+jwt", SecuredKinds.Credential, "application/vc+jwt")]
    [InlineData("vp+cose", SecuredKinds.Presentation, "application/vp+cose")]
    [InlineData("ecdsa-jcs-2019", SecuredKinds.Credential, "application/vc")]
    [InlineData("eddsa-jcs-2022", SecuredKinds.Presentation, "application/vp")]
    public void Tells_the_media_type_of_what_it_makes(string form, SecuredKinds kind, string mediaType) => Assert.Equal(mediaType, SecuringForm.Find(form)!.MediaTypeOf(kind));

    [Theory]
    [InlineData("vc+jwt")]
    [InlineData("vc+sd-jwt")]
    [InlineData("vc+cose")]
    public async Task Refuses_a_presentation_where_a_credential_belongs(string form) =>
        Assert.False((await SignAsync(form, Sealed.Presentation)).Ok);

    [Theory]
    [InlineData("vp+jwt")]
    [InlineData("vp+sd-jwt")]
    [InlineData("vp+cose")]
    public async Task Refuses_a_credential_where_a_presentation_belongs(string form) =>
        Assert.False((await SignAsync(form, Sealed.Credential)).Ok);

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("""{"type":"Something"}""")]
    [InlineData("""{"type":["VerifiableCredential","VerifiablePresentation"]}""")]
    [InlineData("""{"type":"VerifiableCredential","vc":{}}""")]
    [InlineData("""{"type":"VerifiableCredential","a":1,"a":2}""")]
    public async Task Refuses_to_sign_what_it_cannot_secure(string document) => Assert.False((await SignAsync("vc+jwt", Utf8.Bytes(document))).Ok);

    [Theory]
    [InlineData("vc+jwt")]
    [InlineData("vc+sd-jwt")]
    public async Task Refuses_to_break_a_proof_by_claims_beside_it(string form)
    {
        byte[] proven = Utf8.Bytes("""{"type":"VerifiableCredential","issuer":"did:example:i","proof":{"type":"DataIntegrityProof"}}""");
        using var key = SigningKey.Generate(KeyType.P256);
        Parsed<byte[]> timed = await SecuringForm.Find(form)!.SignAsync(proven, key, new("did:example:i#k", DateTimeOffset.UnixEpoch), CancellationToken.None);

        Assert.Equal("/proof", timed.Problem?.Pointer);
        Assert.True((await SecuringForm.Find(form)!.SignAsync(proven, key, new("did:example:i#k"), CancellationToken.None)).Ok);
    }

    [Theory]
    [InlineData("""{"type":"VerifiablePresentation","verifiableCredential":[{"type":"VerifiableCredential"}]}""", false)]
    [InlineData("""{"type":"VerifiablePresentation","verifiableCredential":["eyJ"]}""", false)]
    [InlineData("""{"type":"VerifiablePresentation","verifiableCredential":{"type":"VerifiableCredential"}}""", false)]
    [InlineData("""{"type":"VerifiablePresentation","verifiableCredential":[{"type":"EnvelopedVerifiableCredential"}]}""", true)]
    [InlineData("""{"type":"VerifiablePresentation","verifiableCredential":[{"type":"VerifiableCredential","proof":{}}]}""", true)]
    [InlineData("""{"type":"VerifiablePresentation"}""", true)]
    public async Task Refuses_a_presentation_of_unsecured_credentials(string document, bool good) => Assert.Equal(good, (await SignAsync("vp+jwt", Utf8.Bytes(document))).Ok);

    [Theory]
    [InlineData("/@context")]
    [InlineData("/@context/0")]
    [InlineData("/type")]
    [InlineData("/issuer")]
    [InlineData("/issuer/id")]
    [InlineData("/validFrom")]
    [InlineData("/expirationDate")]
    [InlineData("/credentialStatus")]
    [InlineData("/credentialStatus/0/statusListIndex")]
    public async Task Refuses_to_make_withholdable_what_every_verifier_needs(string pointer) =>
        Assert.Equal(pointer, (await SignAsync("vc+sd-jwt", Sealed.Credential, options => options with { Disclosures = new([pointer]) })).Problem?.Pointer);

    [Fact]
    public async Task Discloses_what_the_frame_leaves_to_the_holder()
    {
        byte[] secured = (await SignAsync("vc+sd-jwt", Sealed.Credential, options => options with { Disclosures = Sealed.Frame, HolderKey = Sealed.Key(KeyType.Ed25519).PublicKey })).Require();

        SdJwt shown = SdJwt.Open(SdJwt.Open(secured).Require().Present(["/credentialSubject/award/grade"]).Require()).Require();
        Envelope envelope = Sealed.Open(shown.Secured.ToArray());

        Assert.Null(envelope.Verify(Sealed.Key(KeyType.P256).PublicKey));
        Assert.Equal(Sealed.Key(KeyType.Ed25519).PublicKey, envelope.Confirmation!.Key);
        Assert.Equal(Sealed.Open(secured).AnchorDigest, envelope.AnchorDigest);
        using var payload = JsonDocument.Parse(envelope.Payload);
        Assert.True(payload.RootElement.GetProperty("credentialSubject").GetProperty("award").TryGetProperty("grade", out _));
        Assert.False(payload.RootElement.GetProperty("credentialSubject").TryGetProperty("dateOfBirth", out _));
    }

    [Fact]
    public async Task Refuses_keys_that_the_form_does_not_sign_with() =>
        await Assert.ThrowsAsync<ArgumentException>(() => SecuringForm.Find("eddsa-jcs-2022")!.SignAsync(Sealed.Credential, Sealed.Key(KeyType.P256), new(Sealed.Method), CancellationToken.None));

    [Theory]
    [InlineData("vc+jwt")]
    [InlineData("vc+sd-jwt")]
    [InlineData("vc+cose")]
    public async Task Refuses_a_signature_of_the_wrong_length(string form)
    {
        Parsed<byte[]> secured = await SecuringForm.Find(form)!.SignAsync(Sealed.Credential, new DerSigner(), new(Sealed.Method), CancellationToken.None);

        Assert.Equal(ProblemCode.ProofGenerationError, secured.Problem?.Code);
    }

    [Theory]
    [InlineData("ecdsa-jcs-2019", "assertionMethod", false)]
    [InlineData("ecdsa-jcs-2019", "authentication", true)]
    public async Task Gives_a_proof_the_purpose_of_its_document(string form, string purpose, bool presentation)
    {
        byte[] secured = (await SignAsync(form, presentation ? Sealed.Presentation : Sealed.Credential, options => options with { Challenge = "c", Domain = "d" })).Require();

        using var json = JsonDocument.Parse(secured);
        Assert.Equal(purpose, json.RootElement.GetProperty("proof").GetProperty("proofPurpose").GetString());
        Assert.Null(DataIntegritySuite.Verify(json.RootElement, DataIntegrityProof.ReadAll(json.RootElement)[0].Require(), Sealed.Key(KeyType.P256).PublicKey));
    }

    private static Task<Parsed<byte[]>> SignAsync(string form, byte[] document, Func<SecuringOptions, SecuringOptions>? change = null)
    {
        var options = new SecuringOptions(Sealed.Method);
        return SecuringForm.Find(form)!.SignAsync(document, Sealed.Key(KeyType.P256), change?.Invoke(options) ?? options, CancellationToken.None);
    }

    private sealed class DerSigner : ISigner
    {
        public PublicKey PublicKey => Sealed.Key(KeyType.P256).PublicKey;

        public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => ValueTask.FromResult(new byte[71]);
    }
}
