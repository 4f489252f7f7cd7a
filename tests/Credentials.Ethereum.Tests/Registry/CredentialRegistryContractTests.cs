using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Ethereum.Cryptography;
using Credentials.TestKit;

namespace Credentials.Ethereum.Registry;

public sealed class CredentialRegistryContractTests
{
    private static readonly JsonElement Artifact = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "contracts", "abi", "CredentialRegistry.json"))).RootElement;

    public static TheoryData<string, byte[]> Selectors => new()
    {
        { "createInstitution", RegistrySelector.CreateInstitution },
        { "addOperator", RegistrySelector.AddOperator },
        { "removeOperator", RegistrySelector.RemoveOperator },
        { "anchor", RegistrySelector.Anchor },
        { "revoke", RegistrySelector.Revoke },
        { "proposeController", RegistrySelector.ProposeController },
        { "acceptController", RegistrySelector.AcceptController },
        { "distrustRoot", RegistrySelector.DistrustRoot },
        { "addKey", RegistrySelector.AddKey },
        { "revokeKey", RegistrySelector.RevokeKey },
        { "setIdentity", RegistrySelector.SetIdentity },
        { "proposeSuccessor", RegistrySelector.ProposeSuccessor },
        { "acceptSuccession", RegistrySelector.AcceptSuccession },
        { "accredit", RegistrySelector.Accredit },
        { "revokeAccreditation", RegistrySelector.RevokeAccreditation },
        { "lookup", RegistrySelector.LookUp },
    };

    [Theory]
    [MemberData(nameof(Selectors))]
    public void Calls_the_functions_of_the_ABI(string name, byte[] selector)
    {
        JsonElement function = Artifact.GetProperty("abi").EnumerateArray().Single(item => item.GetProperty("type").GetString() == "function" && item.GetProperty("name").GetString() == name);
        Assert.Equal(Abi.Selector(name + TypesOf(function.GetProperty("inputs"))), selector);
    }

    [Fact]
    public void Reads_the_record_that_the_ABI_describes()
    {
        JsonElement function = Artifact.GetProperty("abi").EnumerateArray().Single(item => item.TryGetProperty("name", out JsonElement name) && name.GetString() == "lookup");
        JsonElement components = Assert.Single(function.GetProperty("outputs").EnumerateArray()).GetProperty("components");
        Assert.Equal(
            "(address,(uint64,uint64,uint64),uint64,(uint64,uint64,uint8,bytes),bytes32,(uint64,uint64),(bytes32,uint64),((uint64,uint64,uint64,uint64),(uint64,uint64))[])",
            TypesOf(components));
        Assert.Equal(
            ["controller", "anchor", "revokedAt", "key", "currentIdentity", "identity", "succession", "path"],
            components.EnumerateArray().Select(component => component.GetProperty("name").GetString()));
    }

    [Fact]
    public void Carries_the_code_whose_hash_it_names()
    {
        Assert.Equal(Keccak256.Hash(CredentialRegistryContract.DeployedBytecode.Span), CredentialRegistryContract.CodeHash);
        Assert.Equal(Artifact.GetProperty("deployedCodeHash").GetString(), CredentialRegistryContract.CodeHash.ToString());
        Assert.Equal(Artifact.GetProperty("bytecode").GetString(), "0x" + Convert.ToHexStringLower(CredentialRegistryContract.Bytecode.Span));
    }

    /// <summary>The published example of contract addresses: one creator, its first four nonces; and where the encoding of the nonce gets longer.</summary>
    [Theory]
    [InlineData(0, "0xcd234a471b72ba2f1ccf0a70fcaba648a5eecd8d")]
    [InlineData(1, "0x343c43a37d37dff08ae8c4a11544c718abb4fcf8")]
    [InlineData(2, "0xf778b86fa74e846c4f0a1fbd1335fe81c00a0c91")]
    [InlineData(3, "0xfffd933a0bc612844eaf0c6fe3e5b8e9b6c1d19c")]
    public void Foresees_the_address_of_a_contract(ulong nonce, string address)
    {
        Assert.True(EthereumAddress.TryParse("0x6ac7ea33f8831ea9dcc53393aaa88b25a785dbf0", out EthereumAddress creator));
        Assert.Equal(address, CredentialRegistryContract.AddressOf(creator, nonce).ToString());
    }

    [Fact]
    public void Puts_words_where_the_ABI_wants_them()
    {
        InstitutionId institution = InstitutionId.From(Enumerable.Repeat((byte)0x11, 32).ToArray());
        RegistryHandle handle = RegistryHandle.From(Enumerable.Repeat((byte)0x22, 16).ToArray());
        EthereumAddress account = EthereumAddress.From(Enumerable.Repeat((byte)0x33, 20).ToArray());
        Assert.Equal(
            Convert.ToHexStringLower(RegistrySelector.Revoke) + Repeat("11", 32) + Repeat("22", 16) + Repeat("00", 16),
            Convert.ToHexStringLower(CredentialRegistryContract.Revoke(institution, handle)));
        Assert.Equal(
            Convert.ToHexStringLower(RegistrySelector.CreateInstitution) + Repeat("00", 31) + "07" + Repeat("00", 12) + Repeat("33", 20),
            Convert.ToHexStringLower(CredentialRegistryContract.CreateInstitution(7, account)));
    }

    private static string Repeat(string digits, int count) => string.Concat(Enumerable.Repeat(digits, count));

    private static string TypesOf(JsonElement parameters) => "(" + string.Join(',', parameters.EnumerateArray().Select(TypeOf)) + ")";

    private static string TypeOf(JsonElement parameter)
    {
        string type = parameter.GetProperty("type").GetString()!;
        return type.StartsWith("tuple", StringComparison.Ordinal) ? TypesOf(parameter.GetProperty("components")) + type["tuple".Length..] : type;
    }
}
