using System.Numerics;
using System.Security.Cryptography;
using Credentials.Ethereum.Cryptography;
using Credentials.Ethereum.Registry;
using Credentials.Ethereum.Transactions;
using FsCheck;
using FsCheck.Fluent;
using Nethereum.Model;
using Nethereum.Signer;

namespace Credentials.Ethereum.Nethereum;

/// <summary>Two libraries, one transaction: what either signs, the other reads.</summary>
public sealed class NethereumSigningTests : IDisposable
{
    private static readonly BigInteger LargestWord = BigInteger.Pow(2, 256) - 1;

    private readonly ChainAccount _account = ChainAccount.Generate();
    private readonly NethereumLedger _nethereum = new(new Uri("http://127.0.0.1:1/"));

    public void Dispose()
    {
        _nethereum.Dispose();
        _account.Dispose();
    }

    [Fact]
    public void What_Nethereum_signs_is_read_back_strictly() => ForAnyRequest(request =>
    {
        SignedTransaction signed = _nethereum.Sign(request, _account);
        SignedTransaction read = SignedTransaction.Decode(signed.Raw).Require();
        AssertSame(request, read.Request);
        Assert.Equal((_account.Address, _account.Address), (signed.From, read.From));
        Assert.Equal((signed.Hash, Keccak256.Hash(signed.Raw.Span)), (read.Hash, signed.Hash));
    });

    [Fact]
    public void What_is_signed_has_the_bytes_of_the_built_in_client_but_for_the_signature() => ForAnyRequest(request =>
    {
        RlpItem[] ours = Fields(Eip1559.Sign(request, _account));
        RlpItem[] theirs = Fields(_nethereum.Sign(request, _account));
        Assert.Equal(12, theirs.Length);
        Assert.Equal(ours[..9].Select(Bytes), theirs[..9].Select(Bytes));
    });

    [Fact]
    public void What_the_built_in_client_signs_Nethereum_reads_back() => ForAnyRequest(request =>
    {
        string raw = "0x" + Convert.ToHexStringLower(Eip1559.Sign(request, _account).Raw.Span);
        Transaction1559 read = Assert.IsType<Transaction1559>(TransactionFactory.CreateTransaction(raw));
        Assert.Equal(Eip1559.SigningHash(request).ToArray(), read.RawHash);
        Assert.Equal(_account.Address.ToChecksumString(), TransactionVerificationAndRecovery.GetSenderAddress(raw));
    });

    [Fact]
    public void Nethereums_own_key_signs_what_is_read_back_strictly()
    {
        byte[] privateKey = RandomNumberGenerator.GetBytes(32);
        using ChainAccount account = ChainAccount.FromPrivateKey(privateKey);
        EthECKey key = new(privateKey, true);
        Assert.Equal(key.GetPublicAddress(), account.Address.ToChecksumString());
        ForAnyRequest(request =>
        {
            Transaction1559 transaction = new(request.ChainId, request.Nonce, request.Fees.MaxPriorityFeePerGas, request.Fees.MaxFeePerGas, request.GasLimit, request.To?.ToString(), request.Value, Convert.ToHexString(request.Data.Span), accessList: null);
            string raw = new Transaction1559Signer().SignTransaction(key, transaction);
            SignedTransaction read = SignedTransaction.Decode(Convert.FromHexString(raw)).Require();
            AssertSame(request, read.Request);
            Assert.Equal(account.Address, read.From);
        });
    }

    [Fact]
    public void Leading_zeros_of_a_signature_are_left_out()
    {
        TransactionRequest request = Deployment with { Data = default };
        int shorter = 0;
        for (ulong nonce = 0; shorter < 3; nonce++)
        {
            SignedTransaction signed = _nethereum.Sign(request with { Nonce = nonce }, _account);
            Assert.True(SignedTransaction.Decode(signed.Raw).Ok);
            shorter += Fields(signed)[10..].Count(integer => integer.Bytes!.Value.Length < 32);
        }
    }

    [Fact]
    public void A_deployment_has_no_recipient()
    {
        SignedTransaction signed = _nethereum.Sign(Deployment, _account);
        Assert.Null(SignedTransaction.Decode(signed.Raw).Require().Request.To);
        Assert.True(Fields(signed)[5].Bytes!.Value.IsEmpty);
    }

    [Fact]
    public void Refuses_fees_and_values_that_are_no_unsigned_words()
    {
        TransactionRequest[] wrong =
        [
            Deployment with { Value = -1 },
            Deployment with { Value = LargestWord + 1 },
            Deployment with { Fees = new(-1, 0) },
            Deployment with { Fees = new(LargestWord + 1, 0) },
            Deployment with { Fees = new(0, -1) },
            Deployment with { Fees = new(0, LargestWord + 1) },
        ];
        Assert.All(wrong, request => Assert.Throws<ArgumentOutOfRangeException>(() => _nethereum.Sign(request, _account)));
    }

    [Fact]
    public void Names_itself_and_its_version() => Assert.Matches("^Nethereum [0-9]+\\.[0-9]+\\.[0-9]+$", _nethereum.ClientName);

    private static TransactionRequest Deployment => new(1, 0, null, CredentialRegistryContract.Bytecode, 0, RegistryGas.Deploy, new(2_000_000_000, 1_000_000_000));

    // Numbers of every length in bytes, data around the lengths at which RLP changes its form.
    private static void ForAnyRequest(Action<TransactionRequest> law)
    {
        Gen<BigInteger> word = Gen.Choose(0, 256).SelectMany(bits => ArbMap.Default.GeneratorFor<uint>(), static (bits, seed) => bits == 256 ? LargestWord : BigInteger.Max(0, (BigInteger.One << bits) - (seed % 2)));
        Gen<ulong> number = word.Select(static value => (ulong)(value & ulong.MaxValue));
        Gen<byte[]> data = Gen.Frequency((30, Gen.Choose(0, 70)), (9, Gen.Choose(250, 260)), (1, Gen.Constant(65_536))).SelectMany(static length => Gen.Choose(0, 255), static (length, fill) => Enumerable.Repeat((byte)fill, length).ToArray());
        Gen<EthereumAddress?> to = Gen.Choose(-1, 255).Select(static first => first < 0 ? (EthereumAddress?)null : EthereumAddress.From([(byte)first, .. new byte[18], (byte)first]));
        Gen<TransactionRequest> request =
            from chainId in number
            from nonce in number
            from gas in number
            from recipient in to
            from bytes in data
            from value in word
            from fee in word
            from tip in word
            select new TransactionRequest(chainId, nonce, recipient, bytes, value, gas, new(fee, tip));
        Prop.ForAll(request.ToArbitrary(), law).Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(71, 17));
    }

    private static RlpItem[] Fields(SignedTransaction transaction) => [.. RlpItem.Decode(transaction.Raw[1..])!.Items!];

    private static string Bytes(RlpItem item) => item.Items is { } items ? $"{items.Count} items" : Convert.ToHexString(item.Bytes!.Value.Span);

    private static void AssertSame(TransactionRequest expected, TransactionRequest actual)
    {
        Assert.Equal(expected with { Data = default }, actual with { Data = default });
        Assert.Equal(expected.Data.ToArray(), actual.Data.ToArray());
    }
}
