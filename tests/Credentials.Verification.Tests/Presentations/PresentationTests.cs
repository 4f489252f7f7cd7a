using System.Text.Json.Nodes;
using Credentials.DataModel;
using Credentials.Enveloping;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Presentations;

/// <summary>The proof of a presentation: that it was made now, for us, by its holder.</summary>
public sealed class PresentationTests
{
    private const string Elsewhere = "https://somebody-else.example";

    public static TheoryData<string> Forms => FormWorld.Presentations;

    public static TheoryData<string> CredentialForms => FormWorld.Credentials;

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Verifies_a_presentation_that_was_made_for_us(string form)
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        PresentationResult result = await world.VerifyAsync(await world.PresentAsync(form));

        result.IsVerified();
        Assert.Equal(CheckName.OfPresentations, result.Checks.Select(check => check.Name));
        Assert.All(result.Checks, check => Assert.Equal(CheckOutcome.Passed, check.Outcome));
        Assert.Equal(FormWorld.IsEnvelope(form) ? form : "data-integrity", result.Form);
        Assert.Equal(result.Presentation!.HolderId, result.Presenter);
        Assert.Single(result.Credentials).IsVerified();
        result.Credentials[0].Is(CheckName.HolderBinding, CheckOutcome.Passed);
    }

    [Theory]
    [MemberData(nameof(CredentialForms))]
    public async Task Verifies_a_credential_of_any_form_in_it(string form)
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        PresentationResult result = await world.VerifyAsync(await world.PresentAsync("ecdsa-jcs-2019", await world.DiplomaAsync(form)));

        result.IsVerified();
        Assert.Equal(FormWorld.IsEnvelope(form) ? form : "data-integrity", Assert.Single(result.Credentials).Form);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Rejects_the_answer_to_another_question(string form)
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        PresentationResult result = await world.VerifyAsync(await world.PresentAsync(form, options: said => said with { Challenge = "yesterdays" }));

        result.IsRejected(CheckName.Proof, ProblemCode.InvalidChallenge);
        Assert.Empty(result.Credentials);
        Assert.Null(result.Presenter);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Rejects_the_answer_to_no_question(string form)
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();

        (await world.VerifyAsync(await world.PresentAsync(form, options: said => said with { Challenge = null }))).IsRejected(CheckName.Proof, ProblemCode.InvalidChallenge);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Rejects_what_was_made_for_another_audience(string form)
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();

        (await world.VerifyAsync(await world.PresentAsync(form, options: said => said with { Domain = Elsewhere }))).IsRejected(CheckName.Proof, ProblemCode.InvalidDomain);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Rejects_what_was_made_for_nobody(string form)
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();

        (await world.VerifyAsync(await world.PresentAsync(form, options: said => said with { Domain = null }))).IsRejected(CheckName.Proof, ProblemCode.InvalidDomain);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Rejects_a_replay_to_another_audience(string form)
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        byte[] presentation = await world.PresentAsync(form);
        (await world.VerifyAsync(presentation)).IsVerified();

        (await world.VerifyAsync(presentation, PresentationExpectation.Of("another", Elsewhere))).IsRejected(CheckName.Proof, ProblemCode.InvalidChallenge);
        (await world.VerifyAsync(presentation, PresentationExpectation.Of(PresentationWorld.Challenge, Elsewhere))).IsRejected(CheckName.Proof, ProblemCode.InvalidDomain);
        (await world.VerifyAsync(presentation, PresentationExpectation.ReplayableUnsafe())).IsVerified();
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Rejects_a_presentation_that_is_over(string form)
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();

        (await world.VerifyAsync(await world.PresentAsync(form, options: said => said with { Expires = Samples.Time + TimeSpan.FromMinutes(1) }))).IsRejected(CheckName.Proof, ProblemCode.CredentialExpired);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Rejects_a_signature_that_was_altered(string form)
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        PresentationResult result = await world.VerifyAsync(FormWorld.WithBrokenSignature(await world.PresentAsync(form)));

        Assert.Equal((Verdict.Rejected, CheckName.Proof), (result.Verdict, result.Decisive?.Name));
    }

    [Fact]
    public async Task Rejects_a_credential_put_in_afterwards()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        byte[] other = await world.DiplomaAsync();
        byte[] presentation = Text.Edit(await world.PresentAsync(), json => json["verifiableCredential"]!.AsArray().Add(JsonNode.Parse(other)));

        (await world.VerifyAsync(presentation)).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    [Fact]
    public async Task Cannot_tell_of_an_unsigned_presentation_and_still_says_what_its_credentials_are_worth()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        PresentationResult result = await world.VerifyAsync(PresentationWorld.Unsigned(world.LearnerDid, await world.DiplomaAsync()));

        result.CannotTell(CheckName.Proof, ProblemCode.ProofVerificationError);
        Assert.Contains("not signed", result.Decisive!.Detail, StringComparison.Ordinal);
        Assert.Equal(CheckOutcome.Skipped, result[CheckName.HolderBinding].Outcome);
        Assert.Single(result.Credentials).IsVerified();
        result.Credentials[0].Is(CheckName.HolderBinding, CheckOutcome.Skipped);
    }

    [Fact]
    public async Task Cannot_tell_of_a_presentation_that_was_signed_for_another_purpose()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();

        (await world.VerifyAsync(await world.PresentAsync(options: said => said with { ProofPurpose = "assertionMethod" }))).CannotTell(CheckName.Proof, ProblemCode.ProofVerificationError);
    }

    [Theory]
    [InlineData("ecdsa-jcs-2019", ProblemCode.MalformedValueError)]
    [InlineData("vc+jwt", ProblemCode.MalformedValueError)]
    [InlineData("vc+sd-jwt", ProblemCode.MalformedValueError)]
    public async Task Cannot_tell_of_a_credential_that_nobody_presents(string form, string code)
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();

        Assert.Equal((Verdict.Indeterminate, code), (await world.VerifyAsync(await world.DiplomaAsync(form))) is { } result ? (result.Verdict, result[CheckName.Format].Problem!.Code) : default);
    }

    [Fact]
    public async Task Rejects_when_a_credential_in_it_is_rejected_and_names_its_reason()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        byte[] forged = Text.Replace(await world.DiplomaAsync(), "8.74", "9.74");
        byte[] presentation = await PresentationWorld.SignAsync("ecdsa-jcs-2019", PresentationWorld.Unsigned(world.LearnerDid, await world.DiplomaAsync(), forged), world.Learner);
        PresentationResult result = await world.VerifyAsync(presentation);

        result.IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
        Assert.Equal([Verdict.Verified, Verdict.Rejected], result.Credentials.Select(credential => credential.Verdict));
        Assert.All(result.Checks, check => Assert.Equal(CheckOutcome.Passed, check.Outcome));
    }

    [Fact]
    public async Task Cannot_tell_when_a_credential_in_it_cannot_be_told()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        world.World.Web.Break(world.World.RevocationUrl, "HTTP 503");
        PresentationResult result = await world.VerifyAsync(await world.PresentAsync());

        result.CannotTell(CheckName.Status, ProblemCode.StatusRetrievalError);
    }

    [Fact]
    public async Task Verifies_a_presentation_without_credentials()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        byte[] nothing = Text.Edit(PresentationWorld.Unsigned(world.LearnerDid), json => json.Remove("verifiableCredential"));
        PresentationResult result = await world.VerifyAsync(await PresentationWorld.SignAsync("vp+jwt", nothing, world.Learner));

        result.IsVerified();
        Assert.Empty(result.Credentials);
    }

    [Fact]
    public async Task Does_not_look_up_a_multitude_of_credentials()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        byte[] diploma = await world.DiplomaAsync();
        byte[] presentation = await PresentationWorld.SignAsync("ecdsa-jcs-2019", PresentationWorld.Unsigned(world.LearnerDid, [.. Enumerable.Repeat(diploma, 33)]), world.Learner);
        int before = world.World.Web.Fetches;
        PresentationResult result = await world.VerifyAsync(presentation);

        result.CannotTell(CheckName.Format, ProblemCode.RangeError);
        Assert.Equal(before, world.World.Web.Fetches);
        (await world.VerifyAsync(presentation, PresentationWorld.Expected with { MaxCredentials = 33 })).IsVerified();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("eyJhbGciOiJub25lIiwidHlwIjoidnArand0In0.e30.")]
    [InlineData("a.b.c")]
    [InlineData("~~~")]
    [InlineData("{\"type\":\"EnvelopedVerifiablePresentation\",\"id\":\"data:,\"}")]
    [InlineData("{\"type\":[\"VerifiablePresentation\"],\"type\":[]}")]
    public async Task Answers_to_an_oddity(string text)
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        PresentationResult result = await world.VerifyAsync(Utf8.Bytes(text));

        Assert.Equal((Verdict.Indeterminate, CheckName.Format), (result.Verdict, result.Decisive?.Name));
        Assert.Equal(CheckName.OfPresentations, result.Checks.Select(check => check.Name));
    }

    [Theory]
    [InlineData("vp+jwt")]
    [InlineData("vp+sd-jwt")]
    [InlineData("vp+cose")]
    public async Task Verifies_an_envelope_in_its_JSON_object(string form)
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        byte[] wrapped = EnvelopedDocument.Write(Envelope.Open(await world.PresentAsync(form)).Require());
        PresentationResult result = await world.VerifyAsync(wrapped);

        result.IsVerified();
        Assert.Equal(form, result.Form);
        foreach (Action<JsonObject> spoil in (Action<JsonObject>[])[json => json["@context"] = new JsonArray(), json => json["id"] = ((string)json["id"]!).Split(',')[1], json => json["type"] = "VerifiablePresentation", json => json["type"] = "EnvelopedVerifiableCredential"])
        {
            Assert.Equal((Verdict.Indeterminate, CheckName.Format), (await world.VerifyAsync(Text.Edit(wrapped, spoil))) is var spoilt ? (spoilt.Verdict, spoilt.Decisive!.Name) : default);
        }
    }

    [Fact]
    public async Task Reads_a_presentation_of_version_1_1_with_a_JWT_in_it()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        string diploma = Utf8.Text(await world.DiplomaAsync("vc+jwt"));
        byte[] unsigned = Text.Edit(PresentationWorld.Unsigned(world.LearnerDid), json =>
        {
            json["@context"] = new JsonArray("https://www.w3.org/2018/credentials/v1");
            json["verifiableCredential"] = new JsonArray(diploma);
        });
        PresentationResult result = await world.VerifyAsync(await PresentationWorld.SignAsync("ecdsa-jcs-2019", unsigned, world.Learner));

        result.IsVerified();
        Assert.Equal(DataModelVersion.V1, result.Presentation!.Version);
        Assert.Equal("vc+jwt", Assert.Single(result.Credentials).Form);
    }
}
