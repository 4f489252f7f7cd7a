using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Ethereum.Cryptography;
using Credentials.Ethereum.Transactions;

namespace Credentials.Ethereum.Registry;

/// <summary>The registry contract: its bytecode, the call data of its functions, and the ids that it derives.</summary>
public static class CredentialRegistryContract
{
    private static readonly Lazy<Artifact> Compiled = new(Artifact.Load);

    /// <summary>The creation code, as checked in under <c>contracts/abi</c>.</summary>
    public static ReadOnlyMemory<byte> Bytecode => Compiled.Value.Bytecode;

    /// <summary>The code that lies at the contract's address. No immutables, so it is the same on every chain.</summary>
    public static ReadOnlyMemory<byte> DeployedBytecode => Compiled.Value.DeployedBytecode;

    /// <summary>keccak-256 of the runtime code: one of the four marks of a trusted chain.</summary>
    public static Bytes32 CodeHash => Compiled.Value.CodeHash;

    /// <summary>The id that the contract gives to an institution: keccak-256 of creator and nonce.</summary>
    public static InstitutionId InstitutionIdOf(EthereumAddress creator, UInt128 nonce) =>
        new(Keccak256.Hash([.. Abi.Word(creator).ToArray(), .. Abi.Word(nonce).ToArray()]));

    /// <summary>Call data of <c>createInstitution</c>: the sender becomes the controller.</summary>
    /// <param name="nonce">Any number that this sender has not used yet.</param>
    /// <param name="operatorAccount">The first account that may anchor and revoke; zero for none.</param>
    public static byte[] CreateInstitution(UInt128 nonce, EthereumAddress operatorAccount) =>
        Abi.Call(RegistrySelector.CreateInstitution, Abi.Word(nonce), Abi.Word(operatorAccount));

    /// <summary>Call data of <c>addOperator</c>. Controller only.</summary>
    public static byte[] AddOperator(InstitutionId institution, EthereumAddress operatorAccount) =>
        Abi.Call(RegistrySelector.AddOperator, institution.Value, Abi.Word(operatorAccount));

    /// <summary>Call data of <c>removeOperator</c>. Controller only; what the operator wrote stays.</summary>
    public static byte[] RemoveOperator(InstitutionId institution, EthereumAddress operatorAccount) =>
        Abi.Call(RegistrySelector.RemoveOperator, institution.Value, Abi.Word(operatorAccount));

    /// <summary>Call data of <c>anchor</c>. Operators only; a repeat reverts and changes nothing.</summary>
    public static byte[] Anchor(InstitutionId institution, MerkleRoot root) =>
        Abi.Call(RegistrySelector.Anchor, institution.Value, root.Value);

    /// <summary>Call data of <c>revoke</c>. Operators only, and for good; a repeat reverts and changes nothing.</summary>
    public static byte[] Revoke(InstitutionId institution, RegistryHandle handle) =>
        Abi.Call(RegistrySelector.Revoke, institution.Value, Abi.Word(handle));

    /// <summary>Call data of <c>lookup</c>.</summary>
    internal static byte[] LookUp(InstitutionId institution, MerkleRoot root, RegistryHandle handle) =>
        Abi.Call(RegistrySelector.LookUp, institution.Value, root.Value, Abi.Word(handle));

    /// <summary>The address that a contract gets which an account creates with a nonce.</summary>
    public static EthereumAddress AddressOf(EthereumAddress creator, ulong nonce) =>
        EthereumAddress.From(Keccak256.Hash(Rlp.List(Rlp.Bytes(creator.ToArray()), Rlp.Integer(nonce))).ToArray().AsSpan(12));

    private sealed record Artifact(byte[] Bytecode, byte[] DeployedBytecode, Bytes32 CodeHash)
    {
        public static Artifact Load()
        {
            using Stream stream = typeof(CredentialRegistryContract).Assembly.GetManifestResourceStream("CredentialRegistry.json")
                ?? throw new InvalidOperationException("The contract's artifact is not in this assembly.");
            using JsonDocument json = JsonDocument.Parse(stream);
            byte[] Read(string name) => Convert.FromHexString(json.RootElement.GetProperty(name).GetString().AsSpan(2));
            return new(Read("bytecode"), Read("deployedBytecode"), Bytes32.From(Read("deployedCodeHash")));
        }
    }
}
