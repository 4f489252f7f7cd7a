using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Enveloping;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.Tests.Enveloping;

/// <summary>What every envelope obeys, whatever its form and key.</summary>
public class EnvelopeLaws
{
    public static TheoryData<string, KeyType> Envelopes => Registry.Envelopes;

    [Theory]
    [MemberData(nameof(Envelopes))]
    public void Opens_and_verifies_what_was_signed(string form, KeyType type)
    {
        byte[] secured = Sealed.Make(form, type);

        Envelope envelope = Sealed.Open(secured);

        Assert.Null(envelope.Verify(Sealed.Key(type).PublicKey));
        Assert.Equal("application/" + form, envelope.MediaType);
        Assert.Equal(form.StartsWith("vp", StringComparison.Ordinal), envelope.IsPresentation);
        Assert.Equal(Sealed.Method, envelope.VerificationMethod);
        Assert.True(envelope.Secured.Span.SequenceEqual(secured));
        using var expected = JsonDocument.Parse(Sealed.DocumentOf(form));
        using var actual = JsonDocument.Parse(envelope.Payload);
        Assert.True(JsonElement.DeepEquals(expected.RootElement, actual.RootElement));
    }

    [Theory]
    [MemberData(nameof(Envelopes))]
    public void Keeps_the_document_byte_for_byte_where_nothing_is_withheld(string form, KeyType type)
    {
        byte[] document = [.. "  "u8, .. Sealed.DocumentOf(form), .. "\r\n"u8];

        Envelope envelope = Sealed.Open(Sealed.Make(form, Sealed.Key(type), document));

        Assert.True(form.EndsWith("sd-jwt", StringComparison.Ordinal) || envelope.Payload.Span.SequenceEqual(document));
        Assert.Null(envelope.Verify(Sealed.Key(type).PublicKey));
    }

    [Theory]
    [MemberData(nameof(Envelopes))]
    public void Tells_the_times_of_the_signature_and_for_whom_it_was_made(string form, KeyType type)
    {
        DateTimeOffset time = Samples.Time;

        Envelope envelope = Sealed.Open(Sealed.Make(form, type, options => options with { Created = time, Expires = time.AddHours(1), Domain = "verifier.example", Challenge = "n-0S6" }));

        Assert.Null(envelope.Verify(Sealed.Key(type).PublicKey));
        Assert.Equal(time, envelope.Claims.IssuedAt);
        Assert.Equal(time.AddHours(1), envelope.Claims.Expires);
        Assert.Equal(["verifier.example"], envelope.Claims.Audience);
        Assert.Equal("n-0S6", envelope.Claims.Nonce);
    }

    [Theory]
    [MemberData(nameof(Envelopes))]
    public void Refuses_the_key_of_another(string form, KeyType type)
    {
        using SigningKey other = SigningKey.Generate(type);

        Assert.Equal(ProblemCode.CryptographicSecurityError, Sealed.Open(Sealed.Make(form, type)).Verify(other.PublicKey)?.Code);
    }

    [Theory]
    [MemberData(nameof(Envelopes))]
    public void Refuses_keys_of_other_types_whatever_the_header_says(string form, KeyType type)
    {
        Envelope envelope = Sealed.Open(Sealed.Make(form, type));

        Assert.All(
            Enum.GetValues<KeyType>().Where(other => other != type),
            other => Assert.Equal(ProblemCode.InvalidVerificationMethod, envelope.Verify(Sealed.Key(other).PublicKey)?.Code));
    }

    [Theory]
    [MemberData(nameof(Envelopes))]
    public void Refuses_to_be_called_by_another_name(string form, KeyType type)
    {
        byte[] secured = Sealed.Make(form, type);

        Assert.True(Envelope.Open(secured, "application/" + form).Ok);
        Assert.True(Envelope.Open(secured, $"Application/{form.ToUpperInvariant()}; charset=utf-8").Ok);
        Assert.All(
            Registry.Envelopes.Select(row => (string)row[0]).Distinct(StringComparer.Ordinal).Where(other => other != form).Append("jwt").Append("ld+json"),
            other => Assert.False(Envelope.Open(secured, "application/" + other).Ok, other));
    }

    [Theory]
    [MemberData(nameof(Envelopes))]
    public void Refuses_every_single_byte_changed(string form, KeyType type)
    {
        byte[] secured = Sealed.Make(form, type);
        PublicKey key = Sealed.Key(type).PublicKey;

        for (int i = 0; i < secured.Length; i += i < 200 || i > secured.Length - 200 ? 1 : 17)
        {
            byte[] altered = [.. secured];
            altered[i] ^= 1;
            Assert.True(Sealed.ProblemOf(altered, key) is not null, $"byte {i}");
        }
    }

    [Theory]
    [MemberData(nameof(Envelopes))]
    public void Refuses_what_was_cut_short_or_made_longer(string form, KeyType type)
    {
        byte[] secured = Sealed.Make(form, type);
        PublicKey key = Sealed.Key(type).PublicKey;

        for (int i = 0; i < secured.Length; i += 7)
        {
            Assert.NotNull(Sealed.ProblemOf(secured[..i], key));
        }

        Assert.All<byte[]>(
            [[0], [(byte)'\n'], [(byte)' '], [(byte)'='], [(byte)'A'], [(byte)'.'], [(byte)'~', (byte)'A'], [0xf6]],
            tail =>
            {
                Assert.NotNull(Sealed.ProblemOf([.. secured, .. tail], key));
                Assert.NotNull(Sealed.ProblemOf([.. tail, .. secured], key));
            });
    }

    [Theory]
    [MemberData(nameof(Envelopes))]
    public void Anchors_credentials_in_text_by_the_digest_of_the_text(string form, KeyType type)
    {
        byte[] secured = Sealed.Make(form, type);
        int tilde = Array.IndexOf(secured, (byte)'~');

        byte[]? expected = form switch
        {
            "vc+jwt" => SHA256.HashData(secured),
            "vc+sd-jwt" => SHA256.HashData(secured.AsSpan(0, tilde)),
            _ => null,
        };

        Assert.Equal(expected is null ? null : Credentials.Anchoring.AnchorDigest.From(expected), Sealed.Open(secured).AnchorDigest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("a.b")]
    [InlineData("..")]
    [InlineData("...")]
    [InlineData("~")]
    [InlineData("~~")]
    [InlineData("a.b.c~")]
    [InlineData("é.b.c")]
    public void Refuses_what_is_no_envelope(string text) => Assert.False(Envelope.Open(Utf8.Bytes(text)).Ok);
}
