using System.Numerics;
using System.Text.Json;

namespace Credentials.Ethereum.JsonRpc;

public sealed class HexTests
{
    [Theory]
    [InlineData("\"0x0\"", 0)]
    [InlineData("\"0x41\"", 65)]
    [InlineData("\"0x400\"", 1024)]
    [InlineData("\"0xfF\"", 255)]
    public void Reads_quantities(string json, ulong value) => Assert.Equal(value, Hex.UInt64(JsonElement.Parse(json)));

    [Fact]
    public void Reads_the_greatest_quantities()
    {
        Assert.Equal(ulong.MaxValue, Hex.UInt64(JsonElement.Parse("\"0xffffffffffffffff\"")));
        Assert.Equal(BigInteger.Pow(2, 256) - 1, Hex.Quantity(JsonElement.Parse($"\"0x{new string('f', 64)}\"")));
    }

    [Theory]
    [InlineData("\"0x\"")]
    [InlineData("\"0x0400\"")]
    [InlineData("\"0x00\"")]
    [InlineData("\"ff\"")]
    [InlineData("\"0Xff\"")]
    [InlineData("\"0xg\"")]
    [InlineData("\"0x-1\"")]
    [InlineData("\"0x 1\"")]
    [InlineData("\" 0x1\"")]
    [InlineData("\"0x10000000000000000\"")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[]")]
    public void Refuses_what_is_no_quantity_of_64_bits(string json) => Assert.Null(Hex.UInt64(JsonElement.Parse(json)));

    [Fact]
    public void Refuses_a_quantity_of_more_than_256_bits() => Assert.Null(Hex.Quantity(JsonElement.Parse($"\"0x1{new string('0', 64)}\"")));

    [Theory]
    [InlineData("\"0x\"", "")]
    [InlineData("\"0x00ff\"", "00ff")]
    [InlineData("\"0xAB\"", "ab")]
    public void Reads_data(string json, string hex) => Assert.Equal(hex, Convert.ToHexStringLower(Hex.Data(JsonElement.Parse(json))!));

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"0x0\"")]
    [InlineData("\"0x0g\"")]
    [InlineData("\"00\"")]
    [InlineData("0")]
    [InlineData("null")]
    public void Refuses_what_is_no_data(string json)
    {
        Assert.Null(Hex.Data(JsonElement.Parse(json)));
        Assert.Null(Hex.Hash(JsonElement.Parse(json)));
        Assert.Null(Hex.Address(JsonElement.Parse(json)));
    }

    [Fact]
    public void Reads_from_where_there_is_nothing() => Assert.Null(Hex.Quantity(default(JsonElement)));
}
