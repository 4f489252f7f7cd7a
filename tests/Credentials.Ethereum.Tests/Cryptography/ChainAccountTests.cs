using System.Numerics;
using System.Security.Cryptography;

namespace Credentials.Ethereum.Cryptography;

public sealed class ChainAccountTests
{
    private const string Order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

    /// <summary>The generator itself, the key of EIP-155's example, and the first account of the usual development mnemonic.</summary>
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000001", "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf")]
    [InlineData("4646464646464646464646464646464646464646464646464646464646464646", "0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F")]
    [InlineData("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80", "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266")]
    [InlineData("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140", "0x80C0dbf239224071c59dD8970ab9d542E3414aB2")]
    public void Derives_the_address_of_a_key(string privateKey, string address)
    {
        using ChainAccount account = ChainAccount.FromPrivateKey(Convert.FromHexString(privateKey));
        Assert.Equal(address, account.Address.ToChecksumString());
        Assert.Equal(privateKey, Convert.ToHexStringLower(account.ExportPrivateKey()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("01")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(Order)]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("000000000000000000000000000000000000000000000000000000000000000001")]
    public void Refuses_what_is_no_private_key(string privateKey) =>
        Assert.Throws<ArgumentException>(() => ChainAccount.FromPrivateKey(Convert.FromHexString(privateKey)));

    [Fact]
    public void Signatures_have_low_s_and_lead_back_to_the_account()
    {
        using ChainAccount account = ChainAccount.Generate();
        BigInteger half = BigInteger.Parse("0" + Order, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture) / 2;
        HashSet<int> parities = [];
        for (int round = 0; round < 100; round++)
        {
            byte[] hash = RandomNumberGenerator.GetBytes(32);
            (byte[] r, byte[] s, int recoveryId) = account.SignHash(hash);
            Assert.InRange(new BigInteger(s, isUnsigned: true, isBigEndian: true), 1, half);
            Assert.Equal(account.Address, EthereumAddress.OfPublicKey(Secp256k1.Recover(hash, r, s, recoveryId)));
            Assert.NotEqual(account.Address, Secp256k1.Recover(hash, r, s, 1 - recoveryId) is { } other ? EthereumAddress.OfPublicKey(other) : EthereumAddress.Zero);
            parities.Add(recoveryId);
        }

        Assert.Equal([0, 1], parities.Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Refuses_to_sign_what_is_no_hash(int length)
    {
        using ChainAccount account = ChainAccount.Generate();
        Assert.Throws<ArgumentException>(() => account.SignHash(new byte[length]));
    }

    [Theory]
    [InlineData("00", "01", 0)]
    [InlineData("01", "00", 0)]
    [InlineData(Order, "01", 0)]
    [InlineData("01", Order, 0)]
    [InlineData("01", "01", 2)]
    [InlineData("01", "01", -1)]
    [InlineData("05", "01", 0)]
    public void No_key_made_a_signature_out_of_range_or_off_the_curve(string r, string s, int recoveryId) =>
        Assert.Null(Secp256k1.Recover(new byte[32], Pad(r), Pad(s), recoveryId));

    [Fact]
    public async Task Signs_on_many_threads_at_once()
    {
        using ChainAccount account = ChainAccount.Generate();
        byte[] hash = RandomNumberGenerator.GetBytes(32);
        EthereumAddress[] signers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() =>
        {
            (byte[] r, byte[] s, int recoveryId) = account.SignHash(hash);
            return EthereumAddress.OfPublicKey(Secp256k1.Recover(hash, r, s, recoveryId));
        })));
        Assert.All(signers, signer => Assert.Equal(account.Address, signer));
    }

    private static byte[] Pad(string hex) => Convert.FromHexString(hex.PadLeft(64, '0'));
}
