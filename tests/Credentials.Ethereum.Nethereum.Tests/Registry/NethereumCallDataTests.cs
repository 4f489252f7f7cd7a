using System.Security.Cryptography;
using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Nethereum.Contracts;

namespace Credentials.Ethereum.Nethereum.Registry;

/// <summary>The typed messages say to the contract, byte for byte, what the built-in client says.</summary>
public sealed class NethereumCallDataTests
{
    private static readonly InstitutionId Institution = InstitutionId.From(RandomNumberGenerator.GetBytes(32));
    private static readonly MerkleRoot Root = MerkleRoot.From(RandomNumberGenerator.GetBytes(32));
    private static readonly RegistryHandle Handle = RegistryHandle.Create();
    private static readonly EthereumAddress Account = EthereumAddress.From(RandomNumberGenerator.GetBytes(20));

    public static TheoryData<ulong, ulong> Nonces => new() { { 0, 0 }, { 0, 7 }, { 1, 0 }, { ulong.MaxValue, ulong.MaxValue } };

    [Theory]
    [MemberData(nameof(Nonces))]
    public void CreateInstitution_is_the_same(ulong upper, ulong lower)
    {
        UInt128 nonce = new(upper, lower);
        Assert.Equal(
            CredentialRegistryContract.CreateInstitution(nonce, Account),
            new CreateInstitutionFunction { InstitutionNonce = nonce, Operator = Account.ToString() }.GetCallData());
    }

    [Fact]
    public void CreateInstitution_without_an_operator_is_the_same() =>
        Assert.Equal(CredentialRegistryContract.CreateInstitution(7, EthereumAddress.Zero), new CreateInstitutionFunction { InstitutionNonce = 7 }.GetCallData());

    [Fact]
    public void AddOperator_is_the_same_whichever_way_the_address_is_spelled()
    {
        byte[] expected = CredentialRegistryContract.AddOperator(Institution, Account);
        Assert.Equal(expected, new AddOperatorFunction { Institution = Institution.Value.ToArray(), Operator = Account.ToString() }.GetCallData());
        Assert.Equal(expected, new AddOperatorFunction { Institution = Institution.Value.ToArray(), Operator = Account.ToChecksumString() }.GetCallData());
    }

    [Fact]
    public void RemoveOperator_is_the_same() => Assert.Equal(
        CredentialRegistryContract.RemoveOperator(Institution, Account),
        new RemoveOperatorFunction { Institution = Institution.Value.ToArray(), Operator = Account.ToString() }.GetCallData());

    [Fact]
    public void Anchor_is_the_same() => Assert.Equal(
        CredentialRegistryContract.Anchor(Institution, Root),
        new AnchorFunction { Institution = Institution.Value.ToArray(), Root = Root.Value.ToArray() }.GetCallData());

    [Fact]
    public void Revoke_is_the_same() => Assert.Equal(
        CredentialRegistryContract.Revoke(Institution, Handle),
        new RevokeFunction { Institution = Institution.Value.ToArray(), Handle = Handle.ToArray() }.GetCallData());

    [Fact]
    public void Lookup_is_the_same() => Assert.Equal(
        CredentialRegistryContract.LookUp(Institution, Root, Handle),
        LookupFunction.Of(Institution, Root, Handle).GetCallData());

    [Fact]
    public void Lookup_of_nothing_is_the_same() => Assert.Equal(CredentialRegistryContract.LookUp(default, default, default), LookupFunction.Of(default, default, default).GetCallData());
}
