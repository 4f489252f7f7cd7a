using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>A call of the registry that is to come about: the intent, without account, nonce or fees.</summary>
/// <param name="Purpose">As in <see cref="TransactionPurpose"/>.</param>
/// <param name="InstitutionId">Our own id (slug) of the institution in whose name it is made.</param>
/// <param name="Destination">The registry contract.</param>
/// <param name="Data">The call data; also what makes two intents one and the same, unless the purpose is repeatable.</param>
/// <param name="GasLimit">See <see cref="RegistryGas"/>.</param>
internal sealed record OutboxItem(string Purpose, string InstitutionId, EthereumAddress Destination, ReadOnlyMemory<byte> Data, ulong GasLimit)
{
    /// <summary>Any call of the registry, with the gas that its purpose needs.</summary>
    /// <param name="purpose">As in <see cref="TransactionPurpose"/>: decides the gas limit, whether a repeat is the same intent, and how the follower judges.</param>
    /// <param name="institutionId">Our own id (slug) of the institution.</param>
    /// <param name="contract">The registry.</param>
    /// <param name="data">The call data: see <see cref="CredentialRegistryContract"/>.</param>
    public static OutboxItem Call(string purpose, string institutionId, EthereumAddress contract, ReadOnlyMemory<byte> data) =>
        new(purpose, institutionId, contract, data, TransactionEffect.Of(purpose).GasLimit);

    /// <summary>Creates an institution whose controller and first operator is our account.</summary>
    public static OutboxItem CreateInstitution(string institutionId, EthereumAddress contract, UInt128 nonce, EthereumAddress account) =>
        Call(TransactionPurpose.CreateInstitution, institutionId, contract, CredentialRegistryContract.CreateInstitution(nonce, account));

    /// <summary>Anchors a root.</summary>
    public static OutboxItem Anchor(string institutionId, EthereumAddress contract, InstitutionId institution, MerkleRoot root) =>
        Call(TransactionPurpose.Anchor, institutionId, contract, CredentialRegistryContract.Anchor(institution, root));

    /// <summary>Revokes a handle.</summary>
    public static OutboxItem Revoke(string institutionId, EthereumAddress contract, InstitutionId institution, RegistryHandle handle) =>
        Call(TransactionPurpose.Revoke, institutionId, contract, CredentialRegistryContract.Revoke(institution, handle));
}
