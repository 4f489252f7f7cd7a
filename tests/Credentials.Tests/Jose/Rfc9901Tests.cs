using System.Text.Json;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.Tests.Jose;

/// <summary>The examples that RFC 9901 publishes.</summary>
public class Rfc9901Tests
{
    private static readonly KeyBindingExpectation Expected = new("https://verifier.example.org", "1234567890", DateTimeOffset.FromUnixTimeSeconds(1748537244 + 60));

    private static readonly PublicKey Issuer = JsonWebKey.Read(JsonDocument.Parse(Rfc9901.IssuerKey).RootElement).Require();

    [Theory] // Section 4.2.3, and the digests of section 5.1.
    [InlineData("WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0", "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0")]
    [InlineData("WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0", "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs")]
    [InlineData(Rfc9901.GivenName, "jsu9yVulwQQlhFlM_3JlzMaSFzglhQG0DpfayQwLUK4")]
    [InlineData(Rfc9901.FamilyName, "TGf4oLbgwd5JQaHyKVQZU9UdGE0w5rtDsrZzfUaomLo")]
    [InlineData(Rfc9901.NationalityUs, "pFndjkZ_VCzmyTa6UjlZo3dh-ko8aIKQc9DlGzhaVYo")]
    public void Hashes_a_disclosure_to_the_published_digest(string disclosure, string digest) =>
        Assert.Equal(digest, Credentials.Jose.Disclosures.DigestAlgorithm.Sha256.DigestOf(Utf8.Bytes(disclosure)));

    [Fact]
    public void Verifies_the_presentation_of_section_5_2_with_its_key_binding()
    {
        SdJwt sdJwt = SdJwt.Open(Utf8.Bytes(Rfc9901.Presentation)).Require();

        Assert.Null(sdJwt.Verify(Issuer));
        using var expected = JsonDocument.Parse(Rfc9901.Processed);
        using var actual = JsonDocument.Parse(sdJwt.Payload);
        Assert.True(JsonElement.DeepEquals(expected.RootElement, actual.RootElement), Utf8.Text(sdJwt.Payload.Span));
        Assert.Equal(["/family_name", "/address", "/given_name", "/nationalities/0"], sdJwt.DisclosedPointers);
        Assert.Null(sdJwt.KeyBinding!.Verify(sdJwt.Confirmation!.Key!, Expected));
    }

    [Fact]
    public void Verifies_it_without_any_disclosure()
    {
        SdJwt sdJwt = SdJwt.Open(Utf8.Bytes(Rfc9901.IssuerSigned + "~")).Require();

        Assert.Null(sdJwt.Verify(Issuer));
        Assert.Contains("\"nationalities\":[]", Utf8.Text(sdJwt.Payload.Span), StringComparison.Ordinal);
        Assert.DoesNotContain("_sd", Utf8.Text(sdJwt.Payload.Span), StringComparison.Ordinal);
        Assert.Empty(sdJwt.DisclosedPointers);
        Assert.Null(sdJwt.KeyBinding);
    }

    [Theory]
    [InlineData("https://verifier.example.com", "1234567890", 60, ProblemCode.InvalidDomain)]
    [InlineData("https://verifier.example.org/", "1234567890", 60, ProblemCode.InvalidDomain)]
    [InlineData("https://verifier.example.org", "1234567891", 60, ProblemCode.InvalidChallenge)]
    [InlineData("https://verifier.example.org", "", 60, ProblemCode.InvalidChallenge)]
    [InlineData("https://verifier.example.org", "1234567890", 301, ProblemCode.ProofVerificationError)]
    [InlineData("https://verifier.example.org", "1234567890", -61, ProblemCode.ProofVerificationError)]
    public void Refuses_its_key_binding_for_another_verifier_nonce_or_time(string audience, string nonce, int later, string code)
    {
        SdJwt sdJwt = SdJwt.Open(Utf8.Bytes(Rfc9901.Presentation)).Require();

        Assert.Equal(code, sdJwt.KeyBinding!.Verify(sdJwt.Confirmation!.Key!, new(audience, nonce, sdJwt.KeyBinding.IssuedAt.AddSeconds(later)))?.Code);
    }

    [Theory]
    [InlineData(Rfc9901.FamilyName)]
    [InlineData(Rfc9901.Address)]
    [InlineData(Rfc9901.GivenName)]
    [InlineData(Rfc9901.NationalityUs)]
    public void Refuses_its_key_binding_when_a_disclosure_was_taken_out(string disclosure)
    {
        SdJwt sdJwt = SdJwt.Open(Utf8.Bytes(Rfc9901.Presentation.Replace(disclosure + "~", "", StringComparison.Ordinal))).Require();

        Assert.Null(sdJwt.Verify(Issuer));
        Assert.Equal(ProblemCode.ProofVerificationError, sdJwt.KeyBinding!.Verify(sdJwt.Confirmation!.Key!, Expected)?.Code);
    }

    [Fact]
    public void Refuses_its_key_binding_under_the_issuers_key()
    {
        SdJwt sdJwt = SdJwt.Open(Utf8.Bytes(Rfc9901.Presentation)).Require();

        Assert.Equal(ProblemCode.CryptographicSecurityError, sdJwt.KeyBinding!.Verify(Issuer, Expected)?.Code);
        Assert.Equal(ProblemCode.CryptographicSecurityError, sdJwt.Verify(sdJwt.Confirmation!.Key!)?.Code);
    }
}
