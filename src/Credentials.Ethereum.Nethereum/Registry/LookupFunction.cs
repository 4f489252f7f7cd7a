using System.Diagnostics.CodeAnalysis;
using Credentials.Anchoring;
using Nethereum.ABI.FunctionEncoding.Attributes;
using Nethereum.Contracts;

namespace Credentials.Ethereum.Nethereum.Registry;

/// <summary><c>lookup</c>: everything that the chain knows about one credential, as of one block.</summary>
[Function("lookup", typeof(LookupOutput))]
public sealed class LookupFunction : FunctionMessage
{
    /// <summary>What is asked.</summary>
    [Parameter("tuple", "query", 1)]
    public QueryTuple Query { get; set; } = new();

    internal static LookupFunction Of(LookupQuery query) => new()
    {
        Query = new()
        {
            Institution = query.Institution.Value.ToArray(),
            Root = query.Root.Value.ToArray(),
            Handle = query.Handle.ToArray(),
            Key = query.Key.ToArray(),
            Identity = query.Identity.Value.ToArray(),
            Path = [.. query.Path.Select(LinkTuple.Of)],
        },
    };
}

/// <summary>The contract's <c>Query</c>. Zeros for what is not asked.</summary>
[Struct("Query")]
public sealed class QueryTuple
{
    /// <summary>The institution's id, 32 bytes.</summary>
    [Parameter("bytes32", "institution", 1)]
    public byte[] Institution { get; set; } = new byte[Bytes32.Length];

    /// <summary>The root that the credential's receipt leads to, 32 bytes.</summary>
    [Parameter("bytes32", "root", 2)]
    public byte[] Root { get; set; } = new byte[Bytes32.Length];

    /// <summary>The handle in the credential's status entry, 16 bytes.</summary>
    [Parameter("bytes16", "handle", 3)]
    public byte[] Handle { get; set; } = new byte[RegistryHandle.Length];

    /// <summary>keccak-256 of the verification method, 32 bytes.</summary>
    [Parameter("bytes32", "key", 4)]
    public byte[] Key { get; set; } = new byte[Bytes32.Length];

    /// <summary>Hash of an identity document, 32 bytes.</summary>
    [Parameter("bytes32", "identity", 5)]
    public byte[] Identity { get; set; } = new byte[Bytes32.Length];

    /// <summary>Up to four links.</summary>
    [Parameter("tuple[]", "path", 6, structTypeName: "Link[]")]
    [SuppressMessage("Design", "MA0016", Justification = "Nethereum fills a List.")]
    public List<LinkTuple> Path { get; set; } = [];
}

/// <summary>The contract's <c>Link</c>.</summary>
[Struct("Link")]
public sealed class LinkTuple
{
    /// <summary>Who vouches, 32 bytes.</summary>
    [Parameter("bytes32", "accreditor", 1)]
    public byte[] Accreditor { get; set; } = new byte[Bytes32.Length];

    /// <summary>For whom, 32 bytes.</summary>
    [Parameter("bytes32", "institution", 2)]
    public byte[] Institution { get; set; } = new byte[Bytes32.Length];

    /// <summary>Under which identity document, 32 bytes.</summary>
    [Parameter("bytes32", "identity", 3)]
    public byte[] Identity { get; set; } = new byte[Bytes32.Length];

    /// <summary>Which one of several.</summary>
    [Parameter("uint64", "serial", 4)]
    public ulong Serial { get; set; }

    internal static LinkTuple Of(AccreditationLink link) => new()
    {
        Accreditor = link.Accreditor.Value.ToArray(),
        Institution = link.Institution.Value.ToArray(),
        Identity = link.Identity.Value.ToArray(),
        Serial = link.Serial,
    };
}
