using System.Text.Json;
using Credentials.Encoding;
using Credentials.Jose.Encryption;
using Credentials.Keys;

namespace Credentials.Tests.Jose.Encryption;

/// <summary>Compact JWE by ECDH-ES.</summary>
public sealed class CompactJweTests
{
    // The keys of RFC 7518 appendix C.
    private const string Alice = """{"kty":"EC","crv":"P-256","x":"gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0","y":"SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps","d":"0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo"}""";
    private const string Bob = """{"kty":"EC","crv":"P-256","x":"weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ","y":"e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck","d":"VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw"}""";

    private static readonly byte[] Plaintext = "the award"u8.ToArray();

    public static TheoryData<string> Encryptions => [.. CompactJwe.Encryptions];

    [Fact]
    public void Derives_the_key_of_appendix_C_of_RFC_7518_on_both_sides()
    {
        using KeyAgreementKey alice = KeyOf(Alice);
        using KeyAgreementKey bob = KeyOf(Bob);
        ContentEncryption gcm = ContentEncryption.Find("A128GCM")!;
        Assert.Equal("VqqN6vgjbSBcIijNcacQGg", StrictBase64Url.Encode(ConcatKdf.Derive(alice, bob.PublicKey, gcm, "Alice"u8, "Bob"u8)));
        Assert.Equal("VqqN6vgjbSBcIijNcacQGg", StrictBase64Url.Encode(ConcatKdf.Derive(bob, alice.PublicKey, gcm, "Alice"u8, "Bob"u8)));
    }

