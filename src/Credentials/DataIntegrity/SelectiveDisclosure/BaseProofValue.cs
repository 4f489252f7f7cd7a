namespace Credentials.DataIntegrity.SelectiveDisclosure;

/// <summary>The proof value that the issuer gives to the holder: all signatures, and the secrets with which to choose among them.</summary>
/// <param name="BaseSignature">The issuer's, over the hashes and the proof-scoped key.</param>
/// <param name="PublicKey">The proof-scoped key, as Multikey bytes.</param>
/// <param name="HmacKey">The key of the labels.</param>
/// <param name="Signatures">One for each statement that is not mandatory, in their order.</param>
/// <param name="MandatoryPointers">What is always disclosed.</param>
/// <remarks>https://www.w3.org/TR/vc-di-ecdsa/#serializebaseproofvalue, https://www.w3.org/TR/vc-di-ecdsa/#parsebaseproofvalue</remarks>
internal sealed record BaseProofValue(byte[] BaseSignature, byte[] PublicKey, byte[] HmacKey, byte[][] Signatures, string[] MandatoryPointers)
{
    // "the ECDSA-SD base proof header bytes 0xd9, 0x5d, and 0x00"
    private static ReadOnlySpan<byte> Header => [0xd9, 0x5d, 0x00];

    /// <summary>Whether bytes claim to be a base proof.</summary>
    public static bool IsOne(ReadOnlySpan<byte> proofValue) => proofValue.StartsWith(Header);

    /// <summary>Reads the bytes; null where they are none.</summary>
    public static BaseProofValue? Read(ReadOnlyMemory<byte> proofValue) => SdCbor.Read(proofValue, Header, cbor => new BaseProofValue(
        SdCbor.ReadBytes(cbor, SdCbor.SignatureLength),
        SdCbor.ReadBytes(cbor, SdCbor.PublicKeyLength),
        SdCbor.ReadBytes(cbor, HmacLabels.KeyLength),
        SdCbor.ReadArray(cbor, item => SdCbor.ReadBytes(item, SdCbor.SignatureLength)),
        SdCbor.ReadArray(cbor, item => item.ReadTextString())));

    /// <summary>Writes the bytes.</summary>
    public byte[] Write() => SdCbor.Write(Header, cbor =>
    {
        cbor.WriteByteString(BaseSignature);
        cbor.WriteByteString(PublicKey);
        cbor.WriteByteString(HmacKey);
        cbor.WriteStartArray(Signatures.Length);
        foreach (byte[] signature in Signatures)
        {
            cbor.WriteByteString(signature);
        }

        cbor.WriteEndArray();
        cbor.WriteStartArray(MandatoryPointers.Length);
        foreach (string pointer in MandatoryPointers)
        {
            cbor.WriteTextString(pointer);
        }

        cbor.WriteEndArray();
    });
}
