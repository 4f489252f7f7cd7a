using System.Numerics;
using Credentials.Keys;

namespace Credentials.Tests.Keys;

/// <summary>RFC 8032, and what it leaves to the careful.</summary>
public class Ed25519KeyTests
{
    // Section 7.1, tests 1 to 3 and "SHA(abc)".
    [Theory]
    [InlineData("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "", "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72", "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82", "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    [InlineData("833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42", "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf", "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f", "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704")]
    public void Signs_and_verifies_the_vectors_of_the_rfc(string seed, string publicKey, string message, string signature)
    {
        using SigningKey key = SigningKey.FromBytes(KeyType.Ed25519, Convert.FromHexString(seed)).Require();
        byte[] data = Convert.FromHexString(message);
        Assert.Equal(Convert.FromHexString(publicKey), key.PublicKey.Bytes.ToArray());
        Assert.Equal(Convert.FromHexString(signature), key.Sign(data));
        Assert.True(PublicKey.FromBytes(KeyType.Ed25519, Convert.FromHexString(publicKey)).Require().Verify(data, Convert.FromHexString(signature)));
    }

    [Fact]
    public void Refuses_an_s_that_is_not_reduced()
    {
        using SigningKey key = SigningKey.Generate(KeyType.Ed25519);
        byte[] signature = key.Sign([1]);
        BigInteger order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);
        BigInteger s = new BigInteger(signature.AsSpan(32), isUnsigned: true) + order;
        byte[] wrapped = new byte[32];
        Assert.True(s.TryWriteBytes(wrapped, out _, isUnsigned: true));
        Assert.False(key.PublicKey.Verify([1], [.. signature[..32], .. wrapped]));
    }

    // The points of order 1, 2, 4 and 8, with either sign and in spellings above the prime.
    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa")]
    public void Refuses_a_key_of_small_order_for_which_one_signature_fits_many_messages(string hex) =>
        Assert.False(PublicKey.FromBytes(KeyType.Ed25519, Convert.FromHexString(hex)).Ok);

    [Fact]
    public void Refuses_about_half_of_all_numbers_because_they_are_no_points()
    {
        byte[] bytes = new byte[32];
        int points = Enumerable.Range(2, 200).Count(y =>
        {
            bytes[0] = (byte)y;
            return PublicKey.FromBytes(KeyType.Ed25519, bytes).Ok;
        });
        Assert.InRange(points, 70, 130);
    }

    [Fact]
    public void Takes_every_key_that_it_makes()
    {
        for (int i = 0; i < 100; i++)
        {
            using SigningKey key = SigningKey.Generate(KeyType.Ed25519);
            Assert.True(PublicKey.FromBytes(KeyType.Ed25519, key.PublicKey.Bytes.Span).Ok);
        }
    }
}
