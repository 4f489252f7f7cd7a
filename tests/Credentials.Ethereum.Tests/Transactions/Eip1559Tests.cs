using System.Numerics;
using Credentials.Ethereum.Cryptography;

namespace Credentials.Ethereum.Transactions;

public sealed class Eip1559Tests
{
    private static readonly EthereumAddress Developer = Address("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");

    /// <summary>A transaction of Ethereum's main chain, 0x0ec0b6a2….</summary>
    private static TransactionRequest OfMainChain => new(
        1, 0x42, Address("0x6069a6c32cf691f5982febae4faf8a6f3ab2f0f6"), Convert.FromHexString("a22cb4650000000000000000000000005eee75727d804a2b13038928d36f8b188945a57a0000000000000000000000000000000000000000000000000000000000000000"), 0, 44386, new(0x4a817c800, 0x3b9aca00));

    [Fact]
    public void Encodes_a_transaction_of_the_main_chain()
    {
        byte[] r = Convert.FromHexString("840cfc572845f5786e702984c2a582528cad4b49b2a10b9db1be7fca90058565");
        byte[] s = Convert.FromHexString("25e7109ceb98168d95b09b18bbf6b685130e0562f233877d492b94eee0c5b6d1");
        Assert.Equal("0x0d5688ac3897124635b6cf1bc0e29d6dfebceebdc10a54d74f2ef8b56535b682", Eip1559.SigningHash(OfMainChain).ToString());
        SignedTransaction read = SignedTransaction.Decode(Eip1559.Encode(OfMainChain, 0, r, s)).Require();
        Assert.Equal("0x0ec0b6a2df4d87424e5f6ad2a654e27aaeb7dac20ae9e8385cc09087ad532ee0", read.Hash.ToString());
        Assert.Equal("0xdd6b8b3dc6b7ad97db52f08a275ff4483e024cea", read.From.ToString());
        AssertSame(OfMainChain, read.Request);
    }

    /// <summary>As viem signs them with the first account of the usual development mnemonic.</summary>
    [Theory]
    [InlineData("02f850018203118080825208808080c080a04012522854168b27e5dc3d5839bab5e6b39e1a0ffd343901ce1622e3d64b48f1a04e00902ae0502c4728cbf12156290df99c3ed7de85b1dbfe20b5c36931733a33", 785, 21000, 0, 0, "")]
    [InlineData("02f84c0180800180808080c080a0c95f157628e67a435b1b85584db1b8346cbccf9890d28466f6edfed07d097793a03bdfde4f59a340a4308b5b4d2c89da83838d691c8059b228d0667309f1d2e893", 0, 0, 1, 0, "")]
    [InlineData("02f84c0180808080808080c001a0db5b8a12b90b68aeb786379ac14219ac85934e833082dee6cf03fd912809224da06902cc208e3b14a056dca2005c96f59eae33118b899f642551a58cff09044c9a", 0, 0, 0, 0, "")]
    [InlineData("02f8520182031180808252088080821234c001a054d552c58a162c9003633c20871d8e381ef7a3c35d1c8a79c7c12d5cf09a0914a03c5d6241f8c4fcf8b35262de038d3ab1940feb1a70b934ae5d40ea6bce912e2d", 785, 21000, 0, 0, "1234")]
    [InlineData("02f8590182031184773594008504a817c800825208808080c001a06ea33b188b30a5f5d0d1cec62b2bac7203ff428a49048766596727737689043fa0255b74c8e704e3692497a29cd246ffc4344b4107457ce1c914fe2b4e09993859", 785, 21000, 20_000_000_000, 2_000_000_000, "")]
    public void Reads_and_writes_what_another_library_signed(string raw, ulong nonce, ulong gas, long maxFee, long tip, string data)
    {
        byte[] bytes = Convert.FromHexString(raw);
        SignedTransaction read = SignedTransaction.Decode(bytes).Require();
        Assert.Equal(Developer, read.From);
        AssertSame(new(1, nonce, null, Convert.FromHexString(data), 0, gas, new(maxFee, tip)), read.Request);

        RlpItem[] fields = [.. RlpItem.Decode(bytes.AsMemory(1))!.Items!];
        byte[] written = Eip1559.Encode(read.Request, (int)fields[9].AsInteger()!.Value, fields[10].Bytes!.Value.Span, fields[11].Bytes!.Value.Span);
        Assert.Equal(raw, Convert.ToHexStringLower(written));
    }

    [Fact]
    public void Signs_what_it_reads_back()
    {
        using ChainAccount account = ChainAccount.Generate();
        SignedTransaction signed = Eip1559.Sign(OfMainChain with { Value = BigInteger.Pow(2, 255) }, account);
        SignedTransaction read = SignedTransaction.Decode(signed.Raw).Require();
        Assert.Equal((account.Address, signed.Hash), (read.From, read.Hash));
        AssertSame(signed.Request, read.Request);
        Assert.Equal(Keccak256.Hash(signed.Raw.Span), signed.Hash);
    }

