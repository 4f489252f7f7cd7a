using System.Buffers.Binary;
using Credentials.Ethereum.Registry;
using Credentials.Evidence;
using Credentials.IssuerApi.Identities;
using Credentials.IssuerApi.Keys;
using Credentials.IssuerApi.Succession;

namespace Credentials.IssuerApi.Institutions;

/// <summary>What anybody may know of an institution, and how much of it the registry has.</summary>
internal sealed class InstitutionReports(InstitutionStore institutions, IdentityStore identities, KeyReports keys, SuccessionStore succession, RegistryCalls calls, TrustedChain chain)
{
    public async Task<InstitutionInfo> DescribeAsync(Institution institution, CancellationToken cancellationToken)
    {
        UInt128 nonce = BinaryPrimitives.ReadUInt128BigEndian(await institutions.GetNonceAsync(institution.Id, cancellationToken));
        CallProgress? registration = await calls.FindAsync(institution, CredentialRegistryContract.CreateInstitution(nonce, institution.Account), cancellationToken);
        InstitutionIdentity? identity = await identities.FindAsync(institution.Id, cancellationToken);
        CallProgress? named = identity is null ? null : await calls.FindAsync(institution, CredentialRegistryContract.SetIdentity(institution.ChainInstitution, identity.Hash), cancellationToken);
        IReadOnlyList<KeyInfo> all = await keys.ListAsync(institution, cancellationToken);
        bool ready = registration is { IsFinal: true } && named is { IsFinal: true } && all.Where(key => key.Use == KeyUse.Signing).All(key => key.Registry == CallProgress.Final);
        return new InstitutionInfo(
            institution.Id,
            institution.Did,
            institution.Name,
            institution.Country,
            institution.ChainInstitution.ToString(),
            institution.Account.ToString(),
            chain.Registry.ToString(),
            ready,
            registration?.State,
            identity is null ? null : IdentityInfo.Of(identity, named) with { Problem = null },
            all,
            await succession.DescribeAsync(institution, cancellationToken));
    }
}
