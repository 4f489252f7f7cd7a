using System.Text.Json;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.Tests.Keys;

/// <summary>Every key pair of the specifications' vectors.</summary>
public class MultikeyVectorTests
{
    [VectorTheory]
    [InlineData(KeyType.P256, "vc-di-ecdsa/p256KeyPair.json", "")]
    [InlineData(KeyType.P384, "vc-di-ecdsa/p384KeyPair.json", "")]
    [InlineData(KeyType.P256, "vc-di-ecdsa/ecdsa-sd-2023/SDKeyMaterial.json", "baseKeyPair")]
    [InlineData(KeyType.P256, "vc-di-ecdsa/ecdsa-sd-2023/SDKeyMaterial.json", "proofKeyPair")]
    [InlineData(KeyType.Ed25519, "vc-di-eddsa/keyPair.json", "")]
    [InlineData(KeyType.Ed25519, "vc-di-eddsa/proof-set-chain/multiKeyPairs.json", "keyPair1")]
    [InlineData(KeyType.Ed25519, "vc-di-eddsa/proof-set-chain/multiKeyPairs.json", "keyPair2")]
    [InlineData(KeyType.Ed25519, "vc-di-eddsa/proof-set-chain/multiKeyPairs.json", "keyPair3")]
    [InlineData(KeyType.Ed25519, "vc-di-eddsa/proof-set-chain/multiKeyPairs.json", "keyPair4")]
    public void Reads_both_halves_and_they_belong_together(KeyType type, string file, string member)
    {
        JsonElement pair = Vectors.Json(file.Split('/'));
        pair = member.Length == 0 ? pair : pair.GetProperty(member);
        string publicText = pair.GetProperty("publicKeyMultibase").GetString()!;
        string secretText = (pair.TryGetProperty("secretKeyMultibase", out JsonElement secret) ? secret : pair.GetProperty("privateKeyMultibase")).GetString()!;

        PublicKey publicKey = Multikey.Decode(publicText).Require();
        using SigningKey key = Multikey.DecodeSecret(secretText).Require();

        Assert.Equal(type, publicKey.Type);
        Assert.Equal(publicKey, key.PublicKey);
        Assert.Equal(publicText, Multikey.Encode(key.PublicKey));
        Assert.Equal(secretText, Multikey.EncodeSecret(key));
    }

    [VectorFact]
    public void Refuses_a_public_key_of_the_vectors_with_its_last_character_altered()
    {
        string text = Vectors.Json("vc-di-ecdsa", "p256KeyPair.json").GetProperty("publicKeyMultibase").GetString()!;
        const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        IEnumerable<Parsed<PublicKey>> read = Alphabet.Where(c => c != text[^1]).Select(c => Multikey.Decode(text[..^1] + c));

        // Another x is a point or is not, each half of the time; it is never the same key.
        Assert.Contains(read, key => !key.Ok);
        Assert.DoesNotContain(read, key => key.Ok && key.Value.Equals(Multikey.Decode(text).Require()));
    }
}
