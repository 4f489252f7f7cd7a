using Credentials.Anchoring;
using Nethereum.ABI.FunctionEncoding;
using Nethereum.ABI.FunctionEncoding.Attributes;
using Nethereum.Contracts;

namespace Credentials.Ethereum.Nethereum.Registry;

/// <summary><c>lookup</c>: everything that the chain knows about one credential, as of one block.</summary>
[Function("lookup", typeof(LookupOutput))]
public sealed class LookupFunction : FunctionMessage
{
    /// <summary>The institution's id, 32 bytes.</summary>
    [Parameter("bytes32", "institution", 1)]
    public byte[] Institution { get; set; } = [];

    /// <summary>The root that the credential's receipt leads to, 32 bytes; zero for none.</summary>
    [Parameter("bytes32", "root", 2)]
    public byte[] Root { get; set; } = [];

    /// <summary>The handle in the credential's status entry, 16 bytes; zero for none.</summary>
    [Parameter("bytes16", "handle", 3)]
    public byte[] Handle { get; set; } = [];

    internal static LookupFunction Of(InstitutionId institution, MerkleRoot root, RegistryHandle handle) => new()
    {
        Institution = institution.Value.ToArray(),
        Root = root.Value.ToArray(),
        Handle = handle.ToArray(),
    };
}

/// <summary>The answer to <c>lookup</c>: a record of four static words, whose encoding is that of four plain outputs. Times are seconds since 1970, zero for what never happened.</summary>
[FunctionOutput]
public sealed class LookupOutput : IFunctionOutputDTO
{
    /// <summary>The institution's controller; the zero address where there is no such institution.</summary>
    [Parameter("address", "controller", 1)]
    public string Controller { get; set; } = EthereumAddress.Zero.ToString();

    /// <summary>Time of the block that anchored the root.</summary>
    [Parameter("uint64", "anchoredAt", 2)]
    public ulong AnchoredAt { get; set; }

    /// <summary>Number of the block that anchored the root.</summary>
    [Parameter("uint64", "anchoredBlock", 3)]
    public ulong AnchoredBlock { get; set; }

    /// <summary>Time of the block that revoked the handle.</summary>
    [Parameter("uint64", "revokedAt", 4)]
    public ulong RevokedAt { get; set; }

    /// <summary>Reads an answer, or gives null for bytes that are no such record: what was read must encode to the same bytes again.</summary>
    internal static RegistryState? Decode(byte[] answer)
    {
        if (answer.Length != 4 * Bytes32.Length)
        {
            return null;
        }

        LookupOutput output;
        try
        {
            output = new LookupOutput().DecodeOutput("0x" + Convert.ToHexStringLower(answer));
        }
        catch (Exception fault) when (fault is OverflowException or SmartContractRevertException)
        {
            return null;
        }

        return new ParametersEncoder().EncodeParametersFromTypeAttributes(typeof(LookupOutput), output).AsSpan().SequenceEqual(answer)
            && EthereumAddress.TryParse(output.Controller, out EthereumAddress controller)
                ? new(controller, output.AnchoredAt, output.AnchoredBlock, output.RevokedAt)
                : null;
    }
}
