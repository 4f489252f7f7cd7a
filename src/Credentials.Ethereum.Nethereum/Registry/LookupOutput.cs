using System.Diagnostics.CodeAnalysis;
using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Nethereum.ABI.FunctionEncoding.Attributes;
using Nethereum.Contracts;

namespace Credentials.Ethereum.Nethereum.Registry;

/// <summary>The answer to <c>lookup</c>. Times are seconds since 1970, zero for what never happened.</summary>
[FunctionOutput]
public sealed class LookupOutput : IFunctionOutputDTO
{
    /// <summary>The record.</summary>
    [Parameter("tuple", "record", 1)]
    public RecordTuple Record { get; set; } = new();

    /// <summary>Reads an answer about so many links, or gives null for bytes that are no such record.</summary>
    /// <remarks>Whether they are is judged first and by our own reader: Nethereum's follows any offset and allocates what a length says.</remarks>
    internal static RegistryState? Decode(byte[] answer, int links) =>
        RegistryStateAbi.Decode(answer, links) is null ? null : new LookupOutput().DecodeOutput("0x" + Convert.ToHexStringLower(answer)).Record.ToState();
}

/// <summary>The contract's <c>Record</c>.</summary>
[Struct("Record")]
public sealed class RecordTuple
{
    /// <summary>The institution's controller; the zero address where there is no such institution.</summary>
    [Parameter("address", "controller", 1)]
    public string Controller { get; set; } = EthereumAddress.Zero.ToString();

    /// <summary>When the root was anchored and distrusted.</summary>
    [Parameter("tuple", "anchor", 2, structTypeName: "Anchor")]
    public AnchorTuple Anchor { get; set; } = new();

    /// <summary>Time of the block that revoked the handle.</summary>
    [Parameter("uint64", "revokedAt", 3)]
    public ulong RevokedAt { get; set; }

    /// <summary>The key.</summary>
    [Parameter("tuple", "key", 4, structTypeName: "SigningKey")]
    public SigningKeyTuple Key { get; set; } = new();

    /// <summary>The identity that the institution has, 32 bytes.</summary>
    [Parameter("bytes32", "currentIdentity", 5)]
    public byte[] CurrentIdentity { get; set; } = new byte[Bytes32.Length];

    /// <summary>When the institution had the identity that was asked about.</summary>
    [Parameter("tuple", "identity", 6, structTypeName: "Period")]
    public PeriodTuple Identity { get; set; } = new();

    /// <summary>Who succeeded the institution.</summary>
    [Parameter("tuple", "succession", 7, structTypeName: "Succession")]
    public SuccessionTuple Succession { get; set; } = new();

    /// <summary>What is known of each link, in the order of the question.</summary>
    [Parameter("tuple[]", "path", 8, structTypeName: "LinkRecord[]")]
    [SuppressMessage("Design", "MA0016", Justification = "Nethereum fills a List.")]
    public List<LinkRecordTuple> Path { get; set; } = [];

    internal RegistryState ToState() => new(AddressOf(Controller), Anchor.Time, Anchor.BlockNumber, RevokedAt)
    {
        DistrustedAt = Anchor.DistrustedAt,
        Key = Key.ValidFrom == 0 ? null : new(Key.Multikey, Key.ValidFrom, Key.RevokedAt, (KeyRevocationReason)Key.Reason),
        CurrentIdentity = IdentityHash.From(CurrentIdentity),
        Identity = Identity.ToState(),
        Succession = new(InstitutionId.From(Succession.Successor), Succession.Since),
        Path = [.. Path.Select(static link => link.ToState())],
    };

    private static EthereumAddress AddressOf(string text) => EthereumAddress.TryParse(text, out EthereumAddress address)
        ? address
        : throw new InvalidOperationException($"Nethereum reads the address '{text}'.");
}
