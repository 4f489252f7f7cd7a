using System.Globalization;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace Credentials.Ethereum.Transactions;

/// <summary>The cases of the Ethereum Foundation's <c>RLPTests</c>, and the laws behind them.</summary>
public sealed class RlpTests
{
    private const string Lorem = "Lorem ipsum dolor sit amet, consectetur adipisicing eli";

    [Theory]
    [InlineData("", "80")]
    [InlineData("\0", "00")]
    [InlineData("\u007f", "7f")]
    [InlineData("dog", "83646f67")]
    [InlineData(Lorem, "b74c6f72656d20697073756d20646f6c6f722073697420616d65742c20636f6e7365637465747572206164697069736963696e6720656c69")]
    [InlineData(Lorem + "t", "b8384c6f72656d20697073756d20646f6c6f722073697420616d65742c20636f6e7365637465747572206164697069736963696e6720656c6974")]
    public void Writes_byte_strings(string text, string encoded)
    {
        byte[] bytes = Rlp.Bytes(System.Text.Encoding.ASCII.GetBytes(text));
        Assert.Equal(encoded, Convert.ToHexStringLower(bytes));
        Assert.Equal(text, System.Text.Encoding.ASCII.GetString(RlpItem.Decode(bytes)!.Bytes!.Value.Span));
    }

    [Theory]
    [InlineData("0", "80")]
    [InlineData("1", "01")]
    [InlineData("127", "7f")]
    [InlineData("128", "8180")]
    [InlineData("1000", "8203e8")]
    [InlineData("100000", "830186a0")]
    [InlineData("83729609699884896815286331701780722", "8f102030405060708090a0b0c0d0e0f2")]
    [InlineData("105315505618206987246253880190783558935785933862974822347068935681", "9c0100020003000400050006000700080009000a000b000c000d000e01")]
    public void Writes_integers(string number, string encoded)
    {
        BigInteger value = BigInteger.Parse(number, CultureInfo.InvariantCulture);
        byte[] bytes = Rlp.Integer(value);
        Assert.Equal(encoded, Convert.ToHexStringLower(bytes));
        Assert.Equal(value, RlpItem.Decode(bytes)!.AsInteger());
    }

    [Fact]
    public void Writes_lists()
    {
        byte[] empty = Rlp.List();
        byte[] words = Rlp.List([.. new[] { "asdf", "qwer", "zxcv" }.Select(word => Rlp.Bytes(System.Text.Encoding.ASCII.GetBytes(word)))]);
        Assert.Equal("c0", Convert.ToHexStringLower(empty));
        Assert.Equal("c7c0c1c0c3c0c1c0", Convert.ToHexStringLower(Rlp.List(empty, Rlp.List(empty), Rlp.List(empty, Rlp.List(empty)))));
        Assert.Equal("f840" + string.Concat(Enumerable.Repeat("cf84617364668471776572847a786376", 4)), Convert.ToHexStringLower(Rlp.List(words, words, words, words)));
        Assert.StartsWith("f90200cf84617364668471776572", Convert.ToHexStringLower(Rlp.List([.. Enumerable.Repeat(words, 32)])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("bf0f000000000000021111")]
    [InlineData("ff0f000000000000021111")]
    [InlineData("f80180")]
    [InlineData("f80100")]
    [InlineData("b9002100dc2b275d0f74e8a53e6f4ec61b27f24278820be3f82ea2110e582081b0565df0")]
    [InlineData("f861f83eb9002100dc2b275d0f74e8a53e6f4ec61b27f24278820be3f82ea2110e582081b0565df027b90015002d5ef8325ae4d034df55d4b58d0dfba64d61ddd17be00000b9001a00dae30907045a2f66fa36f2bb8aa9029cbb0b8a7b3b5c435ab331")]
    [InlineData("8100")]
    [InlineData("8101")]
    [InlineData("817f")]
    [InlineData("b800")]
    [InlineData("f800")]
    [InlineData("b81000112233445566778899aabbccddeeff")]
    [InlineData("b801ff")]
    [InlineData("f810000102030405060708090a0b0c0d0e0f")]
    [InlineData("f803112233")]
    [InlineData("b8")]
    [InlineData("83646f")]
    [InlineData("c3646f")]
    [InlineData("83646f6700")]
    [InlineData("bbffffffff")]
    [InlineData("c1c2")]
    public void Refuses_what_is_not_canonical(string encoded) => Assert.Null(RlpItem.Decode(Convert.FromHexString(encoded)));

    [Fact]
    public void Refuses_a_length_with_leading_zeros_even_where_it_fits() =>
        Assert.Null(RlpItem.Decode(Convert.FromHexString("b90040" + string.Concat(Enumerable.Repeat("aa", 64)))));

    [Fact]
    public void Refuses_a_tower_of_lists()
    {
        byte[] tower = Rlp.List();
        for (int level = 0; level < 10_000; level++)
        {
            tower = Rlp.List(tower);
        }

        Assert.Null(RlpItem.Decode(tower));
    }

    [Theory]
    [InlineData("8200ff")]
    [InlineData("00")]
    [InlineData("c0")]
    [InlineData("a1010000000000000000000000000000000000000000000000000000000000000000")]
    public void An_integer_has_no_leading_zeros_and_at_most_256_bits(string encoded) => Assert.Null(RlpItem.Decode(Convert.FromHexString(encoded))!.AsInteger());

    [Fact]
    public void There_are_no_negative_integers() => Assert.Throws<ArgumentOutOfRangeException>(() => Rlp.Integer(-1));

    [Fact]
    public void Whatever_decodes_encodes_to_the_same_bytes()
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(20_000).WithReplay(25, 85);
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
            RlpItem.Decode(bytes) is not { } item || Encode(item).AsSpan().SequenceEqual(bytes)).Check(config);
        Prop.ForAll(ArbMap.Default.ArbFor<byte[][]>(), items =>
        {
            byte[] list = Rlp.List([.. items.Select(item => Rlp.Bytes(item))]);
            return RlpItem.Decode(list) is { Items: { } read } && read.Count == items.Length && Encode(RlpItem.Decode(list)!).AsSpan().SequenceEqual(list);
        }).Check(Config.QuickThrowOnFailure.WithReplay(25, 85));
    }

    private static byte[] Encode(RlpItem item) => item.Items is { } items ? Rlp.List([.. items.Select(Encode)]) : Rlp.Bytes(item.Bytes!.Value.Span);
}
