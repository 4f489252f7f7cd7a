using System.Formats.Cbor;

namespace Credentials.Anchoring;

/// <summary>The CBOR of <see cref="AwardEvidence"/>.</summary>
internal static class AwardEvidenceCbor
{
    private const int Version = 1;

    /// <summary>A receipt's most, and the rest.</summary>
    private const int MaxLength = 4096 + 64;

    internal static byte[] Write(AwardEvidence evidence)
    {
        var cbor = new CborWriter(CborConformanceMode.Canonical);
        cbor.WriteStartMap(evidence.Receipt is null ? 2 : 3);
        cbor.WriteInt32(0);
        cbor.WriteInt32(Version);
        cbor.WriteInt32(1);
        cbor.WriteByteString(evidence.MasterDigest.Value.ToArray());
        if (evidence.Receipt is { } receipt)
        {
            cbor.WriteInt32(2);
            cbor.WriteByteString(AnchorReceiptFormat.ToCbor(receipt));
        }

        cbor.WriteEndMap();
        return cbor.Encode();
    }

    internal static Parsed<AwardEvidence> Read(byte[] bytes)
    {
        if (bytes.Length > MaxLength)
        {
            return Fault($"The award's evidence has {bytes.Length} bytes; none needs more than {MaxLength}.");
        }

        try
        {
            return Read(new CborReader(bytes, CborConformanceMode.Canonical), bytes);
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException or ArgumentException or FormatException)
        {
            // The reader's way of saying that the next item is of another type, shape or size.
            return Fault("The award's evidence is no CBOR map of the shape that version 1 has.");
        }
    }

    private static Parsed<AwardEvidence> Read(CborReader cbor, byte[] bytes)
    {
        int? keys = cbor.ReadStartMap();
        Expect(cbor, 0);
        if (cbor.ReadUInt64() != Version)
        {
            return Fault($"The award's evidence is of another version than {Version}. Use a newer release of this software.");
        }

        Expect(cbor, 1);
        var digest = AnchorDigest.From(cbor.ReadByteString());
        AnchorReceipt? receipt = null;
        if (keys == 3)
        {
            Expect(cbor, 2);
            Parsed<AnchorReceipt> read = AnchorReceiptFormat.FromCbor(cbor.ReadByteString());
            if (!read.Ok)
            {
                return read.Problem;
            }

            receipt = read.Value;
        }

        cbor.ReadEndMap();
        var evidence = new AwardEvidence(digest, receipt);
        return bytes.AsSpan().SequenceEqual(Write(evidence)) ? evidence : Fault("The award's evidence is not in deterministic CBOR.");
    }

    private static void Expect(CborReader cbor, int key)
    {
        if (cbor.ReadInt32() != key)
        {
            throw new CborContentException($"Key {key} is missing.");
        }
    }

    private static Problem Fault(string detail) => new(ProblemCode.AnchorReceiptError, detail, "/evidence");
}
