using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Ethereum.Cryptography;
using Credentials.Ethereum.Transactions;

namespace Credentials.Ethereum.Registry;

/// <summary>The registry contract: its bytecode, the call data of its functions, and the ids that it derives.</summary>
public static partial class CredentialRegistryContract
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

    /// <summary>How the contract names a key: keccak-256 of the UTF-8 of its verification method.</summary>
    public static Bytes32 KeyIdOf(string verificationMethod) => Keccak256.Hash(System.Text.Encoding.UTF8.GetBytes(verificationMethod));

    /// <summary>How the contract names an accreditation: keccak-256 of accreditor, institution, identity and serial.</summary>
    public static Bytes32 AccreditationIdOf(AccreditationLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return Keccak256.Hash(Abi.Encode(Words(link)));
    }

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
