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
    public void The_calls_of_controllers_are_the_same()
    {
        Assert.Equal(CredentialRegistryContract.ProposeController(Institution, Account), new ProposeControllerFunction { Institution = Id, Candidate = Account.ToString() }.GetCallData());
        Assert.Equal(CredentialRegistryContract.ProposeController(Institution, EthereumAddress.Zero), new ProposeControllerFunction { Institution = Id }.GetCallData());
        Assert.Equal(CredentialRegistryContract.AcceptController(Institution), new AcceptControllerFunction { Institution = Id }.GetCallData());
        Assert.Equal(CredentialRegistryContract.DistrustRoot(Institution, Root), new DistrustRootFunction { Institution = Id, Root = Root.Value.ToArray() }.GetCallData());
    }

    [Theory]
    [InlineData("did:web:university.example#key-1", 35)]
    [InlineData("", 1)]
    [InlineData("جامعة-exactly-thirty-two-bytes-x", 32)]
    [InlineData("did:web:university.example:a:rather:long:path:of:more:than:64:bytes#key", 128)]
    public void AddKey_is_the_same(string method, int length)
    {
        byte[] multikey = RandomNumberGenerator.GetBytes(length);
        Assert.Equal(
            CredentialRegistryContract.AddKey(Institution, method, multikey, DateTimeOffset.FromUnixTimeSeconds(1_800_000_000)),
            new AddKeyFunction { Institution = Id, VerificationMethod = method, Multikey = multikey, ValidFrom = 1_800_000_000 }.GetCallData());
    }

    [Fact]
    public void The_calls_of_keys_and_identities_are_the_same()
    {
        byte[] word = RandomNumberGenerator.GetBytes(32);
        Assert.Equal(CredentialRegistryContract.RevokeKey(Institution, Bytes32.From(word), KeyRevocationReason.Compromised), new RevokeKeyFunction { Institution = Id, Key = word, Reason = 2 }.GetCallData());
        Assert.Equal(CredentialRegistryContract.SetIdentity(Institution, IdentityHash.From(word)), new SetIdentityFunction { Institution = Id, Identity = word }.GetCallData());
        Assert.Equal(CredentialRegistryContract.ProposeSuccessor(Institution, InstitutionId.From(word)), new ProposeSuccessorFunction { Institution = Id, Successor = word }.GetCallData());
        Assert.Equal(CredentialRegistryContract.AcceptSuccession(Institution, InstitutionId.From(word)), new AcceptSuccessionFunction { Institution = Id, Successor = word }.GetCallData());
    }

    [Fact]
    public void The_calls_of_accreditors_are_the_same()
    {
        AccreditationLink link = Link(ulong.MaxValue);
        LinkTuple tuple = LinkTuple.Of(link);
        Assert.Equal(
            CredentialRegistryContract.Accredit(link, DateTimeOffset.FromUnixTimeSeconds(5), null, AccreditationScope.Accredits | AccreditationScope.EqfLevel8),
            new AccreditFunction { Accreditor = tuple.Accreditor, Institution = tuple.Institution, Identity = tuple.Identity, Serial = tuple.Serial, From = 5, Scope = (1UL << 63) | 256 }.GetCallData());
        Assert.Equal(
            CredentialRegistryContract.RevokeAccreditation(link),
            new RevokeAccreditationFunction { Accreditor = tuple.Accreditor, Institution = tuple.Institution, Identity = tuple.Identity, Serial = tuple.Serial }.GetCallData());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void Lookup_is_the_same(int links)
    {
        LookupQuery query = new(Institution, Root, Handle)
        {
            Key = CredentialRegistryContract.KeyIdOf("key"),
            Identity = IdentityHash.From(RandomNumberGenerator.GetBytes(32)),
            Path = [.. Enumerable.Range(0, links).Select(serial => Link((ulong)serial))],
        };
        Assert.Equal(CredentialRegistryContract.LookUp(query), LookupFunction.Of(query).GetCallData());
    }

    [Fact]
    public void Lookup_of_nothing_is_the_same() => Assert.Equal(CredentialRegistryContract.LookUp(new(default)), LookupFunction.Of(new(default)).GetCallData());

    private static byte[] Id => Institution.Value.ToArray();

    private static AccreditationLink Link(ulong serial) =>
        new(InstitutionId.From(RandomNumberGenerator.GetBytes(32)), InstitutionId.From(RandomNumberGenerator.GetBytes(32)), IdentityHash.From(RandomNumberGenerator.GetBytes(32)), serial);
}
