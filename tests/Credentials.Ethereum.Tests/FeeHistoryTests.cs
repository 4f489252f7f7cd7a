using System.Text.Json;

namespace Credentials.Ethereum;

public sealed class FeeHistoryTests
{
    [Theory]
    [InlineData("""{"baseFeePerGas":["0x1","0x64"],"reward":[["0xa"]]}""", 5, 210, 10)]
    [InlineData("""{"baseFeePerGas":["0x64"],"reward":[["0x0"],["0x9"],["0x3"]]}""", 1, 203, 3)]
    [InlineData("""{"baseFeePerGas":["0x64"],"reward":[["0x0"]]}""", 7, 207, 7)]
    [InlineData("""{"baseFeePerGas":["0x64"]}""", 7, 207, 7)]
    [InlineData("""{"baseFeePerGas":["0x64"],"reward":null}""", 7, 207, 7)]
    [InlineData("""{"baseFeePerGas":["0x0"],"reward":[]}""", 1, 1, 1)]
    public void Suggests_twice_the_next_base_fee_and_the_median_tip(string json, int floor, int maxFee, int tip) =>
        Assert.Equal(new(maxFee, tip), FeeHistory.Read(JsonElement.Parse(json))!.Suggest(floor));

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"baseFeePerGas":[]}""")]
    [InlineData("""{"baseFeePerGas":["0x00"]}""")]
    [InlineData("""{"baseFeePerGas":[1]}""")]
    [InlineData("""{"baseFeePerGas":["0x1"],"reward":[["no"]]}""")]
    [InlineData("""{"baseFeePerGas":["0x1"],"reward":[["0x1","0x2"]]}""")]
    [InlineData("""{"baseFeePerGas":["0x1"],"reward":["0x1"]}""")]
    public void Refuses_a_malformed_history(string json) => Assert.Null(FeeHistory.Read(JsonElement.Parse(json)));

    [Fact]
    public void Without_a_history_twice_the_gas_price_is_the_ceiling() =>
        Assert.Equal(new(201, 1), FeeHistory.SuggestFrom(100, 1));
}
