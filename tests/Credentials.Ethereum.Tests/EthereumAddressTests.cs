namespace Credentials.Ethereum;

public sealed class EthereumAddressTests
{
    /// <summary>The examples of EIP-55.</summary>
    [Theory]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData("0x8617E340B3D01FA5F11F306F4090FD50E238070D")]
    [InlineData("0xde709f2102306220921060314715629080e2fb77")]
    [InlineData("0x27b1fdb04752bbc536007a920d24acb045561c26")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [InlineData("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [InlineData("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    public void Writes_the_checksum_of_EIP_55(string text)
    {
        Assert.True(EthereumAddress.TryParse(text.ToLowerInvariant(), out EthereumAddress address));
        Assert.Equal(text, address.ToChecksumString());
        Assert.True(EthereumAddress.TryParse(text, out EthereumAddress same));
        Assert.Equal(address, same);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData("0X52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE")]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE70")]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EEg")]
    public void Refuses_what_is_no_address(string? text)
    {
        Assert.False(EthereumAddress.TryParse(text, out EthereumAddress address));
        Assert.Equal(EthereumAddress.Zero, address);
    }

    [Fact]
    public void The_default_is_the_zero_address() =>
        Assert.Equal(EthereumAddress.From(new byte[20]), default);
}
