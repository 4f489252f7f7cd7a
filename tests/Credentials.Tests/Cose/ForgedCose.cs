using System.Formats.Cbor;
using Credentials.Keys;

namespace Credentials.Tests.Cose;

/// <summary>Makes COSE_Sign1 structures by hand, rightly signed.</summary>
internal static class ForgedCose
{
    private const int Parts = 4;

    /// <summary>A header of (label, value) pairs in that order.</summary>
    public static byte[] Map(params (object Label, object? Value)[] entries)
    {
        var cbor = new CborWriter(CborConformanceMode.Lax);
        Write(cbor, entries);
        return cbor.Encode();
    }

    /// <summary>A structure over any protected and unprotected header.</summary>
    public static byte[] Sign1(byte[] protectedHeader, byte[] unprotectedHeader, byte[] payload, SigningKey key, ulong? tag = 18, byte[]? aad = null)
    {
        var signed = new CborWriter();
        signed.WriteStartArray(Parts);
        signed.WriteTextString("Signature1");
        signed.WriteByteString(protectedHeader);
        signed.WriteByteString(aad ?? []);
        signed.WriteByteString(payload);
        signed.WriteEndArray();

        var cbor = new CborWriter(CborConformanceMode.Lax);
        if (tag is { } number)
        {
            cbor.WriteTag((CborTag)number);
        }

        cbor.WriteStartArray(Parts);
        cbor.WriteByteString(protectedHeader);
        cbor.WriteEncodedValue(unprotectedHeader);
        cbor.WriteByteString(payload);
        cbor.WriteByteString(key.Sign(signed.Encode()));
        cbor.WriteEndArray();
        return cbor.Encode();
    }

    private static void Write(CborWriter cbor, (object Label, object? Value)[] entries)
    {
        cbor.WriteStartMap(entries.Length);
        foreach ((object label, object? value) in entries)
        {
            Write(cbor, label);
            Write(cbor, value);
        }

        cbor.WriteEndMap();
    }

    private static void Write(CborWriter cbor, object? value)
    {
        switch (value)
        {
            case int number:
                cbor.WriteInt32(number);
                break;
            case double number:
                cbor.WriteDouble(number);
                break;
            case string text:
                cbor.WriteTextString(text);
                break;
            case byte[] bytes:
                cbor.WriteByteString(bytes);
                break;
            case (object Label, object? Value)[] map:
                Write(cbor, map);
                break;
            case object?[] items:
                cbor.WriteStartArray(items.Length);
                foreach (object? item in items)
                {
                    Write(cbor, item);
                }

                cbor.WriteEndArray();
                break;
            default:
                cbor.WriteNull();
                break;
        }
    }
}
