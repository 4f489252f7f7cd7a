using System.Formats.Cbor;
using Credentials.Enveloping;
using Credentials.Keys;
using Credentials.TestKit;
using Credentials.Tests.Enveloping;

namespace Credentials.Tests.Cose;

/// <summary>COSE_Sign1 by hand: what is taken, and what is not though its signature holds.</summary>
public class CoseTamperTests
{
    private static readonly SigningKey Key = Sealed.Key(KeyType.P256);

    private static readonly byte[] Empty = ForgedCose.Map();

    private static readonly byte[] Good = ForgedCose.Map((1, -7), (3, "application/vc"), (4, Utf8.Bytes(Sealed.Method)), (16, "application/vc+cose"));

    public static TheoryData<string, byte[], byte[]> Refused => new()
    {
        { "no algorithm", ForgedCose.Map((16, "application/vc+cose")), Empty },
        { "an algorithm in the unprotected header alone", ForgedCose.Map((16, "application/vc+cose")), ForgedCose.Map((1, -7)) },
        { "an algorithm in both headers", Good, ForgedCose.Map((1, -7)) },
        { "an unknown algorithm", ForgedCose.Map((1, -37), (16, "application/vc+cose")), Empty },
        { "a symmetric algorithm", ForgedCose.Map((1, 5), (16, "application/vc+cose")), Empty },
        { "the algorithm 0", ForgedCose.Map((1, 0), (16, "application/vc+cose")), Empty },
        { "an algorithm as text", ForgedCose.Map((1, "ES256"), (16, "application/vc+cose")), Empty },
        { "an algorithm as bytes", ForgedCose.Map((1, new byte[] { 0x26 }), (16, "application/vc+cose")), Empty },
        { "the algorithm of another type of key", ForgedCose.Map((1, -8), (16, "application/vc+cose")), Empty },
        { "crit", ForgedCose.Map((1, -7), (2, new object[] { 99 }), (16, "application/vc+cose"), (99, 1)), Empty },
        { "an empty crit", ForgedCose.Map((1, -7), (2, Array.Empty<object>()), (16, "application/vc+cose")), Empty },
        { "crit in the unprotected header", Good, ForgedCose.Map((2, new object[] { 1 })) },
        { "typ in the unprotected header", ForgedCose.Map((1, -7)), ForgedCose.Map((16, "application/vc+cose")) },
        { "a content type in the unprotected header", ForgedCose.Map((1, -7)), ForgedCose.Map((3, "application/vc")) },
        { "claims in the unprotected header", Good, ForgedCose.Map((15, new (object, object?)[] { (4, 1) })) },
        { "a label twice", ForgedCose.Map((1, -7), (1, -7), (16, "application/vc+cose")), Empty },
        { "a label twice in the unprotected header", Good, ForgedCose.Map((50, 1), (50, 2)) },
        { "two names of the key", Good, ForgedCose.Map((4, Utf8.Bytes("other"))) },
        { "nothing that says what it is", ForgedCose.Map((1, -7)), Empty },
        { "another typ", ForgedCose.Map((1, -7), (16, "application/cwt")), Empty },
        { "the typ of JOSE", ForgedCose.Map((1, -7), (16, "application/vc+jwt")), Empty },
        { "a typ that is a number", ForgedCose.Map((1, -7), (16, 61)), Empty },
        { "the content of a presentation", ForgedCose.Map((1, -7), (3, "application/vp"), (16, "application/vc+cose")), Empty },
        { "a kid that is text", ForgedCose.Map((1, -7), (4, "text"), (16, "application/vc+cose")), Empty },
        { "a kid that is no UTF-8", ForgedCose.Map((1, -7), (4, new byte[] { 0xff }), (16, "application/vc+cose")), Empty },
        { "an issuer other than the document's", ForgedCose.Map((1, -7), (15, new (object, object?)[] { (1, "did:example:other") }), (16, "application/vc+cose")), Empty },
        { "an expiry that is text", ForgedCose.Map((1, -7), (15, new (object, object?)[] { (4, "tomorrow") }), (16, "application/vc+cose")), Empty },
        { "an expiry before time", ForgedCose.Map((1, -7), (15, new (object, object?)[] { (4, -5.0) }), (16, "application/vc+cose")), Empty },
        { "an expiry that is no number", ForgedCose.Map((1, -7), (15, new (object, object?)[] { (4, double.NaN) }), (16, "application/vc+cose")), Empty },
        { "claims that are no map", ForgedCose.Map((1, -7), (15, 1), (16, "application/vc+cose")), Empty },
        { "a protected header that is no map", [0x80], Empty },
        { "an empty protected header", [], Empty },
        { "something behind the protected header", [.. Good, 0xf6], Empty },
        { "an unprotected header that is no map", Good, [0x80] },
        { "an unprotected header without a length", Good, [0xbf, 0xff] },
        { "a header that nests deeply", [.. ForgedCose.Map((1, -7), (16, "application/vc+cose"), (99, null))[..^1], .. Enumerable.Repeat((byte)0x81, 40), 0x00], Empty },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Refuses(string what, byte[] protectedHeader, byte[] unprotectedHeader) =>
        Assert.True(Sealed.ProblemOf(ForgedCose.Sign1(protectedHeader, unprotectedHeader, Sealed.Credential, Key), Key.PublicKey) is not null, what);

    [Fact]
    public void Takes_what_the_specification_leaves_open()
    {
        Assert.Null(ProblemOf(ForgedCose.Sign1(Good, Empty, Sealed.Credential, Key)));
        Assert.Null(ProblemOf(ForgedCose.Sign1(Good, Empty, Sealed.Credential, Key, tag: null)));
        Assert.Null(ProblemOf(ForgedCose.Sign1(ForgedCose.Map((16, "vc+cose"), (1, -7)), ForgedCose.Map(("text", new object?[] { 1, null }), (99, "x")), Sealed.Credential, Key)));
        Assert.Null(ProblemOf(ForgedCose.Sign1(ForgedCose.Map((1, -7), (3, "application/vc")), Empty, Sealed.Credential, Key)));
        Assert.Null(Sealed.ProblemOf(ForgedCose.Sign1(ForgedCose.Map((1, -7)), Empty, Sealed.Credential, Key), Key.PublicKey, "application/vc+cose"));
    }

    [Fact]
    public void Reads_the_name_of_the_key_from_either_header()
    {
        byte[] unprotected = ForgedCose.Sign1(ForgedCose.Map((1, -7), (16, "application/vc+cose")), ForgedCose.Map((4, Utf8.Bytes(Sealed.Method))), Sealed.Credential, Key);

        Assert.Equal(Sealed.Method, Sealed.Open(unprotected).VerificationMethod);
        Assert.Equal(Sealed.Method, Sealed.Open(ForgedCose.Sign1(Good, Empty, Sealed.Credential, Key)).VerificationMethod);
    }

    [Fact]
    public void Reads_the_claims_of_the_protected_header()
    {
        byte[] header = ForgedCose.Map((1, -7), (15, new (object, object?)[] { (3, new object?[] { "a", "b" }), (4, 1000.5), (5, 900), (6, 950), (10, Utf8.Bytes("n")), (99, "x") }), (16, "application/vc+cose"));

        EnvelopeClaims claims = Sealed.Open(ForgedCose.Sign1(header, Empty, Sealed.Credential, Key)).Claims;

        Assert.Equal(["a", "b"], claims.Audience);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1000500), claims.Expires);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(900), claims.NotBefore);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(950), claims.IssuedAt);
        Assert.Equal("n", claims.Nonce);
    }

    [Theory]
    [InlineData(17UL)]
    [InlineData(61UL)]
    [InlineData(98UL)]
    public void Refuses_another_tag(ulong tag) => Assert.NotNull(ProblemOf(ForgedCose.Sign1(Good, Empty, Sealed.Credential, Key, tag)));

    [Fact]
    public void Refuses_two_tags() => Assert.NotNull(ProblemOf([0xd2, .. ForgedCose.Sign1(Good, Empty, Sealed.Credential, Key)]));

    [Fact]
    public void Refuses_a_signature_over_other_data_besides() =>
        Assert.Equal(ProblemCode.CryptographicSecurityError, ProblemOf(ForgedCose.Sign1(Good, Empty, Sealed.Credential, Key, aad: [1]))?.Code);

    [Fact]
    public void Refuses_a_payload_that_is_detached_text_or_no_object()
    {
        byte[] signature = new byte[64];
        Assert.All<Action<CborWriter>>(
            [cbor => cbor.WriteNull(), cbor => cbor.WriteTextString("{}"), cbor => cbor.WriteInt32(1)],
            write =>
            {
                var cbor = new CborWriter();
                cbor.WriteStartArray(4);
                cbor.WriteByteString(Good);
                cbor.WriteEncodedValue(Empty);
                write(cbor);
                cbor.WriteByteString(signature);
                cbor.WriteEndArray();
                Assert.Equal(ProblemCode.ProofVerificationError, ProblemOf(cbor.Encode())?.Code);
            });
        Assert.NotNull(ProblemOf(ForgedCose.Sign1(Good, Empty, "[]"u8.ToArray(), Key)));
        Assert.NotNull(ProblemOf(ForgedCose.Sign1(Good, Empty, "{\"a\":1,\"a\":2}"u8.ToArray(), Key)));
    }

    [Fact]
    public void Writes_deterministic_CBOR_with_tag_type_and_content_type()
    {
        byte[] secured = Sealed.Make("vc+cose", KeyType.P256, options => options with { Created = Samples.Time, Expires = Samples.Time.AddHours(1), Domain = "v", Challenge = "n" });

        var cbor = new CborReader(secured, CborConformanceMode.Canonical);
        Assert.Equal(18UL, (ulong)cbor.ReadTag());
        Assert.Equal(4, cbor.ReadStartArray());
        byte[] header = cbor.ReadByteString();
        new CborReader(header, CborConformanceMode.Canonical).SkipValue();
        Assert.Contains("application/vc+cose", Utf8.Text(header), StringComparison.Ordinal);
        Assert.Equal(0, cbor.ReadStartMap());
        cbor.ReadEndMap();
        Assert.Equal(Sealed.Credential, cbor.ReadByteString());
        Assert.Equal(64, cbor.ReadByteString().Length);
        cbor.ReadEndArray();
        Assert.Equal(0, cbor.BytesRemaining);
    }

    [Fact]
    public void Verifies_the_example_of_RFC_9052()
    {
        // RFC 9052 appendix C.7.1: the public key whose kid is "11".
        byte[] x = Convert.FromHexString("BAC5B11CAD8F99F9C72B05CF4B9E26D244DC189F745228255A219A86D6A09EFF");
        byte[] y = Convert.FromHexString("20138BF82DC1B6D562BE0FA54AB7804A3A64B6D72CCFED6B6FB6ED28BBFC117E");
        PublicKey key = PublicKey.FromBytes(KeyType.P256, [(byte)(2 + (y[^1] & 1)), .. x]).Require();

        // RFC 9052 appendix C.2.1: "Single ECDSA Signature".
        byte[] example = Convert.FromHexString(
            "D28443A10126A10442313154546869732069732074686520636F6E74656E742E58408EB33E4CA31D1C465AB05AAC34CC6B23D58FEF5C083106C4D25A91AEF0B0117E2AF9A291AA32E14AB834DC56ED2A223444547E01F11D3B0916E5A4C345CACB36");
        Credentials.Cose.CoseSign1 cose = Credentials.Cose.CoseSign1.Read(example).Require();

        Assert.Null(cose.Verify(key));
        Assert.Equal("This is the content.", Utf8.Text(cose.Payload.Span));
        Assert.Equal("11", cose.Header.KeyId);
        byte[] altered = [.. example];
        altered[^1] ^= 1;
        Assert.Equal(ProblemCode.CryptographicSecurityError, Credentials.Cose.CoseSign1.Read(altered).Require().Verify(key)?.Code);
    }

    private static Problem? ProblemOf(byte[] secured) => Sealed.ProblemOf(secured, Key.PublicKey);
}