    // RFC 7518 appendix B.1 and B.3.
    [Theory]
    [InlineData("A128CBC-HS256", "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", "652c3fa36b0a7c5b3219fab3a30bc1c4", "c80edfa32ddf39d5ef00c0b468834279")]
    [InlineData("A256CBC-HS512", "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f", "4dd3b4c088a7f45c216839645b2012bf2e6269a8c56a816dbc1b267761955bc5", "4affaaadb78c31c5da4b1b590d10ffbd")]
    public void Encrypts_as_appendix_B_of_RFC_7518(string name, string key, string tag, string ciphertextStart)
    {
        byte[] made = new byte[tag.Length / 2];
        byte[] ciphertext = ContentEncryption.Find(name)!.Encrypt(
            Convert.FromHexString(key), Convert.FromHexString("1af38c2dc2b96ffdd86694092341bc04"),
            "A cipher system must not be required to be secret, and it must be able to fall into the hands of the enemy without inconvenience"u8,
            "The second principle of Auguste Kerckhoffs"u8, made);
        Assert.Equal(tag, Convert.ToHexStringLower(made));
        Assert.StartsWith(ciphertextStart, Convert.ToHexStringLower(ciphertext), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Encryptions))]
    public void Opens_what_was_encrypted_to_its_key(string encryption)
    {
        foreach (KeyType type in (KeyType[])[KeyType.P256, KeyType.P384])
        {
            using var key = KeyAgreementKey.Generate(type);
            string text = CompactJwe.Encrypt(Plaintext, key.PublicKey, new(encryption) { KeyId = "k1", PartyU = "u"u8.ToArray(), PartyV = "v"u8.ToArray(), Compress = true });
            CompactJwe jwe = CompactJwe.Read(text).Require();
            Assert.Equal(("k1", encryption, "v"), (jwe.KeyId, jwe.Encryption, System.Text.Encoding.ASCII.GetString(jwe.PartyV.Span)));
            Assert.Equal(Plaintext, jwe.Decrypt(key).Require());
        }
    }

    [Theory]
    [MemberData(nameof(Encryptions))]
    public void Refuses_to_open_what_was_altered_or_encrypted_to_another(string encryption)
    {
        using var key = KeyAgreementKey.Generate();
        using var other = KeyAgreementKey.Generate();
        using var otherCurve = KeyAgreementKey.Generate(KeyType.P384);
        string[] parts = CompactJwe.Encrypt(Plaintext, key.PublicKey, new(encryption)).Split('.');
        CompactJwe jwe = CompactJwe.Read(string.Join('.', parts)).Require();
        Assert.False(jwe.Decrypt(other).Ok);
        Assert.False(jwe.Decrypt(otherCurve).Ok);
        foreach (int part in (int[])[2, 3, 4])
        {
            string[] altered = [.. parts];
            altered[part] = (parts[part][0] == 'A' ? 'B' : 'A') + parts[part][1..];
            Assert.Equal(ProblemCode.CryptographicSecurityError, CompactJwe.Read(string.Join('.', altered)).Require().Decrypt(key).Problem?.Code);
        }

        // A header that says the same with one member more is another header.
        string header = System.Text.Encoding.UTF8.GetString(StrictBase64Url.Decode(parts[0])!);
        parts[0] = StrictBase64Url.Encode(System.Text.Encoding.UTF8.GetBytes("{\"typ\":\"x\"," + header[1..]));
        Assert.False(CompactJwe.Read(string.Join('.', parts)).Require().Decrypt(key).Ok);
    }

    [Theory]
    [InlineData("\"alg\":\"ECDH-ES\"", "\"alg\":\"ECDH-ES+A128KW\"")]
    [InlineData("\"alg\":\"ECDH-ES\"", "\"alg\":\"dir\"")]
    [InlineData("\"alg\":\"ECDH-ES\"", "\"alg\":\"none\"")]
    [InlineData("\"alg\":\"ECDH-ES\"", "\"alg\":1")]
    [InlineData("\"alg\":\"ECDH-ES\"", "\"alg\":\"ECDH-ES\",\"alg\":\"ECDH-ES\"")]
    [InlineData("\"alg\":\"ECDH-ES\"", "\"alg\":\"ECDH-ES\",\"crit\":[\"exp\"]")]
    [InlineData("\"alg\":\"ECDH-ES\"", "\"alg\":\"ECDH-ES\",\"zip\":\"LZ\"")]
    [InlineData("\"alg\":\"ECDH-ES\"", "\"alg\":\"ECDH-ES\",\"apu\":\"a=\"")]
    [InlineData("\"enc\":\"A128GCM\"", "\"enc\":\"A192GCM\"")]
    [InlineData("\"enc\":\"A128GCM\"", "\"enc\":\"A128CBC-HS256\"")]
    [InlineData("\"epk\":", "\"jwk\":")]
    [InlineData("\"crv\":\"P-256\"", "\"crv\":\"secp256k1\"")]
    [InlineData("\"kty\":\"EC\"", "\"kty\":\"EC\",\"d\":\"AA\"")]
    public void Refuses_a_header_that_says(string from, string to)
    {
        using var key = KeyAgreementKey.Generate();
        string[] parts = CompactJwe.Encrypt(Plaintext, key.PublicKey).Split('.');
        string header = System.Text.Encoding.UTF8.GetString(StrictBase64Url.Decode(parts[0])!);
        Assert.Contains(from, header, StringComparison.Ordinal);
        parts[0] = StrictBase64Url.Encode(System.Text.Encoding.UTF8.GetBytes(header.Replace(from, to, StringComparison.Ordinal)));
        Assert.Equal(ProblemCode.MalformedValueError, CompactJwe.Read(string.Join('.', parts)).Problem?.Code);
    }

    [Fact]
    public void Refuses_an_ephemeral_point_that_is_not_on_its_curve()
    {
        using var key = KeyAgreementKey.Generate();
        string[] parts = CompactJwe.Encrypt(Plaintext, key.PublicKey).Split('.');
        using JsonDocument header = JsonDocument.Parse(StrictBase64Url.Decode(parts[0])!);
        string x = header.RootElement.GetProperty("epk").GetProperty("x").GetString()!;
        parts[0] = StrictBase64Url.Encode(System.Text.Encoding.UTF8.GetBytes(header.RootElement.GetRawText().Replace(x, StrictBase64Url.Encode(new byte[32]), StringComparison.Ordinal)));
        Assert.False(CompactJwe.Read(string.Join('.', parts)).Ok);
    }

    [Theory]
    [InlineData("")]
    [InlineData("....")]
    [InlineData("a.b.c")]
    [InlineData("e30..AAAA.AAAA.AAAA")]
    [InlineData("e30.AAAA.AAAA.AAAA.AAAA")]
    [InlineData("é..AAAA.AAAA.AAAA")]
    public void Refuses_what_is_no_compact_JWE(string text) => Assert.False(CompactJwe.Read(text).Ok);

    [Fact]
    public void Refuses_an_encrypted_key_padding_and_a_truncated_tag()
    {
        using var key = KeyAgreementKey.Generate();
        string[] parts = CompactJwe.Encrypt(Plaintext, key.PublicKey).Split('.');
        Assert.False(CompactJwe.Read($"{parts[0]}.AAAA.{parts[2]}.{parts[3]}.{parts[4]}").Ok);
        Assert.False(CompactJwe.Read($"{parts[0]}..{parts[2]}.{parts[3]}.{parts[4]}==").Ok);
        Assert.False(CompactJwe.Read($"{parts[0]}..{parts[2]}.{parts[3]}.{parts[4][..16]}").Ok);
        Assert.False(CompactJwe.Read($"{parts[0]}..{parts[2]}.{parts[3]}.{parts[4]}.{parts[4]}").Ok);
    }

    [Fact]
    public void Refuses_a_few_bytes_that_grow_beyond_the_bound()
    {
        using var key = KeyAgreementKey.Generate();
        CompactJwe within = CompactJwe.Read(CompactJwe.Encrypt(new byte[CompactJwe.MaxLength], key.PublicKey, new() { Compress = true })).Require();
        CompactJwe bomb = CompactJwe.Read(CompactJwe.Encrypt(new byte[CompactJwe.MaxLength + 1], key.PublicKey, new() { Compress = true })).Require();
        Assert.Equal(CompactJwe.MaxLength, within.Decrypt(key).Require().Length);
        Assert.False(bomb.Decrypt(key).Ok);
    }

    [Fact]
    public void Throws_for_a_key_to_which_nobody_can_encrypt()
    {
        PublicKey p256 = KeyOf(Bob).PublicKey;
        Assert.True(CompactJwe.IsRecipient(p256));
        Assert.Throws<ArgumentException>(() => CompactJwe.Encrypt(Plaintext, p256, new("A192GCM")));
        using SigningKey edwards = SigningKey.Generate(KeyType.Ed25519);
        Assert.False(CompactJwe.IsRecipient(edwards.PublicKey));
        Assert.Throws<ArgumentException>(() => CompactJwe.Encrypt(Plaintext, edwards.PublicKey));
        Assert.Throws<ArgumentOutOfRangeException>(() => KeyAgreementKey.Generate(KeyType.Ed25519));
    }

    [Fact]
    public void Reads_the_private_key_that_it_wrote_and_no_other_kind()
    {
        using var key = KeyAgreementKey.Generate();
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            key.WritePrivate(writer);
        }

        using KeyAgreementKey again = KeyOf(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Equal(key.PublicKey, again.PublicKey);
        Assert.Equal(Plaintext, CompactJwe.Read(CompactJwe.Encrypt(Plaintext, key.PublicKey)).Require().Decrypt(again).Require());
        Assert.False(KeyAgreementKey.Read(JsonDocument.Parse("""{"kty":"EC"}""").RootElement).Ok);
        Assert.False(KeyAgreementKey.Read(JsonDocument.Parse(Alice.Replace("0_Nx", "1_Nx", StringComparison.Ordinal)).RootElement).Ok);
    }

    private static KeyAgreementKey KeyOf(string jwk) => KeyAgreementKey.Read(JsonDocument.Parse(jwk).RootElement).Require();
}
