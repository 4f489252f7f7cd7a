using System.Formats.Cbor;

namespace Credentials.Anchoring;

/// <summary>The CBOR form of <see cref="AnchorReceiptFormat"/>.</summary>
internal static class AnchorReceiptCbor
{
    /// <summary>More than 64 hashes and every other member need.</summary>
    private const int MaxLength = 4096;

    private const int ContractLength = 20;
    private const int KeysWithoutHints = 8;
    private const int HintKeys = 4;

    internal static byte[] Write(AnchorReceipt receipt)
    {
        var cbor = new CborWriter(CborConformanceMode.Canonical);
        cbor.WriteStartMap(receipt.Hints is null ? KeysWithoutHints : KeysWithoutHints + 1);
        cbor.WriteInt32(0);
        cbor.WriteInt32(AnchorReceiptFormat.Version);
        cbor.WriteInt32(1);
        cbor.WriteInt64(receipt.LeafIndex);
        cbor.WriteInt32(2);
        cbor.WriteInt64(receipt.TreeSize);
        cbor.WriteInt32(3);
        cbor.WriteStartArray(receipt.Path.Count);
        foreach (Bytes32 hash in receipt.Path)
        {
            WriteHash(cbor, hash);
        }

        cbor.WriteEndArray();
        cbor.WriteInt32(4);
        WriteHash(cbor, receipt.Root.Value);
        cbor.WriteInt32(5);
        cbor.WriteUInt64(receipt.Registry.ChainId);
        cbor.WriteInt32(6);
        cbor.WriteByteString(Convert.FromHexString(receipt.Registry.Contract.AsSpan(2)));
        cbor.WriteInt32(7);
        WriteHash(cbor, receipt.Institution.Value);
        if (receipt.Hints is { } hints)
        {
            cbor.WriteInt32(8);
            Write(cbor, hints);
        }

        cbor.WriteEndMap();
        return cbor.Encode();
    }

    internal static Parsed<AnchorReceipt> Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaxLength)
        {
            return Fault($"The receipt has {bytes.Length} bytes; none needs more than {MaxLength}.");
        }

        try
        {
            var cbor = new CborReader(bytes, CborConformanceMode.Canonical);
            int? keys = cbor.ReadStartMap();
            Expect(cbor, 0);
            ulong version = cbor.ReadUInt64();
            return version == AnchorReceiptFormat.Version
                ? ReadVersion1(cbor, keys, bytes)
                : AnchorReceiptFormat.UnknownVersion(version.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException or ArgumentException or FormatException)
        {
            // The reader's way of saying that the next item is of another type, shape or size.
            return Fault("The receipt is no CBOR map of the shape that version 1 has.");
        }
    }

    private static Parsed<AnchorReceipt> ReadVersion1(CborReader cbor, int? keys, ReadOnlyMemory<byte> bytes)
    {
        Expect(cbor, 1);
        long index = cbor.ReadInt64();
        Expect(cbor, 2);
        long size = cbor.ReadInt64();
        Expect(cbor, 3);
        int? count = cbor.ReadStartArray();
        if (count is null or > AnchorReceiptFormat.MaxPath)
        {
            return Fault($"The path has more than {AnchorReceiptFormat.MaxPath} hashes.");
        }

        var path = new Bytes32[count.Value];
        for (int i = 0; i < path.Length; i++)
        {
            path[i] = Bytes32.From(cbor.ReadByteString());
        }

        cbor.ReadEndArray();
        Expect(cbor, 4);
        var root = MerkleRoot.From(cbor.ReadByteString());
        Expect(cbor, 5);
        ulong chain = cbor.ReadUInt64();
        Expect(cbor, 6);
        byte[] contract = cbor.ReadByteString();
        Expect(cbor, 7);
        var institution = InstitutionId.From(cbor.ReadByteString());
        AnchorHints? hints = keys == KeysWithoutHints + 1 ? ReadHints(cbor) : null;
        cbor.ReadEndMap();
        if (contract.Length != ContractLength)
        {
            return Fault("The contract's address has not 20 bytes.");
        }

        var registry = new RegistryAddress(chain, "0x" + Convert.ToHexStringLower(contract));
        var receipt = new AnchorReceipt(index, size, path, root, registry, institution, hints);
        if (AnchorReceiptFormat.FaultOf(receipt) is { } fault)
        {
            return Fault(fault);
        }

        // One receipt has one spelling: trailing bytes, tags and longer lengths than needed all differ from what is written here.
        return bytes.Span.SequenceEqual(Write(receipt)) ? receipt : Fault("The receipt is not in deterministic CBOR.");
    }

    private static void Write(CborWriter cbor, AnchorHints hints)
    {
        cbor.WriteStartMap(HintKeys);
        cbor.WriteInt32(0);
        WriteHash(cbor, hints.TransactionHash);
        cbor.WriteInt32(1);
        cbor.WriteUInt64(hints.BlockNumber);
        cbor.WriteInt32(2);
        WriteHash(cbor, hints.BlockHash);
        cbor.WriteInt32(3);
        cbor.WriteInt64(hints.BlockTime.ToUnixTimeSeconds());
        cbor.WriteEndMap();
    }

    private static AnchorHints ReadHints(CborReader cbor)
    {
        Expect(cbor, 8);
        cbor.ReadStartMap();
        Expect(cbor, 0);
        var transaction = Bytes32.From(cbor.ReadByteString());
        Expect(cbor, 1);
        ulong number = cbor.ReadUInt64();
        Expect(cbor, 2);
        var block = Bytes32.From(cbor.ReadByteString());
        Expect(cbor, 3);
        var time = DateTimeOffset.FromUnixTimeSeconds(cbor.ReadInt64());
        cbor.ReadEndMap();
        return new(transaction, number, block, time);
    }

    private static void WriteHash(CborWriter cbor, Bytes32 hash) => cbor.WriteByteString(hash);

    private static void Expect(CborReader cbor, int key)
    {
        if (cbor.ReadInt32() != key)
        {
            throw new CborContentException($"Key {key} is missing.");
        }
    }

    private static Problem Fault(string detail) => new(ProblemCode.AnchorReceiptError, detail);
}
