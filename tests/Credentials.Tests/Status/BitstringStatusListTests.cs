using System.IO.Compression;
using Credentials.Encoding;
using Credentials.Status;
using Credentials.TestKit;
using FsCheck.Fluent;

namespace Credentials.Tests.Status;

public sealed class BitstringStatusListTests
{
    // The encodedList of 131,072 zeros in the specification's own example.
    private const string SpecificationExample = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA";

    [Fact]
    public void The_example_of_the_specification_is_a_list_of_zeros()
    {
        BitstringStatusList list = BitstringStatusList.Decode(SpecificationExample).Require();
        Assert.Equal(BitstringStatusList.MinimumLength, list.Length);
        Assert.Equal(-1, list.Bytes.Span.IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void Index_0_is_the_left_most_bit_of_the_first_byte()
    {
        var list = new BitstringStatusList { [0] = true, [7] = true, [9] = true, [BitstringStatusList.MinimumLength - 1] = true };
        Assert.Equal(0b1000_0001, list.Bytes.Span[0]);
        Assert.Equal(0b0100_0000, list.Bytes.Span[1]);
        Assert.Equal(0b0000_0001, list.Bytes.Span[^1]);
        list[7] = false;
        Assert.Equal(0b1000_0000, list.Bytes.Span[0]);
        Assert.True(list[9]);
        Assert.False(list[8]);
    }

    [Fact]
    public void Any_bits_come_back_as_they_were() => Randomised.ForAll(
        Gen.Choose(0, BitstringStatusList.MinimumLength - 1).ListOf(),
        indexes =>
        {
            var list = new BitstringStatusList();
            foreach (int index in indexes)
            {
                list[index] = true;
            }

            BitstringStatusList read = BitstringStatusList.Decode(list.Encode()).Require();
            return read.Bytes.Span.SequenceEqual(list.Bytes.Span) && BitstringStatusList.FromBytes(read.Bytes.Span).Encode() == list.Encode();
        },
        slice: 50,
        full: 5_000);

    [Fact]
    public void A_list_of_a_million_random_bits_is_read()
    {
        byte[] bits = System.Security.Cryptography.RandomNumberGenerator.GetBytes(1_048_576 / 8);
        Assert.Equal(bits, BitstringStatusList.Decode(BitstringStatusList.FromBytes(bits).Encode()).Require().Bytes.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("u")]
    [InlineData("H4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA")]
    [InlineData("z7gTJsdS3KU9TMLyJQH97")]
    [InlineData("mH4sIAAAAAAAAA+3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA")]
    [InlineData("uAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData(SpecificationExample + "=")]
    [InlineData(SpecificationExample + "A")]
    [InlineData(" " + SpecificationExample)]
    public void What_is_not_multibase_of_gzip_is_refused(string encoded) => AssertRefused(encoded);

    [Fact]
    public void A_gzip_that_is_truncated_anywhere_is_refused()
    {
        byte[] whole = Gzip(Noise(20_000));
        foreach (int length in Enumerable.Range(0, 60).Concat(Enumerable.Range(0, whole.Length / 97).Select(i => i * 97)).Concat(Enumerable.Range(1, 30).Select(i => whole.Length - i)))
        {
            AssertRefused(Multibase.EncodeBase64Url(whole.AsSpan(0, length)));
        }
    }

    [Fact]
    public void A_gzip_with_any_byte_of_its_frame_altered_is_refused()
    {
        byte[] whole = Gzip(Noise(20_000));
        foreach (int at in (int[])[0, 1, 2, whole.Length / 2, whole.Length - 8, whole.Length - 5, whole.Length - 4, whole.Length - 1])
        {
            byte[] altered = [.. whole];
            altered[at] ^= 0x10;
            AssertRefused(Multibase.EncodeBase64Url(altered));
        }
    }

    [Fact]
    public void A_gzip_with_something_behind_it_is_refused()
    {
        byte[] whole = Gzip(new byte[16384]);
        AssertRefused(Multibase.EncodeBase64Url([.. whole, 0, 0, 0, 0]));
        AssertRefused(Multibase.EncodeBase64Url([.. whole, .. Gzip(new byte[1])]));
    }

    [Fact]
    public void A_decompression_bomb_is_refused_without_its_memory()
    {
        string bomb = Multibase.EncodeBase64Url(Gzip(new byte[BitstringStatusList.MaxBytes + 1]));
        string honest = Multibase.EncodeBase64Url(Gzip(new byte[BitstringStatusList.MaxBytes]));
        byte[] disguised = Gzip(new byte[BitstringStatusList.MaxBytes * 2]);
        BitConverter.TryWriteBytes(disguised.AsSpan(^4), 16384);

        long before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused(bomb);
        AssertRefused(Multibase.EncodeBase64Url(disguised));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
        Assert.Equal(BitstringStatusList.MaxBytes * 8, BitstringStatusList.Decode(honest).Require().Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16383)]
    public void A_list_that_hides_nobody_is_refused(int bytes) =>
        Assert.Equal(ProblemCode.StatusListLengthError, BitstringStatusList.Decode(Multibase.EncodeBase64Url(Gzip(new byte[bytes]))).Problem?.Code);

    [Fact]
    public void Misuse_throws()
    {
        var list = new BitstringStatusList();
        Assert.Throws<ArgumentOutOfRangeException>(() => list[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => list[list.Length]);
        Assert.Throws<ArgumentOutOfRangeException>(() => list[list.Length] = true);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BitstringStatusList(131_064));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BitstringStatusList(131_073));
        Assert.Throws<ArgumentOutOfRangeException>(() => BitstringStatusList.FromBytes(new byte[16383]));
    }

    private static void AssertRefused(string encoded) =>
        Assert.Equal(ProblemCode.StatusVerificationError, BitstringStatusList.Decode(encoded).Problem?.Code);

    private static byte[] Noise(int length)
    {
        byte[] bytes = new byte[length];
        uint state = 1;
        for (int i = 0; i < length; i++)
        {
            state = (state * 1664525) + 1013904223;
            bytes[i] = (byte)(state >> 24);
        }

        return bytes;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.SmallestSize))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }
}
