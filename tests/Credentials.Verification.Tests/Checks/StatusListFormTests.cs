using System.Text.Json.Nodes;
using Credentials.Enveloping;
using Credentials.Securing;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Checks;

/// <summary>A status list is a credential, and may be secured as any credential may.</summary>
public sealed class StatusListFormTests
{
    public static TheoryData<string> Forms => new("ecdsa-jcs-2019", "ecdsa-rdfc-2019", "vc+jwt", "enveloped vc+jwt", "vc+cose", "vc+sd-jwt");

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Believes_a_list_in_every_form(string form)
    {
        (await VerifyAsync(form, revoked: false)).IsVerified();
        (await VerifyAsync(form, revoked: true)).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Cannot_tell_by_a_list_that_was_altered_in_any_form(string form) =>
        (await VerifyAsync(form, revoked: true, alter: true)).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Cannot_tell_by_a_list_that_somebody_else_signed_in_any_form(string form)
    {
        using SampleIssuer stranger = new("stranger");
        (await VerifyAsync(form, revoked: true, signer: stranger)).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);
    }

    [Theory]
    [InlineData("vc+jwt")]
    [InlineData("vc+sd-jwt")]
    public async Task Cannot_tell_by_a_list_whose_signature_does_not_count_yet(string form) =>
        (await VerifyAsync(form, revoked: false, edit: json => json["nbf"] = (Samples.Time + TimeSpan.FromDays(2)).ToUnixTimeSeconds())).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);

    [Theory]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30")]
    [InlineData("a.b.c")]
    [InlineData("")]
    public async Task Cannot_tell_by_what_only_looks_like_an_envelope(string text)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored diploma = await world.IssueAsync();
        world.Web.Put(world.RevocationUrl, Utf8.Bytes(text), "application/vc+jwt");
        VerificationResult result = await world.VerifyAsync(diploma.Text);
        Assert.Equal((Verdict.Indeterminate, CheckName.Status), (result.Verdict, result.Decisive?.Name));
    }

    private static async Task<VerificationResult> VerifyAsync(string form, bool revoked, bool alter = false, SampleIssuer? signer = null, Action<JsonObject>? edit = null)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored diploma = await world.IssueAsync();
        world.Issuer.Revocations[diploma.Bare.StatusListIndex] = revoked;
        await world.PublishStatusAsync();
        byte[] plain = Text.Edit(world.Web.Get(world.RevocationUrl).ToArray(), json =>
        {
            json.Remove("proof");
            edit?.Invoke(json);
        });

        string name = form.Split(' ')[^1];
        SampleIssuer author = signer ?? world.Issuer;
        if (signer is not null)
        {
            world.Web.Put($"https://{signer.Did["did:web:".Length..]}/.well-known/did.json", signer.DocumentText);
        }

        byte[] secured = (await SecuringForm.Find(name)!.SignAsync(plain, author.P256, new SecuringOptions($"{author.Did}#p256", world.Clock.Now), CancellationToken.None)).Require();
        secured = alter ? Altered(secured) : secured;
        world.Web.Put(world.RevocationUrl, form == name ? secured : EnvelopedDocument.Write(Envelope.Open(secured).Require()), "application/vc");
        return await world.VerifyAsync(diploma.Text);
    }

    /// <summary>Another character near the end, where every form has its signature; not the last, which may have bits to spare.</summary>
    private static byte[] Altered(byte[] secured)
    {
        byte[] altered = [.. secured];
        int at = Array.FindLastIndex(altered, altered.Length - 12, value => char.IsAsciiLetterOrDigit((char)value));
        altered[at] = altered[at] == (byte)'B' ? (byte)'C' : (byte)'B';
        return altered;
    }
}
