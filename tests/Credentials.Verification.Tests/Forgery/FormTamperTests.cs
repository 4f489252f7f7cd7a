using System.Text.Json;
using Credentials.JsonLd;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Forgery;

/// <summary>Every value of a diploma and every stretch of an envelope changed in turn, in every form.</summary>
/// <remarks>
/// Never verified. A signature over meaning lets some changes of letters stand (a list of one for the value alone): what is anchored is the letters, so that such a diploma has lost its anchor.
/// Of <c>ecdsa-sd-2023</c> the issuer's signature is anchored, so that there the same meaning in other letters is verified, and nothing else is.
/// Rejected wherever the key can be had, the envelope still opens, and the changed words still mean something.
/// </remarks>
public sealed class FormTamperTests
{
    private static readonly string[] Undecided = [CheckName.Format, CheckName.Proof, CheckName.Anchor];

    [Theory]
    [InlineData("ecdsa-rdfc-2019")]
    [InlineData("eddsa-rdfc-2022")]
    [InlineData("ecdsa-sd-2023")]
    [InlineData("Ed25519Signature2020")]
    public async Task No_change_to_a_document_is_verified_and_most_are_rejected(string form)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        FormedDiploma diploma = await world.IssueAsAsync(form);
        CredentialVerifier verifier = world.Verifier();
        int step = Randomised.Soak ? 1 : 5;
        int made = 0;
        int rejected = 0;
        foreach (Mutation mutation in Mutation.AllOf(diploma.Text).Where((_, index) => index % step == 0))
        {
            VerificationResult result = await verifier.VerifyAsync(mutation.Text, diploma.Receipts, CancellationToken.None);
            Assert.True(result.Verdict != Verdict.Verified || (form == FormWorld.SelectiveDisclosure && MeansTheSame(mutation.Text, diploma.Text)), $"{mutation}: {result.Show()}");
            Assert.True(result.Verdict is Verdict.Rejected or Verdict.Verified || Undecided.Contains(result.Decisive!.Name), $"{mutation}: {result.Show()}");
            made++;
            rejected += result.Verdict == Verdict.Rejected ? 1 : 0;
        }

        Assert.True(made > 100 && rejected > made * 0.6, $"{rejected} of {made} rejected");
    }

    [Theory]
    [InlineData("vc+jwt")]
    [InlineData("vc+sd-jwt")]
    [InlineData("vc+cose")]
    public async Task No_change_to_an_envelope_is_verified(string form)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        FormedDiploma diploma = await world.IssueAsAsync(form, options: said => said with { Disclosures = new(["/credentialSubject/award", "/credentialSubject/name"]) });
        (await world.VerifyAsync(diploma)).IsVerified();
        CredentialVerifier verifier = world.Verifier();
        int step = Randomised.Soak ? 1 : 11;
        int rejected = 0;

        // The tag before a COSE_Sign1 is a word of the carrier's.
        for (int at = form == "vc+cose" ? 1 : 0; at < diploma.Text.Length; at += step)
        {
            foreach (byte[] changed in Changes(diploma.Text, at))
            {
                VerificationResult result = await verifier.VerifyAsync(changed, diploma.Receipts, CancellationToken.None);
                Assert.True(result.Verdict != Verdict.Verified, $"at {at}: {result.Show()}");
                rejected += result.Verdict == Verdict.Rejected ? 1 : 0;
            }
        }

        Assert.True(rejected > 5, $"only {rejected} rejected");
    }

    private static bool MeansTheSame(byte[] a, byte[] b)
    {
        byte[]?[] meanings = [.. ((byte[][])[a, b]).Select(text =>
        {
            using JsonDocument json = JsonDocument.Parse(Text.Edit(text, document => document.Remove("proof")));
            return new JsonLdProcessor(ContextLibrary.Shipped).Expand(json.RootElement).Value;
        })];
        return meanings[0] is not null && meanings[1] is not null && meanings[0].AsSpan().SequenceEqual(meanings[1]);
    }

    private static IEnumerable<byte[]> Changes(byte[] text, int at)
    {
        byte[] other = [.. text];
        other[at] = (byte)(text[at] is >= 0x80 or < 0x21 ? text[at] ^ 1 : text[at] == (byte)'A' ? 'B' : 'A');
        yield return other;
        yield return [.. text[..at], .. text[(at + 1)..]];

        // An SD-JWT that ends after a tilde withholds the disclosures behind it: the holder's right, and no change.
        if (at == 0 || text[at - 1] != (byte)'~')
        {
            yield return text[..at];
        }
    }
}
