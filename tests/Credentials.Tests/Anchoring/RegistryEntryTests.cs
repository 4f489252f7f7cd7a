using Credentials.Anchoring;

namespace Credentials.Tests.Anchoring;

public sealed class RegistryEntryTests
{
    private const string Contract = "0x5fbdb2315678afecb367f032d93f642f64180aa3";
    private const string Institution = "0x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private const string Handle = "0x0123456789abcdef0123456789abcdef";
    private const string Id = $"urn:credentials:registry:v1:eip155:31337:{Contract}:{Institution}:{Handle}";

    [Fact]
    public void An_id_says_chain_contract_institution_and_handle()
    {
        RegistryEntry entry = RegistryEntry.Parse(Id).Require();
        Assert.Equal(new RegistryAddress(31337, Contract), entry.Registry);
        Assert.Equal(Institution, entry.Institution.ToString());
        Assert.Equal(Handle, entry.Handle.ToString());
        Assert.Equal(Id, entry.Id);
    }

    [Fact]
    public void The_greatest_chain_id_is_read() =>
        Assert.Equal(ulong.MaxValue, RegistryEntry.Parse(Id.Replace("31337", "18446744073709551615", StringComparison.Ordinal)).Require().Registry.ChainId);

    [Theory]
    [InlineData("")]
    [InlineData("urn:credentials:registry:v1:")]
    [InlineData("urn:credentials:registry:v2:eip155:31337:" + Contract + ":" + Institution + ":" + Handle)]
    [InlineData("URN:credentials:registry:v1:eip155:31337:" + Contract + ":" + Institution + ":" + Handle)]
    [InlineData(Id + ":")]
    [InlineData(Id + "#")]
    [InlineData(" " + Id)]
    [InlineData("urn:credentials:registry:v1:eip155:31337:" + Contract + ":" + Institution)]
    [InlineData("urn:credentials:registry:v1:eip155:31337:" + Contract + ":" + Handle + ":" + Institution)]
    [InlineData("urn:credentials:registry:v1:eip155:031337:" + Contract + ":" + Institution + ":" + Handle)]
    [InlineData("urn:credentials:registry:v1:eip155:-1:" + Contract + ":" + Institution + ":" + Handle)]
    [InlineData("urn:credentials:registry:v1:eip155:18446744073709551616:" + Contract + ":" + Institution + ":" + Handle)]
    [InlineData("urn:credentials:registry:v1:eip155::" + Contract + ":" + Institution + ":" + Handle)]
    [InlineData("urn:credentials:registry:v1:solana:31337:" + Contract + ":" + Institution + ":" + Handle)]
    [InlineData("urn:credentials:registry:v1:eip155:31337:0x5FbDB2315678afecb367f032d93F642f64180aa3:" + Institution + ":" + Handle)]
    [InlineData("urn:credentials:registry:v1:eip155:31337:" + Contract + ":0x00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF:" + Handle)]
    [InlineData("urn:credentials:registry:v1:eip155:31337:" + Contract + ":" + Institution + ":0x0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("urn:credentials:registry:v1:eip155:31337:" + Contract + ":" + Institution + ":0X0123456789abcdef0123456789abcdef")]
    [InlineData("urn:credentials:registry:v1:eip155:31337:" + Contract + ":" + Institution + ":0x0123456789abcdef0123456789abcde")]
    public void Any_other_spelling_is_refused(string id) =>
        Assert.Equal(ProblemCode.MalformedValueError, RegistryEntry.Parse(id).Problem?.Code);

    [Fact]
    public void Fresh_handles_differ() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => RegistryHandle.Create()).Distinct().Count());
}
