using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Credentials.Evidence;
using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Configuration;
using Credentials.IssuerApi.Identities;
using Credentials.IssuerApi.Keys;
using Credentials.IssuerApi.Storage;

namespace Credentials.IssuerApi.Institutions;

/// <summary>Makes an institution: its DID, its keys, its identity, its id on the chain and its first API key, all in one transaction. What the registry is to know goes to the outbox in it, before anything can be signed: so every anchor has a later nonce.</summary>
internal sealed class InstitutionCreation(
    IDatabase database,
    InstitutionStore institutions,
    InstitutionKeys signingKeys,
    IdentityStore identities,
    RegistryCalls calls,
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

                ApiKeyText registrar = await apiKeys.CreateAsync(transaction, Role.Registrar, institution.Id);
                await outbox.EnqueueAsync(transaction, OutboxItem.CreateInstitution(institution.Id, chain.Contract, nonce, account));
                await RegisterAsync(transaction, institution, await signingKeys.CreateAsync(transaction, institution.Id));
                await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, institution.Id, AuditAction.CreateInstitution, institution.Id, registrar.Id));
                return (institution, registrar);
            },
            cancellationToken);
    }

    /// <summary>Brings identity and keys of the institutions of an older program to the registry.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> CompleteAsync(CancellationToken cancellationToken)
    {
        string[] incomplete = [.. await institutions.IncompleteAsync(cancellationToken)];
        foreach (string slug in incomplete)
        {
            Institution institution = await institutions.GetAsync(slug, cancellationToken);
            await database.WriteAsync(
                async transaction =>
                {
                    // Another process may be starting too.
                    if (await IdentityStore.FindAsync(transaction, slug) is null)
                    {
                        await RegisterAsync(transaction, institution, [.. (await SigningKeyStore.ListAsync(transaction, slug)).Select(key => key.Id)]);
                    }

                    return true;
                },
                cancellationToken);
        }

        return incomplete.Length;
    }

    private async Task RegisterAsync(DbTransaction transaction, Institution institution, IReadOnlyList<string> keyIds)
    {
        InstitutionIdentity identity = await identities.AddAsync(transaction, institution);
        await calls.EnqueueAsync(transaction, institution, TransactionPurpose.SetIdentity, CredentialRegistryContract.SetIdentity(institution.ChainInstitution, identity.Hash));
        foreach (string keyId in keyIds)
        {
            await calls.EnqueueAsync(transaction, institution, TransactionPurpose.AddKey, KeyCalls.Add(institution, keyId));
        }
    }
}
