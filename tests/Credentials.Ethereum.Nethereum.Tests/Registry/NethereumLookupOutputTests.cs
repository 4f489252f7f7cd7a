using Credentials.Ethereum.Registry;

namespace Credentials.Ethereum.Nethereum.Registry;

/// <summary>What is taken for an answer of the contract, and what is not.</summary>
public sealed class NethereumLookupOutputTests
{
    private const string Controller = "000000000000000000000000f39fd6e51aad88f6f4ce6ab8827279cfffb92266";
    private static readonly string Zero = new('0', 64);
    private static readonly string Largest = new string('0', 48) + new string('f', 16);

    [Fact]
    public void Reads_a_record_as_the_built_in_client_does()
    {
        byte[] answer = Words(Controller, Largest, Zero[..^1] + "7", Zero[..^2] + "10");
        RegistryState state = new(EthereumAddress.From(answer.AsSpan(12, 20)), ulong.MaxValue, 7, 16);
        Assert.Equal(state, LookupOutput.Decode(answer));
        Assert.Equal(state, Abi.DecodeState(answer));
    }

    [Fact]
    public void Zeros_are_a_record_of_nothing() => Assert.Equal(RegistryState.Nothing, LookupOutput.Decode(Words(Zero, Zero, Zero, Zero)));

    public static TheoryData<string, string> NoRecords => new()
    {
        { "nothing", "" },
        { "three words", Controller + Zero + Zero },
        { "a byte too few", (Controller + Zero + Zero + Zero)[..^2] },
        { "a byte too many", Controller + Zero + Zero + Zero + "00" },
        { "five words", Controller + Zero + Zero + Zero + Zero },
        { "padding before the address", "01" + Controller[2..] + Zero + Zero + Zero },
        { "a time of 65 bits", Controller + new string('0', 47) + "1" + new string('0', 16) + Zero + Zero },
        { "a block of 65 bits", Controller + Zero + new string('0', 47) + "1" + new string('0', 16) + Zero },
        { "a negative time", Controller + Zero + Zero + new string('f', 64) },
        { "a revert with a reason", "08c379a0" + Zero[..^2] + "20" + Zero[..^1] + "2" + "6e6f" + new string('0', 116) },
    };

    [Theory]
    [MemberData(nameof(NoRecords))]
    public void Takes_for_no_record(string what, string hex)
    {
        byte[] answer = Convert.FromHexString(hex);
        Assert.True(LookupOutput.Decode(answer) is null, what);
        Assert.Null(Abi.DecodeState(answer));
    }

    private static byte[] Words(params string[] words) => Convert.FromHexString(string.Concat(words));
}
