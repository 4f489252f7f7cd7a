using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Credentials.DataIntegrity.SelectiveDisclosure;

/// <summary>The proof value that the holder gives to a verifier: the signatures of what is disclosed.</summary>
/// <param name="BaseSignature">As in the base proof.</param>
/// <param name="PublicKey">As in the base proof.</param>
/// <param name="Signatures">One for each disclosed statement that is not mandatory.</param>
/// <param name="Labels">Number of the canonical identifier in the disclosed document, to the digest that labelled the node when it was signed.</param>
/// <param name="MandatoryIndexes">Which of the disclosed statements are mandatory.</param>
/// <remarks>https://www.w3.org/TR/vc-di-ecdsa/#serializederivedproofvalue, https://www.w3.org/TR/vc-di-ecdsa/#parsederivedproofvalue</remarks>
internal sealed record DerivedProofValue(byte[] BaseSignature, byte[] PublicKey, byte[][] Signatures, IReadOnlyDictionary<int, byte[]> Labels, int[] MandatoryIndexes)
{
    // "the ECDSA-SD disclosure proof header bytes 0xd9, 0x5d, and 0x01"
    private static ReadOnlySpan<byte> Header => [0xd9, 0x5d, 0x01];

    /// <summary>Reads the bytes; null where they are none. ("a byte array of length 36" for the key is a slip of the specification: its own values have 35.)</summary>
    public static DerivedProofValue? Read(ReadOnlyMemory<byte> proofValue) => SdCbor.Read(proofValue, Header, cbor => new DerivedProofValue(
        SdCbor.ReadBytes(cbor, SdCbor.SignatureLength),
        SdCbor.ReadBytes(cbor, SdCbor.PublicKeyLength),
        SdCbor.ReadArray(cbor, item => SdCbor.ReadBytes(item, SdCbor.SignatureLength)),
        ReadLabels(cbor),
        SdCbor.ReadArray(cbor, item => item.ReadInt32())));

    /// <summary>Writes the bytes.</summary>
    public byte[] Write() => SdCbor.Write(Header, cbor =>
    {
        cbor.WriteByteString(BaseSignature);
        cbor.WriteByteString(PublicKey);
        cbor.WriteStartArray(Signatures.Length);
        foreach (byte[] signature in Signatures)
        {
            cbor.WriteByteString(signature);
        }

        cbor.WriteEndArray();
        cbor.WriteStartMap(Labels.Count);
        foreach ((int number, byte[] digest) in Labels)
        {
            cbor.WriteInt32(number);
            cbor.WriteByteString(digest);
        }

        cbor.WriteEndMap();
        cbor.WriteStartArray(MandatoryIndexes.Length);
        foreach (int index in MandatoryIndexes)
        {
            cbor.WriteInt32(index);
        }

        cbor.WriteEndArray();
    });

    private static Dictionary<int, byte[]> ReadLabels(CborReader cbor)
    {
        var labels = new Dictionary<int, byte[]>();
        int count = SdCbor.Bounded(cbor.ReadStartMap(), cbor);
        for (int i = 0; i < count; i++)
        {
            if (!labels.TryAdd(cbor.ReadInt32(), SdCbor.ReadBytes(cbor, HMACSHA256.HashSizeInBytes)))
            {
                throw new CborContentException("A key stands twice.");
            }
        }

        cbor.ReadEndMap();
        return labels;
    }
}