    [Fact]
    public void Every_flipped_bit_is_refused_or_changes_hash_and_sender()
    {
        using ChainAccount account = ChainAccount.Generate();
        SignedTransaction signed = Eip1559.Sign(OfMainChain, account);
        byte[] raw = signed.Raw.ToArray();
        int refused = 0;
        for (int bit = 0; bit < raw.Length * 8; bit++)
        {
            byte[] altered = [.. raw];
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            Parsed<SignedTransaction> read = SignedTransaction.Decode(altered);
            refused += read.Ok ? 0 : 1;
            Assert.True(!read.Ok || (!read.Value.Hash.Equals(signed.Hash) && read.Value.From != account.Address), $"bit {bit}");
        }

        Assert.InRange(refused, 1, raw.Length * 8);
    }

    [Fact]
    public void Refuses_truncation_and_trailing_bytes()
    {
        using ChainAccount account = ChainAccount.Generate();
        byte[] raw = Eip1559.Sign(OfMainChain, account).Raw.ToArray();
        Assert.All(Enumerable.Range(0, raw.Length), length => Assert.False(SignedTransaction.Decode(raw.AsMemory(0, length)).Ok));
        Assert.False(SignedTransaction.Decode(new byte[] { 0 }.Prepend(raw[0]).Concat(raw[1..]).ToArray()).Ok);
        Assert.False(SignedTransaction.Decode((byte[])[.. raw, 0]).Ok);
    }

    /// <summary>viem's transaction with an access list, its legacy one, and its EIP-2930 one.</summary>
    [Theory]
    [InlineData("02f8ac018203118080825208808080f85bf85994f39fd6e51aad88f6f4ce6ab8827279cfffb92266f842a00000000000000000000000000000000000000000000000000000000000000001a060fdd29ff912ce880cd3edaf9f932dc61d3dae823ea77e0323f94adb9f6a72fe80a0df4810a25d0e147163b03e392bf083dc852702715b9ba848eb9821c70ce2c92ea00b6d11209ef326abaf83aa2443ba61851c7c8ca0813e347a04b501f584b03024")]
    [InlineData("f85182031184773594008252088080801ba0462e5dabe6d0e82ac9d2832d5ecc815e317669ae2eb018c2a07ae6f3a4763618a003214adcddee51ee1d46cb12a694f5520c851581fe53c543c8999d45fa18de07")]
    [InlineData("01f84f0182031180825208808080c080a089cebce5c7f728febd1060b55837c894ec2a79dd7854350abce252fc2de96b5da039f2782c70b92f4b1916aa8db91453c7229f33458bd091b3e10a40f9a7e443d2")]
    public void Refuses_transactions_that_we_never_write(string raw) => Assert.False(SignedTransaction.Decode(Convert.FromHexString(raw)).Ok);

    [Fact]
    public void Refuses_the_twin_signature_with_high_s()
    {
        using ChainAccount account = ChainAccount.Generate();
        (byte[] r, byte[] s, int recoveryId) = account.SignHash(Eip1559.SigningHash(OfMainChain).ToArray());
        BigInteger order = BigInteger.Parse("0fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture);
        byte[] high = (order - new BigInteger(s, isUnsigned: true, isBigEndian: true)).ToByteArray(isUnsigned: true, isBigEndian: true);
        Assert.True(SignedTransaction.Decode(Eip1559.Encode(OfMainChain, recoveryId, r, s)).Ok);
        Assert.False(SignedTransaction.Decode(Eip1559.Encode(OfMainChain, 1 - recoveryId, r, high)).Ok);
    }

    [Fact]
    public void Refuses_to_sign_fees_and_values_that_are_no_unsigned_words()
    {
        using ChainAccount account = ChainAccount.Generate();
        BigInteger tooMuch = BigInteger.Pow(2, 256);
        TransactionRequest[] wrong = [OfMainChain with { Value = -1 }, OfMainChain with { Value = tooMuch }, OfMainChain with { Fees = new(-1, 0) }, OfMainChain with { Fees = new(0, tooMuch) }];
        Assert.All(wrong, request => Assert.Throws<ArgumentOutOfRangeException>(() => Eip1559.Sign(request, account)));
    }

    private static EthereumAddress Address(string text) => EthereumAddress.TryParse(text, out EthereumAddress address) ? address : throw new FormatException(text);

    private static void AssertSame(TransactionRequest expected, TransactionRequest actual)
    {
        Assert.Equal(expected with { Data = default }, actual with { Data = default });
        Assert.Equal(expected.Data.ToArray(), actual.Data.ToArray());
    }
}
