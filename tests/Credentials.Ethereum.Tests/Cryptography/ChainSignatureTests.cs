using System.Numerics;
using System.Security.Cryptography;
using Credentials.Anchoring;
using Credentials.Ethereum.Transactions;

namespace Credentials.Ethereum.Cryptography;

/// <summary>Signatures of keys that are elsewhere: as key services give them, completed here.</summary>
public sealed class ChainSignatureTests
{
    private static readonly BigInteger Order = BigInteger.Parse("0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141", System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture);

    private static readonly TransactionRequest Request = new(1, 7, EthereumAddress.Zero, default, 0, 21_000, new(2, 1));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_transaction_of_a_remote_key_is_the_accounts_whether_s_is_low_or_high(bool high)
    {
        using ECDsa key = ECDsa.Create(Secp256k1.Curve);
        for (int attempt = 0; attempt < 8; attempt++)
        {
            SignedTransaction signed = await Eip1559.SignAsync(Request, new RemoteKey(key, high), CancellationToken.None);
            SignedTransaction read = SignedTransaction.Decode(signed.Raw).Require();
            Assert.Equal((signed.From, signed.Hash), (read.From, read.Hash));
        }
    }

    [Fact]
    public async Task An_account_in_the_process_signs_through_the_same_port()
    {
        using ChainAccount account = ChainAccount.Generate();
        SignedTransaction signed = await Eip1559.SignAsync(Request, account, CancellationToken.None);
        Assert.Equal(account.Address, SignedTransaction.Decode(signed.Raw).Require().From);
    }

    [Fact]
    public async Task A_signature_of_another_key_or_of_another_hash_signs_nothing()
    {
        using ECDsa key = ECDsa.Create(Secp256k1.Curve);
        using ECDsa other = ECDsa.Create(Secp256k1.Curve);
        RemoteKey honest = new(key, high: false);
        await Assert.ThrowsAsync<SignerUnavailableException>(() => Eip1559.SignAsync(Request, new RemoteKey(other, high: false) { Address = honest.Address }, CancellationToken.None));
        ChainSignature signature = await honest.SignHashAsync(Keccak256.Hash([1]), CancellationToken.None);
        Assert.Throws<SignerUnavailableException>(() => signature.Complete(Keccak256.Hash([2]), honest.Address));
        Assert.Throws<SignerUnavailableException>(() => new ChainSignature(default, default).Complete(Keccak256.Hash([1]), honest.Address));
    }

    [Fact]
    public void Reads_the_DER_that_a_key_service_gives()
    {
        using ECDsa key = ECDsa.Create(Secp256k1.Curve);
        for (int attempt = 0; attempt < 300; attempt++)
        {
            byte[] der = key.SignHash(SHA256.HashData([(byte)attempt]), DSASignatureFormat.Rfc3279DerSequence);
            ChainSignature read = ChainSignature.FromDer(der).Require();
            Assert.True(key.VerifyHash(SHA256.HashData([(byte)attempt]), (byte[])[.. read.R.ToArray(), .. read.S.ToArray()], DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        }
    }

    public static TheoryData<string, string> NoSignatures => new()
    {
        { "nothing", "" },
        { "text", "7b7d" },
        { "r alone", "3003020101" },
        { "three numbers", "3009020101020101020101" },
        { "something behind", "300602010102010100" },
        { "a negative r", "3006020181020101" },
        { "a zero s", "3006020101020100" },
        { "a length of two bytes where one does", "308106020101020101" },
        { "a leading zero too many", "300702020001020101" },
        { "r of 33 bytes", "302602210100000000000000000000000000000000000000000000000000000000000000000201" + "01" },
        { "r that is the order", "3026022100fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141020101" },
    };

    [Theory]
    [MemberData(nameof(NoSignatures))]
    public void Refuses_what_is_no_signature(string what, string hex) => Assert.False(ChainSignature.FromDer(Convert.FromHexString(hex)).Ok, what);

    [Fact]
    public void The_address_of_a_published_key_is_that_of_the_account()
    {
        using ChainAccount account = ChainAccount.Generate();
        byte[] secret = account.ExportPrivateKey();
        using ECDsa key = ECDsa.Create(new ECParameters { Curve = Secp256k1.Curve, D = secret });
        byte[] published = key.ExportSubjectPublicKeyInfo();
        Assert.True(EthereumAddress.TryReadSubjectPublicKeyInfo(published, out EthereumAddress address));
        Assert.Equal(account.Address, address);
        Assert.False(EthereumAddress.TryReadSubjectPublicKeyInfo([.. published, 0], out _));
        Assert.False(EthereumAddress.TryReadSubjectPublicKeyInfo(published.AsSpan(1), out _));
        using ECDsa p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.False(EthereumAddress.TryReadSubjectPublicKeyInfo(p256.ExportSubjectPublicKeyInfo(), out _));
        using RSA rsa = RSA.Create(2048);
        Assert.False(EthereumAddress.TryReadSubjectPublicKeyInfo(rsa.ExportSubjectPublicKeyInfo(), out _));
    }

    /// <summary>A key service: gives s as it comes, or always the high one.</summary>
    private sealed class RemoteKey : IChainSigner
    {
        private readonly ECDsa _key;
        private readonly bool _high;

        public RemoteKey(ECDsa key, bool high)
        {
            (_key, _high) = (key, high);
            Assert.True(EthereumAddress.TryReadSubjectPublicKeyInfo(key.ExportSubjectPublicKeyInfo(), out EthereumAddress address));
            Address = address;
        }

        public EthereumAddress Address { get; init; }

        public Task<ChainSignature> SignHashAsync(Bytes32 hash, CancellationToken cancellationToken)
        {
            ChainSignature given = ChainSignature.FromDer(_key.SignHash(hash.ToArray(), DSASignatureFormat.Rfc3279DerSequence)).Require();
            BigInteger s = new(given.S.ToArray(), isUnsigned: true, isBigEndian: true);
            byte[] other = (Order - s).ToByteArray(isUnsigned: true, isBigEndian: true);
            bool flip = _high && Secp256k1.IsLow(given.S.ToArray());
            return Task.FromResult(flip ? given with { S = Bytes32.From([.. new byte[32 - other.Length], .. other]) } : given);
        }
    }
}
