using System.Buffers.Binary;
using System.Security.Cryptography;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Configuration;
using Credentials.IssuerApi.Keys;
using Credentials.IssuerApi.Storage;

namespace Credentials.IssuerApi.Institutions;

/// <summary>Makes an institution: its DID, its keys, its id on the chain and its first API key, all in one transaction.</summary>
internal sealed class InstitutionCreation(
    IDatabase database,
    InstitutionStore institutions,
    InstitutionKeys signingKeys,
    ApiKeyStore apiKeys,
    ChainAccounts accounts,
    TransactionOutbox outbox,
    TrustedChain chain,
    IssuerOptions options,
    AuditLog audit)
{
    private const int NonceLength = 16;

    /// <returns>The institution and its first registrar's key; null when the slug is taken.</returns>
    public async Task<(Institution Institution, ApiKeyText RegistrarKey)?> CreateAsync(CreateInstitution request, Caller caller, CancellationToken cancellationToken)
    {
        EthereumAddress account = await accounts.GetAddressAsync(cancellationToken);

        // The contract's rule for ids is known, so the id is known before the chain has heard of it: issuing need not wait.
        byte[] nonceBytes = RandomNumberGenerator.GetBytes(NonceLength);
        UInt128 nonce = BinaryPrimitives.ReadUInt128BigEndian(nonceBytes);
        var institution = new Institution(
            request.Slug,
            InstitutionDid.Of(new Uri(options.PublicBaseUrl), request.Slug),
            request.Name.Trim(),
            request.Country,
            CredentialRegistryContract.InstitutionIdOf(account, nonce),
            account);

        return await database.WriteAsync<(Institution, ApiKeyText)?>(
            async transaction =>
            {
                if (!await institutions.InsertAsync(transaction, institution, nonceBytes))
                {
                    return null;
                }

                await signingKeys.CreateAsync(transaction, institution.Id);
                ApiKeyText registrar = await apiKeys.CreateAsync(transaction, Role.Registrar, institution.Id);
                await outbox.EnqueueAsync(transaction, OutboxItem.CreateInstitution(institution.Id, chain.Contract, nonce, account));
                await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, institution.Id, AuditAction.CreateInstitution, institution.Id, registrar.Id));
                return (institution, registrar);
            },
            cancellationToken);
    }
}
