using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Xunit;

namespace Credentials.TestKit.Ledger;

/// <content>The limits that callers give are enough, with a quarter to spare.</content>
public abstract partial class LedgerLaws
{
    [Law]
    public async Task Every_call_fits_into_its_gas_limit()
    {
        (LedgerActor ministry, LedgerActor university, AccreditationLink link) = await AccreditableAsync();
        InstitutionId institution = university.Institution;
        MerkleRoot root = RandomRoot();
        string method = "did:web:" + new string('a', 200) + "#key-1";
        (LedgerActor Actor, byte[] Call, ulong Limit)[] calls =
        [
            (university, CredentialRegistryContract.CreateInstitution(8, university.Account.Address), RegistryGas.CreateInstitution),
            (university, CredentialRegistryContract.AddOperator(institution, ministry.Account.Address), RegistryGas.ChangeOperator),
            (university, CredentialRegistryContract.RemoveOperator(institution, ministry.Account.Address), RegistryGas.ChangeOperator),
            (university, CredentialRegistryContract.Anchor(institution, root), RegistryGas.Anchor),
            (university, CredentialRegistryContract.DistrustRoot(institution, root), RegistryGas.DistrustRoot),
            (university, CredentialRegistryContract.Revoke(institution, RegistryHandle.Create()), RegistryGas.Revoke),
            (university, CredentialRegistryContract.AddKey(institution, method, [.. Enumerable.Repeat((byte)0xff, 128)], null), RegistryGas.AddKey),
            (university, CredentialRegistryContract.RevokeKey(institution, CredentialRegistryContract.KeyIdOf(method), KeyRevocationReason.Retired), RegistryGas.RevokeKey),
            (university, CredentialRegistryContract.SetIdentity(institution, RandomIdentity()), RegistryGas.SetIdentity),
            (ministry, CredentialRegistryContract.SetIdentity(ministry.Institution, RandomIdentity()), RegistryGas.SetIdentity),
            (ministry, CredentialRegistryContract.Accredit(link, null, null, Degrees), RegistryGas.Accredit),
            (ministry, CredentialRegistryContract.RevokeAccreditation(link), RegistryGas.RevokeAccreditation),
            (university, CredentialRegistryContract.ProposeSuccessor(institution, ministry.Institution), RegistryGas.ProposeSuccessor),
            (ministry, CredentialRegistryContract.AcceptSuccession(institution, ministry.Institution), RegistryGas.AcceptSuccession),
            (university, CredentialRegistryContract.ProposeController(institution, ministry.Account.Address), RegistryGas.ProposeController),
            (ministry, CredentialRegistryContract.AcceptController(institution), RegistryGas.AcceptController),
        ];
        foreach ((LedgerActor actor, byte[] call, ulong limit) in calls)
        {
            TransactionReceipt receipt = await actor.MineAsync(call);
            Assert.True(receipt.Succeeded && receipt.GasUsed * 5 / 4 <= limit, $"{Convert.ToHexStringLower(call.AsSpan(0, 4))} took {receipt.GasUsed} of {limit}.");
        }
    }
}
