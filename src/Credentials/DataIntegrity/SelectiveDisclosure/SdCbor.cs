using System.Formats.Cbor;

namespace Credentials.DataIntegrity.SelectiveDisclosure;

/// <summary>What the two CBOR forms of an <c>ecdsa-sd-2023</c> proof value share. Strict: definite lengths, no tags, no bytes after the end, every size known before it is read.</summary>
internal static class SdCbor
{
    /// <summary>Bytes of a proof value that are read and written.</summary>
    public const int MaxLength = (DataIntegritySuite.MaxProofValue - 1) / 4 * 3;

    public const int SignatureLength = 64;

    /// <summary>Signatures that a proof value has room for, each with its header of two bytes.</summary>
    public const int MaxSignatures = MaxLength / (SignatureLength + 2);

    /// <summary>The Multikey header of P-256 (80 24) and the compressed point.</summary>
    public const int PublicKeyLength = 35;

    private const int Elements = 5;

    /// <summary>Reads the five elements after a header; null where the bytes are of another shape.</summary>
    public static T? Read<T>(ReadOnlyMemory<byte> proofValue, ReadOnlySpan<byte> header, Func<CborReader, T> read)
        where T : class
    {
        if (proofValue.Length > MaxLength || !proofValue.Span.StartsWith(header))
        {
            return null;
        }

        try
        {
            var cbor = new CborReader(proofValue[header.Length..], CborConformanceMode.Strict);
            if (cbor.ReadStartArray() != Elements)
            {
                return null;
            }

            T value = read(cbor);
            cbor.ReadEndArray();
            return cbor.BytesRemaining == 0 ? value : null;
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException or FormatException)
        {
            // The reader's way of saying that the next item is of another type, shape or size.
            return null;
        }
    }

    /// <summary>Writes the five elements after a header.</summary>
    public static byte[] Write(ReadOnlySpan<byte> header, Action<CborWriter> write)
    {
        var cbor = new CborWriter(CborConformanceMode.Canonical);
        cbor.WriteStartArray(Elements);
        write(cbor);
        cbor.WriteEndArray();
        return [.. header, .. cbor.Encode()];
    }

    public static byte[] ReadBytes(CborReader cbor, int length)
    {
        byte[] bytes = cbor.ReadByteString();
        return bytes.Length == length ? bytes : throw new CborContentException($"{length} bytes are wanted.");
    }

    /// <summary>Reads an array item by item; a count that the bytes left cannot hold is a fault, not a size to allocate.</summary>
    public static T[] ReadArray<T>(CborReader cbor, Func<CborReader, T> item)
    {
        var items = new T[Bounded(cbor.ReadStartArray(), cbor)];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = item(cbor);
        }

        cbor.ReadEndArray();
        return items;
    }

    /// <summary>A definite count, no greater than the bytes that are left.</summary>
    public static int Bounded(int? count, CborReader cbor) =>
        count is { } definite && definite <= cbor.BytesRemaining ? definite : throw new CborContentException("The length is indefinite, or more than there is.");
}
