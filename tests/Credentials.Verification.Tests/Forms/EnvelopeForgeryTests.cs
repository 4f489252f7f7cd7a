using System.Buffers.Text;
using System.Security.Cryptography;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Forms;

/// <summary>The known ways to pass an unsigned JWT for a signed one, and disclosures that nobody signed, at the verdict.</summary>
public sealed class EnvelopeForgeryTests
{
    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    [InlineData("nOnE")]
    [InlineData("none ")]
    [InlineData("")]
    [InlineData("HS256")]
    [InlineData("HS512")]
    [InlineData("ES384")]
    [InlineData("ES256K")]
    [InlineData("EdDSA")]
    [InlineData("Ed25519")]
    [InlineData("es256")]
    [InlineData("PS256")]
    public async Task Never_verifies_another_algorithm_than_the_keys(string algorithm)
    {
        byte[] signed = await FormBench.CredentialAsync("vc+jwt", KeyType.P256);
        string header = Utf8.Text(Changed.HeaderOf(signed)).Replace("\"ES256\"", $"\"{algorithm}\"", StringComparison.Ordinal);
        Assert.Contains($"\"{algorithm}\"", header, StringComparison.Ordinal);
        byte[] forged = Changed.WithHeader(signed, Utf8.Bytes(header));
        string[] parts = Utf8.Text(forged).Split('.');
        byte[] mac = HMACSHA256.HashData(FormBench.Issuer(KeyType.P256).PublicKey.Bytes.Span, Utf8.Bytes($"{parts[0]}.{parts[1]}"));

        foreach (string signature in (string[])[parts[2], "", Base64Url.EncodeToString(mac), Base64Url.EncodeToString(new byte[64])])
        {
            VerificationResult result = await FormBench.VerifyAsync(Utf8.Bytes($"{parts[0]}.{parts[1]}.{signature}"));

            Assert.True(result.Verdict != Verdict.Verified, $"{signature}: {result.Show()}");
        }
    }

    [Fact]
    public async Task Never_verifies_a_disclosure_altered_added_or_given_twice()
    {
        string signed = Utf8.Text(await FormBench.CredentialAsync("vc+sd-jwt", KeyType.P256));
        string[] parts = signed.Split('~')[..^1];
        Assert.Equal(1 + FormBench.Frame.Pointers.Count, parts.Length);
        for (int i = 1; i < parts.Length; i++)
        {
            byte[] disclosure = Base64Url.DecodeFromChars(parts[i]);
            string said = Utf8.Text(disclosure);
            string[] others = [parts[i] + "A", Base64Url.EncodeToString(Utf8.Bytes(said + " ")), Base64Url.EncodeToString(Utf8.Bytes(said.Replace("[\"", "[\"x", StringComparison.Ordinal)))];
            foreach (string[] forged in (string[][])[.. others.Select(other => (string[])[.. parts[..i], other, .. parts[(i + 1)..]]), [.. parts, parts[i]], [.. parts, Base64Url.EncodeToString("[\"salt\",\"honours\",true]"u8)]])
            {
                VerificationResult result = await FormBench.VerifyAsync(Utf8.Bytes(string.Join('~', forged) + "~"));

                Assert.True(result.Verdict != Verdict.Verified, $"{i}: {result.Show()}");
            }
        }
    }

    [Fact]
    public async Task Rejects_a_key_binding_that_was_made_for_others_or_long_ago()
    {
        byte[] whole = await FormBench.SignAsync("vc+sd-jwt", KeyType.P256, FormBench.Document("vc+sd-jwt"));
        (await FormBench.VerifyPresentationAsync(await BoundAsync(whole))).IsVerified();

        (await FormBench.VerifyPresentationAsync(await BoundAsync(whole, audience: "https://elsewhere.example"))).IsRejected(CheckName.Proof, ProblemCode.InvalidDomain);
        (await FormBench.VerifyPresentationAsync(await BoundAsync(whole, nonce: "another"))).IsRejected(CheckName.Proof, ProblemCode.InvalidChallenge);
        (await FormBench.VerifyPresentationAsync(await BoundAsync(whole, FormBench.Now - TimeSpan.FromDays(2)))).IsRejected(CheckName.Proof, ProblemCode.ProofVerificationError);
        (await FormBench.VerifyPresentationAsync(await BoundAsync(whole, FormBench.Now + TimeSpan.FromDays(2)))).IsRejected(CheckName.Proof, ProblemCode.ProofVerificationError);
    }

    [Fact]
    public async Task Rejects_a_key_binding_over_other_disclosures_or_of_another_credential()
    {
        byte[] bound = await FormBench.BoundAsync();
        string[] parts = Utf8.Text(bound).Split('~');
        string[] other = Utf8.Text(await FormBench.BoundAsync()).Split('~');

        (await FormBench.VerifyPresentationAsync(Utf8.Bytes(string.Join('~', (string[])[.. parts[..^1], other[^1]])))).IsRejected(CheckName.Proof, ProblemCode.ProofVerificationError);
        (await FormBench.VerifyPresentationAsync(Utf8.Bytes(string.Join('~', (string[])[parts[0], parts[^1]])))).IsRejected(CheckName.Proof, ProblemCode.ProofVerificationError);
        Assert.NotEqual(Verdict.Verified, (await FormBench.VerifyPresentationAsync(Utf8.Bytes(string.Join('~', parts[..^1]) + "~"))).Verdict);
    }

    private static async Task<byte[]> BoundAsync(byte[] whole, DateTimeOffset? at = null, string audience = FormBench.Domain, string nonce = FormBench.Challenge) =>
        (await SdJwt.BindAsync(whole, FormBench.Holder(KeyType.Ed25519), audience, nonce, at ?? FormBench.Now, CancellationToken.None)).Require();
}
