using Credentials.Enveloping;
using Credentials.TestKit;
using Credentials.Verification.Tests.Forgery;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Forms;

/// <summary>Every leaf of the payload, every member of the proof and of the header changed, removed, renamed and duplicated in turn, in every form.</summary>
/// <remarks>
/// Never verified, unless the text says the very same (<see cref="Meaning"/>): a word in a list of one makes the same statement. Rejected wherever the signature is evidence: the envelope still opens, or the proof still names its key and suite, and what is said can be said in statements.
/// </remarks>
public sealed class TamperLaws
{
    private static readonly string[] NamesTheKey = ["/proof", "/proof/type", "/proof/cryptosuite", "/proof/verificationMethod"];

    public static TheoryData<string> Forms => FormBench.CredentialForms;

    public static TheoryData<string> Presentations => FormBench.PresentationForms;

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task No_change_to_a_credential_is_verified_and_each_is_rejected_where_the_signature_is_evidence(string form)
    {
        byte[] signed = await FormBench.CredentialAsync(form, FormBench.KeyOf(form));
        string? meaning = Meaning.Of(signed);
        int made = 0;
        int same = 0;
        foreach (Mutation mutation in Mutation.AllOf(Changed.PayloadOf(signed)))
        {
            byte[] changed = Changed.WithPayload(signed, mutation.Text);
            VerificationResult result = await FormBench.VerifyAsync(changed);
            made++;
            if (result.Verdict == Verdict.Verified)
            {
                Assert.True(Meaning.Of(changed) == meaning, $"{mutation}: {result.Show()}");
                same++;
            }
            else
            {
                Assert.True(result.Verdict == Verdict.Rejected || Meaning.Of(changed) == meaning || IsNoEvidence(form, mutation, changed, result), $"{mutation}: {result.Show()}");
            }
        }

        Assert.InRange(made, 150, 2000);
        Assert.InRange(same, 0, FormWorld.IsEnvelope(form) ? 0 : made / 10);
    }

    [Theory]
    [MemberData(nameof(Presentations))]
    public async Task No_change_to_a_presentation_is_verified(string form)
    {
        byte[] signed = await FormBench.PresentationAsync(form, FormBench.KeyOf(form));
        string? meaning = Meaning.Of(signed);
        foreach (Mutation mutation in Mutation.AllOf(Changed.PayloadOf(signed)))
        {
            byte[] changed = Changed.WithPayload(signed, mutation.Text);
            PresentationResult result = await FormBench.VerifyPresentationAsync(changed);

            Assert.True(result.Verdict != Verdict.Verified || Meaning.Of(changed) == meaning, $"{mutation}: {result.Verdict}");
        }
    }

    [Theory]
    [InlineData("vc+jwt")]
    [InlineData("vc+sd-jwt")]
    public async Task No_change_to_the_header_of_a_JWS_is_verified(string form)
    {
        byte[] signed = await FormBench.CredentialAsync(form, FormBench.KeyOf(form));
        byte[] header = Changed.HeaderOf(signed);
        string[] additions = ["\"crit\":[\"b64\"],\"b64\":false", "\"b64\":true", "\"crit\":[]", "\"jwk\":{\"kty\":\"OKP\"}", "\"jku\":\"https://evil.example\"", "\"zip\":\"DEF\"", "\"x5c\":[]", "\"x\":1"];
        IEnumerable<byte[]> added = additions.Select(addition => Utf8.Bytes(Utf8.Text(header)[..^1] + "," + addition + "}"));
        foreach (byte[] other in Mutation.AllOf(header).Select(mutation => mutation.Text).Concat(added))
        {
            VerificationResult result = await FormBench.VerifyAsync(Changed.WithHeader(signed, other));

            Assert.True(result.Verdict != Verdict.Verified, Utf8.Text(other));
        }
    }

    // What is in the way of evidence: an envelope that does not open, a proof that no longer names key and suite, words that make no statement.
    private static bool IsNoEvidence(string form, Mutation mutation, byte[] changed, VerificationResult result)
    {
        if (FormWorld.IsEnvelope(form))
        {
            return !Envelope.Open(changed).Ok || Envelope.Open(changed).Value!.VerificationMethod is null;
        }

        string? code = result[CheckName.Proof].Problem?.Code;
        return Array.Exists(NamesTheKey, pointer => mutation.Pointer == pointer) || code is ProblemCode.ProofTransformationError or ProblemCode.UnknownContext;
    }
}
