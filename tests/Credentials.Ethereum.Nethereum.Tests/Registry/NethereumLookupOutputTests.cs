using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.TestKit.Ledger;

namespace Credentials.Ethereum.Nethereum.Registry;

/// <summary>What is taken for an answer of the contract, and what is not.</summary>
public sealed class NethereumLookupOutputTests
{
    private static readonly RegistryState Full = new(EthereumAddress.From(Enumerable.Repeat((byte)0x33, 20).ToArray()), 1, ulong.MaxValue, 3)
    {
        DistrustedAt = 4,
        Key = new(Enumerable.Repeat((byte)0x44, 35).ToArray(), 5, 6, KeyRevocationReason.Compromised),
        CurrentIdentity = new(Bytes32.From(Enumerable.Repeat((byte)0x55, 32).ToArray())),
        Identity = new(7, 8),
        Succession = new(new(Bytes32.From(Enumerable.Repeat((byte)0x66, 32).ToArray())), 9),
        Path =
        [
            new(new(10, 11, 12, AccreditationScope.EqfLevel7 | AccreditationScope.Accredits), new(13, 0)),
            new(default, new(14, 15)),
        ],
    };

    [Fact]
    public void Reads_a_record_as_the_built_in_client_does()
    {
        byte[] answer = RegistryAnswer.Encode(Full);
        Assert.Equal(Full, LookupOutput.Decode(answer, 2));
        Assert.Equal(Full, RegistryStateAbi.Decode(answer, 2));
    }

    [Fact]
    public void Zeros_are_a_record_of_nothing() => Assert.Equal(RegistryState.Nothing, LookupOutput.Decode(RegistryAnswer.Encode(RegistryState.Nothing), 0));

    [Fact]
    public void An_answer_that_is_cut_or_goes_on_is_no_record()
    {
        byte[] answer = RegistryAnswer.Encode(Full);
        Assert.All(Enumerable.Range(0, answer.Length), length => Assert.Null(LookupOutput.Decode(answer[..length], 2)));
        Assert.Null(LookupOutput.Decode([.. answer, 0], 2));
        Assert.Null(LookupOutput.Decode(answer, 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(12)]
    [InlineData(17)]
    [InlineData(20)]
    public void Offsets_and_lengths_without_end_are_no_record(int word)
    {
        byte[] answer = RegistryAnswer.Encode(Full);
        answer.AsSpan(32 * word, 32).Fill(0xff);
        Assert.Null(LookupOutput.Decode(answer, 2));
    }

    [Fact]
    public void A_revert_with_a_reason_is_no_record() =>
        Assert.Null(LookupOutput.Decode(Convert.FromHexString("08c379a0" + new string('0', 62) + "20" + new string('0', 63) + "2" + "6e6f" + new string('0', 60)), 0));
}
