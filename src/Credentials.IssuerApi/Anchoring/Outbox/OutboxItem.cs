using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>What a transaction is for. The names are those of the database.</summary>
internal static class TransactionPurpose
{
    public const string CreateInstitution = "create-institution";
    public const string Anchor = "anchor";
    public const string Revoke = "revoke";
}

/// <summary>A call of the registry that is to come about: the intent, without account, nonce or fees.</summary>
/// <param name="Purpose">As in <see cref="TransactionPurpose"/>.</param>
/// <param name="InstitutionId">Our own id (slug) of the institution in whose name it is made.</param>
/// <param name="Destination">The registry contract.</param>
/// <param name="Data">The call data; also what makes two intents one and the same.</param>
/// <param name="GasLimit">See <see cref="RegistryGas"/>.</param>
internal sealed record OutboxItem(string Purpose, string InstitutionId, EthereumAddress Destination, ReadOnlyMemory<byte> Data, ulong GasLimit)
{
    /// <summary>Creates an institution whose controller and first operator is our account.</summary>
    public static OutboxItem CreateInstitution(string institutionId, EthereumAddress contract, UInt128 nonce, EthereumAddress account) =>
        new(TransactionPurpose.CreateInstitution, institutionId, contract, CredentialRegistryContract.CreateInstitution(nonce, account), RegistryGas.CreateInstitution);

    /// <summary>Anchors a root.</summary>
    public static OutboxItem Anchor(string institutionId, EthereumAddress contract, InstitutionId institution, MerkleRoot root) =>
        new(TransactionPurpose.Anchor, institutionId, contract, CredentialRegistryContract.Anchor(institution, root), RegistryGas.Anchor);

    /// <summary>Revokes a handle.</summary>
    public static OutboxItem Revoke(string institutionId, EthereumAddress contract, InstitutionId institution, RegistryHandle handle) =>
        new(TransactionPurpose.Revoke, institutionId, contract, CredentialRegistryContract.Revoke(institution, handle), RegistryGas.Revoke);
}
