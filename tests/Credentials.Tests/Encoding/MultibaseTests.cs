using Credentials.Encoding;
using Credentials.TestKit;
using FsCheck.Fluent;

namespace Credentials.Tests.Encodings;

/// <summary>Multibase, base64url and multicodec: one spelling for each byte sequence.</summary>
public class MultibaseTests
{
    // The base58btc vectors of the multibase specification, and of the Bitcoin sources.
    [Theory]
    [InlineData("z", "")]
    [InlineData("z1", "00")]
    [InlineData("z11233QC4", "0000287fb4cd")]
    [InlineData("zStV1DL6CwTryKyV", "68656c6c6f20776f726c64")]
    [InlineData("z7paNL19xttacUY", "796573206d616e692021")]
    [InlineData("z17paNL19xttacUY", "00796573206d616e692021")]
    [InlineData("z117paNL19xttacUY", "0000796573206d616e692021")]
    [InlineData("zJxF12TrwUP45BMd", "48656c6c6f20576f726c64")]
    [InlineData("u", "")]
    [InlineData("ueWVzIG1hbmkgIQ", "796573206d616e692021")]
    [InlineData("u-_8", "fbff")]
    public void Reads_and_writes_the_published_vectors(string text, string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        Assert.Equal(bytes, Multibase.Decode(text));
        Assert.Equal(text, text[0] == 'z' ? Multibase.EncodeBase58Btc(bytes) : Multibase.EncodeBase64Url(bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("StV1DL6CwTryKyV")]
    [InlineData("Z1")]
    [InlineData("m+/8")]
    [InlineData("fff")]
    [InlineData("z0")]
    [InlineData("zO")]
    [InlineData("zI")]
    [InlineData("zl")]
    [InlineData("z a")]
    [InlineData("zabc\n")]
    [InlineData("zé")]
    [InlineData("z\u0141")]
    [InlineData("u+/8")]
    [InlineData("u-_8=")]
    [InlineData("ueWVzIG1hbmkgIQ==")]
    [InlineData("u ")]
    [InlineData("uAA AA")]
    [InlineData("uA")]
    [InlineData("uAAAAA")]
    public void Refuses_other_bases_other_alphabets_padding_and_white_space(string text) => Assert.Null(Multibase.Decode(text));

    [Theory]
    [InlineData("uAB")]
    [InlineData("uAAB")]
    [InlineData("u-_9")]
    [InlineData("ueWVzIG1hbmkgIR")]
    public void Refuses_loose_bits_at_the_end_of_base64url(string text) => Assert.Null(Multibase.Decode(text));

    [Fact]
    public void Refuses_long_texts_in_the_base_that_takes_time_in_the_square_of_their_length()
    {
        Assert.NotNull(Multibase.Decode("z" + new string('2', 1023)));
        Assert.Null(Multibase.Decode("z" + new string('2', 1024)));
        Assert.NotNull(Multibase.Decode("u" + new string('A', 4 * 16383)));
        Assert.Null(Multibase.Decode("u" + new string('A', 4 * 16384)));
    }

    [Fact]
    public void Reads_the_signature_bases_apart()
    {
        Assert.Null(Multibase.DecodeBase58Btc(Multibase.EncodeBase64Url([1, 2, 3])));
        Assert.NotNull(Multibase.DecodeBase58Btc(Multibase.EncodeBase58Btc([1, 2, 3])));
    }

    [Fact]
    public void Brings_any_bytes_back_from_either_base() => Randomised.ForAll(
        ArbMap.Default.GeneratorFor<byte[]>(),
        bytes => bytes.AsSpan().SequenceEqual(Multibase.Decode(Multibase.EncodeBase58Btc(bytes)))
            && bytes.AsSpan().SequenceEqual(Multibase.Decode(Multibase.EncodeBase64Url(bytes)))
            && bytes.AsSpan().SequenceEqual(StrictBase64Url.Decode(StrictBase64Url.Encode(bytes))));

    [Fact]
    public void Agrees_with_the_second_opinion_on_base58() => Randomised.ForAll(
        ArbMap.Default.GeneratorFor<byte[]>().Zip(Gen.Choose(0, 3)).Zip(Gen.Choose(0, 300)),
        sample => (byte[])[.. new byte[sample.Item1.Item2], .. sample.Item1.Item1, .. Enumerable.Repeat((byte)sample.Item2, sample.Item2)] is var bytes
            && Multibase.EncodeBase58Btc(bytes) == "z" + SimpleBase.Base58.Bitcoin.Encode(bytes)
            && SimpleBase.Base58.Bitcoin.Decode(Multibase.EncodeBase58Btc(bytes).AsSpan(1)).AsSpan().SequenceEqual(bytes));

    [Fact]
    public void Gives_no_two_texts_one_meaning() => Randomised.ForAll(
        Gen.Elements("z1aAbB2-_=+/ uQgw".ToCharArray()).ListOf().Select(chars => new string([.. chars])),
        text => Multibase.Decode(text) is not { } bytes
            || (text[0] == 'z' ? Multibase.EncodeBase58Btc(bytes) : Multibase.EncodeBase64Url(bytes)) == text,
        slice: 3000);

    [Theory]
    [InlineData(0x00u, "00")]
    [InlineData(0x7fu, "7f")]
    [InlineData(0xedu, "ed01")]
    [InlineData(0x1200u, "8024")]
    [InlineData(0x1201u, "8124")]
    [InlineData(0x1300u, "8026")]
    [InlineData(0x1306u, "8626")]
    [InlineData(uint.MaxValue, "ffffffff0f")]
    public void Writes_multicodec_prefixes(uint code, string hex) => Assert.Equal(Convert.FromHexString(hex), Multicodec.Prefix(code));
}
