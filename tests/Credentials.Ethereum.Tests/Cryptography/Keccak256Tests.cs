
namespace Credentials.Ethereum.Cryptography;

public sealed class Keccak256Tests
{
    /// <summary>Published answers of the original submission's padding.</summary>
    [Theory]
    [InlineData("", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData("testing", "5f16f4c7f149ac4f9510d9cf8cf384038ad348b3bcdc01915f95de12df9d1b02")]
    [InlineData("The quick brown fox jumps over the lazy dog", "4d741b6f1eb29cb2a9b9911c82f56fa8d73b04959d3d9d222895df6c0b28aa15")]
    [InlineData("Transfer(address,address,uint256)", "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef")]
    public void Hashes_text_as_published(string text, string digest) =>
        Assert.Equal("0x" + digest, Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(text)).ToString());

    /// <summary>The bytes 0, 1, 2, … around the rate of 136 bytes; the answers are those on which two npm libraries agree.</summary>
    [Theory]
    [InlineData(1, "bc36789e7a1e281436464229828f817d6612f7b477d66591ff96a9e064bcc98a")]
    [InlineData(32, "8ae1aa597fa146ebd3aa2ceddf360668dea5e526567e92b0321816a4e895bd2d")]
    [InlineData(64, "002030bde3d4cf89919649775cd71875c4d0ab1708a380e03fefc3a28aa24831")]
    [InlineData(135, "cbdfd9dee5faad3818d6b06f95a219fd290b0e1706f6a82e5a595b9ce9faca62")]
    [InlineData(136, "7ce759f1ab7f9ce437719970c26b0a66ff11fe3e38e17df89cf5d29c7d7f807e")]
    [InlineData(137, "ac73d4fae68b8453f764007c1a20ce95994187861f0c3227a3a8e99a73a3b1db")]
    [InlineData(271, "7c974895b2a88303ff2dc6b58f438ceb0b298cac91099ac0539cc0f477506191")]
    [InlineData(272, "fdf2ec49e749960d3c8521a0219af8d03e30e2b3bf19bd16150ee0eaf133d66e")]
    [InlineData(273, "4f707289a9c3ccd0c4a51f2f17339f5dd171d371c04ff7783b735b5b22682eaf")]
    [InlineData(1000, "aca79e4146e30eb1c733f6d6060d72471c36ea4e01ebf45d7f4916249c2bbd82")]
    public void Hashes_messages_around_the_block_size(int length, string digest) =>
        Assert.Equal("0x" + digest, Keccak256.Hash([.. Enumerable.Range(0, length).Select(index => (byte)index)]).ToString());

    [Fact]
    public void Hashes_a_million_letters()
    {
        byte[] message = new byte[1_000_000];
        Array.Fill(message, (byte)'a');
        Assert.Equal("0xfadae6b49f129bbb812be8407b7b2894f34aecf6dbd1f9b0f0c7e9853098fc96", Keccak256.Hash(message).ToString());
    }

    [Fact]
    public void Is_not_the_SHA3_of_FIPS_202() =>
        Assert.NotEqual("0xa7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a", Keccak256.Hash([]).ToString());
}
