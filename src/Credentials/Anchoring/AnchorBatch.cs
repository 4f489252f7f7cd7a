using System.Buffers.Text;
using System.Text.Json;

namespace Credentials.Anchoring;

/// <summary>A batch's static receipt file: every digest under one root, so that a verifier fetches the whole and nobody learns which diploma is meant. May be mirrored anywhere.</summary>
/// <remarks>
/// JSON, version 1: <c>{"version":1,"registry":"eip155:CHAIN:0x…","institution":"0x…","root":"0x…","hints":{…},"digests":["…"]}</c>. A digest is base64url (43 characters) as written here, or <c>0x</c> and hexadecimal; <c>hints</c> may be absent.
/// </remarks>
public sealed class AnchorBatch
{
    /// <summary>The version that is written and read.</summary>
    public const int Version = AnchorReceiptFormat.Version;

    /// <summary>The most digests that a file is read with.</summary>
    public const int MaxDigests = 1 << 20;

    private readonly Lazy<MerkleTree> _tree;
    private readonly Lazy<Dictionary<AnchorDigest, int>> _indexes;

    /// <summary>A batch over at least one digest.</summary>
    /// <param name="digests">The leaves in order.</param>
    /// <param name="registry">Chain id and contract.</param>
    /// <param name="institution">The institution that anchored it.</param>
    /// <param name="hints">Where to look on the chain.</param>
    /// <exception cref="ArgumentException">No digest.</exception>
    public AnchorBatch(IReadOnlyList<AnchorDigest> digests, RegistryAddress registry, InstitutionId institution, AnchorHints? hints)
        : this([.. digests], registry, institution, hints, tree: null)
    {
    }

    private AnchorBatch(AnchorDigest[] digests, RegistryAddress registry, InstitutionId institution, AnchorHints? hints, MerkleTree? tree)
    {
        ArgumentOutOfRangeException.ThrowIfZero(digests.Length, nameof(digests));
        (Digests, Registry, Institution, Hints) = (digests, registry, institution, hints);
        _tree = tree is null ? new(() => MerkleTree.Build(digests)) : new(tree);
        _indexes = new(() => IndexesOf(digests));
    }

    /// <summary>The leaves in order.</summary>
    public IReadOnlyList<AnchorDigest> Digests { get; }

    /// <summary>Chain id and contract.</summary>
    public RegistryAddress Registry { get; }

    /// <summary>The institution that anchored it.</summary>
    public InstitutionId Institution { get; }

    /// <summary>Where to look on the chain; never evidence.</summary>
    public AnchorHints? Hints { get; }

    /// <summary>The root over the digests.</summary>
    public MerkleRoot Root => _tree.Value.Root;

    /// <summary>The receipt of one digest, or null when it is not in this batch. The first call builds the tree, later ones cost a path.</summary>
    public AnchorReceipt? ReceiptOf(AnchorDigest digest) =>
        _indexes.Value.TryGetValue(digest, out int index)
            ? new(index, Digests.Count, _tree.Value.PathOf(index), Root, Registry, Institution, Hints)
            : null;

    /// <summary>Writes the file's JSON: about 46 bytes a digest.</summary>
    public void WriteJson(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteNumber("version", Version);
        writer.WriteString("registry", Registry.ToString());
        writer.WriteString("institution", Institution.ToString());
        writer.WriteString("root", Root.ToString());
        if (Hints is { } hints)
        {
            AnchorReceiptJson.Write(writer, hints);
        }

        writer.WriteStartArray("digests");
        Span<byte> text = stackalloc byte[Base64Url.GetEncodedLength(Bytes32.Length)];
        foreach (AnchorDigest digest in Digests)
        {
            Bytes32 bytes = digest.Value;
            Base64Url.EncodeToUtf8(bytes, text);
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Reads the file's JSON; the root that it names must be the root of its digests.</summary>
    public static Parsed<AnchorBatch> FromJson(JsonElement element)
    {
        var reader = new AnchorJsonReader(element);
        reader.Version();
        reader.AllowOnly("version", "registry", "institution", "root", "hints", "digests");
        RegistryAddress? registry = reader.Registry();
        Bytes32 institution = reader.Hash("institution");
        Bytes32 root = reader.Hash("root");
        AnchorHints? hints = AnchorReceiptJson.ReadHints(reader);
        AnchorDigest[] digests = ReadDigests(reader);
        if (reader.Problem is { } problem)
        {
            return problem;
        }

        var tree = MerkleTree.Build(digests);
        return tree.Root == new MerkleRoot(root)
            ? new AnchorBatch(digests, registry!, new(institution), hints, tree)
            : new Problem(ProblemCode.AnchorReceiptError, $"The root of these digests is {tree.Root}, not the one that the file names: it was cut short or altered. Fetch it again, or from another mirror.", "/root");
    }

    private static AnchorDigest[] ReadDigests(AnchorJsonReader reader)
    {
        JsonElement[] items = reader.Array("digests", MaxDigests);
        if (items.Length == 0)
        {
            reader.Fault("A batch has at least one digest.", "digests");
        }

        var digests = new AnchorDigest[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            if (items[i].ValueKind != JsonValueKind.String || !TryParse(items[i].GetString()!, out digests[i]))
            {
                reader.Fault("A digest is 32 bytes, as base64url without padding or as 0x and hexadecimal.", "digests", i);
            }
        }

        return digests;
    }

    private static bool TryParse(string text, out AnchorDigest digest)
    {
        if (AnchorDigest.TryParse(text, out digest))
        {
            return true;
        }

        Span<byte> bytes = stackalloc byte[Bytes32.Length];
        bool ok = text.Length == Base64Url.GetEncodedLength(Bytes32.Length)
            && Base64Url.DecodeFromChars(text, bytes, out int read, out int written) == System.Buffers.OperationStatus.Done
            && read == text.Length
            && written == Bytes32.Length;
        digest = ok ? AnchorDigest.From(bytes) : default;
        return ok;
    }

    private static Dictionary<AnchorDigest, int> IndexesOf(AnchorDigest[] digests)
    {
        var indexes = new Dictionary<AnchorDigest, int>(digests.Length);
        for (int i = 0; i < digests.Length; i++)
        {
            indexes.TryAdd(digests[i], i);
        }

        return indexes;
    }
}
