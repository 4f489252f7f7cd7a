using System.Text.Json.Nodes;
using Credentials.Enveloping;
using Credentials.Keys;
using Credentials.Securing;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Forms;

/// <summary>One story in every form: what is genuine is verified, what is not is rejected, and what cannot be told is told as that.</summary>
public sealed class FormStoryTests
{
    public static TheoryData<string> Forms => FormWorld.Credentials;

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Verifies_a_genuine_diploma_and_names_the_form(string form)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        FormedDiploma diploma = await world.IssueAsAsync(form);
        VerificationResult result = await world.VerifyAsync(diploma);

        result.IsVerified();
        Assert.Equal(FormWorld.IsEnvelope(form) ? form : "data-integrity", result.Form);
        Assert.Equal(diploma.Receipts.Count > 0, result.Anchor is not null);
        Assert.Contains(form, result[CheckName.Proof].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Rejects_a_signature_that_was_altered(string form)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        FormedDiploma diploma = await world.IssueAsAsync(form);
        VerificationResult result = await world.VerifyAsync(diploma with { Text = FormWorld.WithBrokenSignature(diploma.Text) });

        result.IsRejected(CheckName.Proof, result[CheckName.Proof].Problem!.Code);
        Assert.Null(result.Anchor);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Rejects_what_a_stranger_signed_in_the_issuers_name(string form)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        using SigningKey stranger = FormWorld.KeyFor(form);
        string method = world.Issuer.Did + (stranger.PublicKey.Type == KeyType.P256 ? "#p256" : "#ed25519");
        byte[] forged = await FormWorld.SecureAsync(form, world.Issuer.Prepare("brazil").Text, stranger, method);

        (await world.VerifyAsync(forged)).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Rejects_what_a_stranger_signed_in_its_own_name(string form)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        using SigningKey stranger = FormWorld.KeyFor(form);
        byte[] forged = await FormWorld.SecureAsync(form, world.Issuer.Prepare("brazil").Text, stranger, Dids.Methods.DidKey.MethodOf(stranger.PublicKey));

        (await world.VerifyAsync(forged)).IsRejected(CheckName.Issuer, ProblemCode.IssuerMismatch);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Rejects_what_was_revoked(string form)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        FormedDiploma diploma = await world.IssueAsAsync(form);
        world.Issuer.Revocations[diploma.StatusListIndex] = true;
        await world.PublishStatusAsync();

        (await world.VerifyAsync(diploma)).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Rejects_what_is_over(string form)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        FormedDiploma diploma = await world.IssueAsAsync(form, json => json["validUntil"] = "2026-09-01T00:00:00Z");

        (await world.VerifyAsync(diploma)).IsRejected(CheckName.ValidityPeriod, ProblemCode.CredentialExpired);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Rejects_a_signature_that_is_over(string form)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        FormedDiploma diploma = await world.IssueAsAsync(form, options: said => said with { Expires = Samples.Time + TimeSpan.FromMinutes(1) });

        (await world.VerifyAsync(diploma)).IsRejected(CheckName.ValidityPeriod, ProblemCode.CredentialExpired);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Cannot_tell_while_the_DID_host_is_down(string form)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        FormedDiploma diploma = await world.IssueAsAsync(form);
        world.Web.Break(world.DidUrl, "connection refused");

        (await world.VerifyAsync(diploma)).CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Cannot_tell_while_the_status_host_is_down(string form)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        FormedDiploma diploma = await world.IssueAsAsync(form);
        world.Web.Break(world.RevocationUrl, "HTTP 503");

        (await world.VerifyAsync(diploma)).CannotTell(CheckName.Status, ProblemCode.StatusRetrievalError);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Cannot_tell_of_a_key_that_the_issuer_does_not_have(string form)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        using SigningKey key = FormWorld.KeyFor(form);
        byte[] signed = await FormWorld.SecureAsync(form, world.Issuer.Prepare("brazil").Text, key, world.Issuer.Did + "#other");

        (await world.VerifyAsync(signed)).CannotTell(CheckName.Proof, ProblemCode.InvalidVerificationMethod);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Cannot_tell_of_the_anchor_without_its_receipt_and_takes_no_other_forms(string form)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        FormedDiploma diploma = await world.IssueAsAsync(form);
        FormedDiploma other = await world.IssueAsAsync(form == "vc+jwt" ? "ecdsa-jcs-2019" : "vc+jwt");
        if (diploma.Receipts.Count > 0)
        {
            (await world.VerifyAsync(diploma with { Receipts = [] })).CannotTell(CheckName.Anchor, ProblemCode.AnchorReceiptError);
            (await world.VerifyAsync(diploma with { Receipts = other.Receipts })).CannotTell(CheckName.Anchor, ProblemCode.AnchorReceiptError);
        }
        else
        {
            (await world.VerifyAsync(diploma, VerificationPolicy.RequireAnchor)).CannotTell(CheckName.Anchor, ProblemCode.AnchorReceiptError);
        }
    }

