using System.Buffers.Text;
using System.Formats.Cbor;
using Credentials.TestKit;

namespace Credentials.Verification.Tests.Forms;

/// <summary>A secured document taken apart and put together again with other parts and the old signature.</summary>
internal static class Changed
{
    /// <summary>The JSON text that is signed: the document itself, or the payload of its envelope as it stands.</summary>
    public static byte[] PayloadOf(byte[] secured) => secured[0] switch
    {
        (byte)'{' => secured,
        >= 0x80 => CoseParts.Read(secured).Payload,
        _ => Base64Url.DecodeFromChars(Utf8.Text(secured).Split('.')[1]),
    };

    /// <summary>Another payload under the old signature.</summary>
    public static byte[] WithPayload(byte[] secured, byte[] payload) => secured[0] switch
    {
        (byte)'{' => payload,
        >= 0x80 => (CoseParts.Read(secured) with { Payload = payload }).Write(),
        _ => WithSegment(secured, 1, Base64Url.EncodeToString(payload)),
    };

    /// <summary>The protected header of a JWS.</summary>
    public static byte[] HeaderOf(byte[] jws) => Base64Url.DecodeFromChars(Utf8.Text(jws).Split('.')[0]);

    /// <summary>Another header under the old signature.</summary>
    public static byte[] WithHeader(byte[] jws, byte[] header) => WithSegment(jws, 0, Base64Url.EncodeToString(header));

    /// <summary>Another part of a JWS, counted from 0; of an SD-JWT, the issuer's.</summary>
    public static byte[] WithSegment(byte[] jws, int index, string segment)
    {
        string[] parts = Utf8.Text(jws).Split('.');
        string rest = index == 2 && parts[2].IndexOf('~', StringComparison.Ordinal) is >= 0 and var at ? parts[2][at..] : "";
        parts[index] = segment + rest;
        return Utf8.Bytes(string.Join('.', parts));
    }
}

/// <summary>The four parts of a COSE_Sign1.</summary>
internal sealed record CoseParts(byte[] Protected, byte[] Unprotected, byte[] Payload, byte[] Signature)
{
    public static CoseParts Read(byte[] secured)
    {
        var cbor = new CborReader(secured);
        if (cbor.PeekState() == CborReaderState.Tag)
        {
            cbor.ReadTag();
        }

        cbor.ReadStartArray();
        return new(cbor.ReadByteString(), cbor.ReadEncodedValue().ToArray(), cbor.ReadByteString(), cbor.ReadByteString());
    }

    public byte[] Write()
    {
        var cbor = new CborWriter(CborConformanceMode.Lax);
        cbor.WriteTag((CborTag)18);
        cbor.WriteStartArray(4);
        cbor.WriteByteString(Protected);
        cbor.WriteEncodedValue(Unprotected);
        cbor.WriteByteString(Payload);
        cbor.WriteByteString(Signature);
        cbor.WriteEndArray();
        return cbor.Encode();
    }
}
