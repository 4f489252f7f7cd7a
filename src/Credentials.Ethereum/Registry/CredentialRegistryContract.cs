using Credentials.Anchoring;

namespace Credentials.Ethereum.Registry;

/// <summary>The registry contract: its bytecode, the call data of its functions, and the ids that it derives.</summary>
public static class CredentialRegistryContract
{
    /// <summary>The creation code, as checked in under <c>contracts/abi</c>.</summary>
    public static ReadOnlyMemory<byte> Bytecode => throw new NotImplementedException();

    /// <summary>keccak-256 of the runtime code: one of the four marks of a trusted chain.</summary>
    public static Bytes32 CodeHash => throw new NotImplementedException();

    /// <summary>The id that the contract gives to an institution: keccak-256 of creator and nonce.</summary>
    public static InstitutionId InstitutionIdOf(EthereumAddress creator, UInt128 nonce) => throw new NotImplementedException();

    /// <summary>Call data of <c>createInstitution</c>.</summary>
    public static byte[] CreateInstitution(UInt128 nonce, EthereumAddress operatorAccount) => throw new NotImplementedException();

    /// <summary>Call data of <c>anchor</c>.</summary>
    public static byte[] Anchor(InstitutionId institution, MerkleRoot root) => throw new NotImplementedException();

    /// <summary>Call data of <c>revoke</c>.</summary>
    public static byte[] Revoke(InstitutionId institution, RegistryHandle handle) => throw new NotImplementedException();

    /// <summary>The address that a contract gets which an account creates with a nonce.</summary>
    public static EthereumAddress AddressOf(EthereumAddress creator, ulong nonce) => throw new NotImplementedException();
}