    [Theory]
    [InlineData("vc+jwt")]
    [InlineData("vc+sd-jwt")]
    [InlineData("vc+cose")]
    public async Task Verifies_an_envelope_in_its_JSON_object(string form)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        FormedDiploma diploma = await world.IssueAsAsync(form);
        FormedDiploma wrapped = diploma with { Text = EnvelopedDocument.Write(Envelope.Open(diploma.Text).Require()) };
        VerificationResult result = await world.VerifyAsync(wrapped);

        result.IsVerified();
        Assert.Equal(form, result.Form);
        (await world.VerifyAsync(wrapped with { Text = Text.Edit(wrapped.Text, json => json["@context"] = new JsonArray()) })).CannotTell(CheckName.Format, ProblemCode.MalformedValueError);
        (await world.VerifyAsync(wrapped with { Text = Text.Edit(wrapped.Text, json => json["id"] = ((string)json["id"]!).Split(',')[1]) })).CannotTell(CheckName.Format, ProblemCode.MalformedValueError);
    }

    [Theory]
    [InlineData("ecdsa-jcs-2019")]
    [InlineData("eddsa-jcs-2022")]
    [InlineData("ecdsa-rdfc-2019")]
    [InlineData("eddsa-rdfc-2022")]
    [InlineData("ecdsa-sd-2023")]
    [InlineData("Ed25519Signature2020")]
    public async Task Verifies_a_credential_of_version_1_1_within_its_own_dates(string form)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] old = await world.SecureAsync(form, V1(world, "2027-01-01T00:00:00Z"));
        byte[] over = await world.SecureAsync(form, V1(world, "2026-09-01T00:00:00Z"));

        (await world.VerifyAsync(old)).IsVerified();
        (await world.VerifyAsync(over)).IsRejected(CheckName.ValidityPeriod, ProblemCode.CredentialExpired);
        Assert.Equal(Verdict.Rejected, (await world.VerifyAsync(Text.Replace(old, "Nursing", "Surgery"))).Verdict);
    }

    [Fact]
    public async Task Verifies_a_status_list_in_an_envelope()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        FormedDiploma diploma = await world.IssueAsAsync("vc+jwt");
        await EnvelopStatusAsync(world);
        (await world.VerifyAsync(diploma)).IsVerified();

        world.Issuer.Revocations[diploma.StatusListIndex] = true;
        await world.PublishStatusAsync();
        await EnvelopStatusAsync(world);
        (await world.VerifyAsync(diploma)).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
    }

    [Fact]
    public async Task Verifies_what_the_issuer_signed_inside_of_anybodys_envelope_and_counts_both_signatures()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        using SigningKey anybody = SigningKey.Generate(KeyType.P256);
        byte[] inner = Text.Edit((await world.Issuer.IssueAsync()).Text, json => json.Remove("credentialStatus"));
        byte[] signed = await world.Issuer.SignAsync(Text.Edit(inner, json => json.Remove("proof")));
        byte[] wrapped = await FormWorld.SecureAsync("vc+jwt", signed, anybody, Dids.Methods.DidKey.MethodOf(anybody.PublicKey), said => said with { Created = null });

        VerificationResult result = await world.VerifyAsync(wrapped);
        result.IsVerified();
        Assert.Contains("All 2 signatures hold", result[CheckName.Proof].Detail, StringComparison.Ordinal);

        byte[] tampered = await FormWorld.SecureAsync("vc+jwt", Text.Replace(signed, "8.74", "9.74"), anybody, Dids.Methods.DidKey.MethodOf(anybody.PublicKey), said => said with { Created = null });
        (await world.VerifyAsync(tampered)).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    [Theory]
    [InlineData("vp+jwt")]
    [InlineData("vp+cose")]
    public async Task Cannot_tell_of_a_presentation_that_is_handed_in_as_a_credential(string form)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] presentation = await world.SecureAsync(form, Utf8.Bytes("""{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"]}"""));

        (await world.VerifyAsync(presentation)).CannotTell(CheckName.Format, ProblemCode.MalformedValueError);
    }

    [Fact]
    public async Task Cannot_tell_of_the_holders_own_copy_and_does_not_call_it_a_forgery()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        Parsed<byte[]> own = await SecuringForm.Find(FormWorld.SelectiveDisclosure)!.SignAsync(world.Issuer.Prepare("brazil").Text, world.Issuer.P256, new(world.Issuer.Did + "#p256"), CancellationToken.None);
        VerificationResult result = await world.VerifyAsync(own.Require());

        result.CannotTell(CheckName.Proof, ProblemCode.ProofVerificationError);
        Assert.Equal(Remedy.Holder, result.Decisive!.Remedy);
    }

    [Fact]
    public async Task Verifies_a_part_that_the_holder_shows_with_the_anchor_of_the_whole()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        (byte[] text, _, _) = world.Issuer.Prepare("brazil");
        byte[] whole = (await SecuringForm.Find(FormWorld.SelectiveDisclosure)!.SignAsync(text, world.Issuer.P256, new(world.Issuer.Did + "#p256") { MandatoryPointers = ["/issuer", "/credentialStatus", "/validFrom"] }, CancellationToken.None)).Require();
        SampleAnchored anchored = world.Issuer.Anchor(new SampleCredential(whole, default, 0));
        Assert.True(await world.AnchorAsync(anchored.Receipt.Root));
        byte[] part = DataIntegrity.EcdsaSd2023Proofs.Derive(anchored.Text, ["/credentialSubject/award/degreeName"]).Require();
        VerificationResult result = await world.VerifyAsync(part);

        result.IsVerified();
        Assert.NotNull(result.Anchor);
        Assert.EndsWith("what its holder cannot withhold has not changed since.", result[CheckName.Anchor].Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("dateOfBirth", Utf8.Text(part), StringComparison.Ordinal);
    }

    private static byte[] V1(TestWorld world, string expires) => Utf8.Bytes($$"""
        {
          "@context": ["https://www.w3.org/2018/credentials/v1", "https://w3id.org/security/data-integrity/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2"],
          "type": ["VerifiableCredential"],
          "issuer": "{{world.Issuer.Did}}",
          "issuanceDate": "2026-01-01T00:00:00Z",
          "expirationDate": "{{expires}}",
          "credentialSubject": {"id": "did:example:learner", "degree": "Nursing"}
        }
        """);

    private static async Task EnvelopStatusAsync(TestWorld world)
    {
        foreach (string url in (string[])[world.RevocationUrl, world.SuspensionUrl])
        {
            byte[] unsigned = Text.Edit(world.Web.Get(url).ToArray(), json => json.Remove("proof"));
            world.Web.Put(url, await world.SecureAsync("vc+jwt", unsigned), "application/vc+jwt");
        }
    }
}
