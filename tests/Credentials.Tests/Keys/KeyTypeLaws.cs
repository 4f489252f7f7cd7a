using System.Text.Json;
using Credentials.Encoding;
using Credentials.Keys;

namespace Credentials.Tests.Keys;

/// <summary>The law that every type of key obeys; which types there are says <see cref="Registry"/>.</summary>
public class KeyTypeLaws
{
    private static readonly byte[] Data = "Credentials"u8.ToArray();

    public static TheoryData<KeyType> KeyTypes => Registry.KeyTypes;

    [Theory, MemberData(nameof(KeyTypes))]
    public void Verifies_its_own_signature(KeyType type)
    {
        using SigningKey key = SigningKey.Generate(type);
        Assert.True(PublicKey.IsSupported(type));
        Assert.True(key.PublicKey.Verify(Data, key.Sign(Data)));
    }

    [Theory, MemberData(nameof(KeyTypes))]
    public async Task Signs_asynchronously_as_well(KeyType type)
    {
        using SigningKey key = SigningKey.Generate(type);
        byte[] signature = await key.SignAsync(Data, CancellationToken.None);
        Assert.True(key.PublicKey.Verify(Data, signature));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await key.SignAsync(Data, new CancellationToken(canceled: true)));
    }

    [Theory, MemberData(nameof(KeyTypes))]
    public void Refuses_a_signature_with_any_one_bit_altered(KeyType type)
    {
        using SigningKey key = SigningKey.Generate(type);
        byte[] signature = key.Sign(Data);
        for (int bit = 0; bit < 8 * signature.Length; bit++)
        {
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(key.PublicKey.Verify(Data, signature), $"bit {bit}");
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(key.PublicKey.Verify(Data, signature));
    }

    [Theory, MemberData(nameof(KeyTypes))]
    public void Refuses_other_data_and_another_key(KeyType type)
    {
        using SigningKey key = SigningKey.Generate(type);
        using SigningKey other = SigningKey.Generate(type);
        byte[] signature = key.Sign(Data);
        Assert.False(key.PublicKey.Verify([.. Data, 0], signature));
        Assert.False(key.PublicKey.Verify([], signature));
        Assert.False(other.PublicKey.Verify(Data, signature));
    }

    [Theory, MemberData(nameof(KeyTypes))]
    public void Refuses_signatures_of_every_other_length(KeyType type)
    {
        using SigningKey key = SigningKey.Generate(type);
        byte[] signature = key.Sign(Data);
        for (int length = 0; length < signature.Length; length++)
        {
            Assert.False(key.PublicKey.Verify(Data, signature.AsSpan(..length)));
        }

        Assert.False(key.PublicKey.Verify(Data, [.. signature, 0]));
        Assert.False(key.PublicKey.Verify(Data, [0, .. signature]));
    }

    [Theory, MemberData(nameof(KeyTypes))]
    public void Refuses_a_signature_of_zeros_and_one_of_ones(KeyType type)
    {
        using SigningKey key = SigningKey.Generate(type);
        byte[] signature = key.Sign(Data);
        Assert.False(key.PublicKey.Verify(Data, new byte[signature.Length]));
        signature.AsSpan().Fill(0xff);
        Assert.False(key.PublicKey.Verify(Data, signature));
    }

    [Theory, MemberData(nameof(KeyTypes))]
    public void Comes_back_from_every_form(KeyType type)
    {
        using SigningKey key = SigningKey.Generate(type);
        byte[] secret = key.ExportSecret();
        using SigningKey fromBytes = SigningKey.FromBytes(type, secret).Require();
        using SigningKey fromMultikey = Multikey.DecodeSecret(Multikey.EncodeSecret(key)).Require();
        using SigningKey fromJwk = JsonWebKey.ReadPrivate(Jwk(key.PublicKey, secret)).Require();

        Assert.All([fromBytes, fromMultikey, fromJwk], copy =>
        {
            Assert.Equal(key.PublicKey, copy.PublicKey);
            Assert.Equal(secret, copy.ExportSecret());
            Assert.True(key.PublicKey.Verify(Data, copy.Sign(Data)));
        });
        Assert.All(
            [PublicKey.FromBytes(type, key.PublicKey.Bytes.Span), Multikey.Decode(Multikey.Encode(key.PublicKey)), JsonWebKey.Read(Jwk(key.PublicKey))],
            copy =>
            {
                Assert.Equal(key.PublicKey, copy.Require());
                Assert.Equal(key.PublicKey.GetHashCode(), copy.Require().GetHashCode());
                Assert.Equal(JsonWebKey.Thumbprint(key.PublicKey), JsonWebKey.Thumbprint(copy.Require()));
                Assert.True(copy.Require().Verify(Data, key.Sign(Data)));
            });
    }

    [Theory, MemberData(nameof(KeyTypes))]
    public void Is_not_equal_to_another_key(KeyType type)
    {
        using SigningKey key = SigningKey.Generate(type);
        using SigningKey other = SigningKey.Generate(type);
        Assert.NotEqual(key.PublicKey, other.PublicKey);
        Assert.NotEqual(JsonWebKey.Thumbprint(key.PublicKey), JsonWebKey.Thumbprint(other.PublicKey));
        Assert.False(key.PublicKey.Equals(null));
    }

    [Theory, MemberData(nameof(KeyTypes))]
    public void Refuses_raw_keys_of_every_other_length(KeyType type)
    {
        using SigningKey key = SigningKey.Generate(type);
        Assert.False(PublicKey.FromBytes(type, []).Ok);
        Assert.False(PublicKey.FromBytes(type, key.PublicKey.Bytes.Span[1..]).Ok);
        Assert.False(PublicKey.FromBytes(type, [.. key.PublicKey.Bytes.Span, 0]).Ok);
        Assert.False(SigningKey.FromBytes(type, []).Ok);
        Assert.False(SigningKey.FromBytes(type, key.ExportSecret().AsSpan(1)).Ok);
        Assert.False(SigningKey.FromBytes(type, [.. key.ExportSecret(), 0]).Ok);
    }

    [Theory, MemberData(nameof(KeyTypes))]
    public void Refuses_a_multikey_whose_prefix_or_length_is_another(KeyType type)
    {
        using SigningKey key = SigningKey.Generate(type);
        byte[] bytes = Multibase.Decode(Multikey.Encode(key.PublicKey))!;
        Assert.False(Multikey.Decode(Multibase.EncodeBase64Url(bytes)).Ok);
        Assert.False(Multikey.Decode(Multibase.EncodeBase58Btc(bytes.AsSpan(..^1))).Ok);
        Assert.False(Multikey.Decode(Multibase.EncodeBase58Btc([.. bytes, 0])).Ok);
        Assert.False(Multikey.Decode(Multibase.EncodeBase58Btc(bytes.AsSpan(2..))).Ok);
        Assert.False(Multikey.Decode(Multibase.EncodeBase58Btc([0xe7, 0x01, .. bytes[2..]])).Ok);
        Assert.False(Multikey.Decode(Multikey.EncodeSecret(key)).Ok);
        Assert.False(Multikey.DecodeSecret(Multikey.Encode(key.PublicKey)).Ok);
        Assert.False(Multikey.Decode("").Ok);
    }

    [Theory, MemberData(nameof(KeyTypes))]
    public void Refuses_to_work_once_disposed_while_its_public_key_still_verifies(KeyType type)
    {
        SigningKey key = SigningKey.Generate(type);
        byte[] signature = key.Sign(Data);
        key.Dispose();
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Sign(Data));
        Assert.Throws<ObjectDisposedException>(key.ExportSecret);
        Assert.True(key.PublicKey.Verify(Data, signature));
    }

    [Theory, MemberData(nameof(KeyTypes))]
    public void Is_shared_by_threads(KeyType type)
    {
        using SigningKey key = SigningKey.Generate(type);
        byte[] good = key.Sign(Data);
        byte[] bad = [.. good];
        bad[^1] ^= 1;
        int wrong = 0;
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            bool fine = i % 2 == 0
                ? key.PublicKey.Verify(Data, good) && !key.PublicKey.Verify(Data, bad)
                : key.PublicKey.Verify(Data, key.Sign(Data));
            Interlocked.Add(ref wrong, fine ? 0 : 1);
        });
        Assert.Equal(0, wrong);
    }

    internal static JsonElement Jwk(PublicKey key, byte[]? secret = null)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            JsonWebKey.Write(writer, key);
        }

        Dictionary<string, string> members = JsonSerializer.Deserialize<Dictionary<string, string>>(buffer.ToArray())!;
        if (secret is not null)
        {
            members["d"] = StrictBase64Url.Encode(secret);
        }

        return JsonSerializer.SerializeToElement(members);
    }
}
