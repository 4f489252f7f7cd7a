using System.Formats.Cbor;
using Credentials.Enveloping;

namespace Credentials.Cose;

/// <summary>Reads from CBOR only what has a stated length, and nothing that nests deeply: what an attacker sends costs no more than its bytes.</summary>
internal static class CoseItems
{
    private const int MaxDepth = 8;
    private const int MaxEntries = 64;
    private const long MaxSeconds = 253_402_300_799; // 9999-12-31T23:59:59Z

    private static readonly System.Text.UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a map; each value by its label. Labels that are text are passed over with their values.</summary>
    /// <param name="cbor">Stands before the map.</param>
    /// <param name="value">Reads a value, or returns false to have it passed over.</param>
    public static void ReadMap(CborReader cbor, Func<long, bool> value)
    {
        int count = cbor.ReadStartMap() is { } stated and <= MaxEntries ? stated : throw new CborContentException("A map has no stated length, or too many entries.");
        for (int i = 0; i < count; i++)
        {
            bool known = false;
            if (cbor.PeekState() == CborReaderState.TextString)
            {
                cbor.ReadDefiniteLengthTextStringBytes();
            }
            else
            {
                known = value(cbor.ReadInt64());
            }

            if (!known)
            {
                Skip(cbor, depth: 1);
            }
        }

        cbor.ReadEndMap();
    }

    /// <summary>A time: seconds since 1970, as integer or floating-point number (RFC 8392 section 2), without a tag.</summary>
    public static DateTimeOffset ReadTime(CborReader cbor)
    {
        bool whole = cbor.PeekState() is CborReaderState.UnsignedInteger;
        double seconds = whole ? cbor.ReadInt64() : cbor.ReadDouble();
        return seconds is >= 0 and <= MaxSeconds ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : throw new CborContentException("A time lies outside of the years that can be told.");
    }

    /// <summary>Reads the CWT claims of a header.</summary>
    public static EnvelopeClaims ReadClaims(CborReader cbor)
    {
        var claims = new EnvelopeClaims();
        ReadMap(cbor, label =>
        {
            claims = label switch
            {
                CoseLabel.ClaimIssuer => claims with { Issuer = cbor.ReadTextString() },
                CoseLabel.ClaimAudience => claims with { Audience = ReadAudience(cbor) },
                CoseLabel.ClaimExpires => claims with { Expires = ReadTime(cbor) },
                CoseLabel.ClaimNotBefore => claims with { NotBefore = ReadTime(cbor) },
                CoseLabel.ClaimIssuedAt => claims with { IssuedAt = ReadTime(cbor) },
                CoseLabel.ClaimNonce => claims with { Nonce = ReadNonce(cbor) },

                // Passed over, it would hide a revocation; a credential in COSE has its status in the document.
                CoseLabel.ClaimStatus => throw new CborContentException("The CWT claims have a status, which is not read here."),
                _ => claims,
            };
            return label is CoseLabel.ClaimIssuer or CoseLabel.ClaimAudience or CoseLabel.ClaimExpires or CoseLabel.ClaimNotBefore or CoseLabel.ClaimIssuedAt or CoseLabel.ClaimNonce;
        });
        return claims;
    }

    /// <summary>Text in a byte string, as UTF-8.</summary>
    public static string ReadTextBytes(CborReader cbor) => StrictUtf8.GetString(cbor.ReadDefiniteLengthByteString().Span);

    // RFC 8392 section 3.1.3: one text, or an array of them.
    private static string[] ReadAudience(CborReader cbor)
    {
        if (cbor.PeekState() == CborReaderState.TextString)
        {
            return [cbor.ReadTextString()];
        }

        int count = cbor.ReadStartArray() is { } stated and <= MaxEntries ? stated : throw new CborContentException("An array has no stated length, or too many items.");
        string[] audience = new string[count];
        for (int i = 0; i < count; i++)
        {
            audience[i] = cbor.ReadTextString();
        }

        cbor.ReadEndArray();
        return audience;
    }

    // RFC 9711 section 4.1 (EAT): a byte string. Ours is the verifier's text.
    private static string ReadNonce(CborReader cbor) => cbor.PeekState() == CborReaderState.ByteString ? ReadTextBytes(cbor) : cbor.ReadTextString();

    private static void Skip(CborReader cbor, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new CborContentException("The header nests too deeply.");
        }

        switch (cbor.PeekState())
        {
            case CborReaderState.StartArray:
                for (int left = cbor.ReadStartArray() ?? throw NoLength(); left > 0; left--)
                {
                    Skip(cbor, depth + 1);
                }

                cbor.ReadEndArray();
                break;
            case CborReaderState.StartMap:
                for (long left = 2L * (cbor.ReadStartMap() ?? throw NoLength()); left > 0; left--)
                {
                    Skip(cbor, depth + 1);
                }

                cbor.ReadEndMap();
                break;
            case CborReaderState.Tag:
                cbor.ReadTag();
                Skip(cbor, depth + 1);
                break;
            case CborReaderState.StartIndefiniteLengthByteString or CborReaderState.StartIndefiniteLengthTextString:
                throw NoLength();
            default:
                cbor.SkipValue();
                break;
        }
    }

    private static CborContentException NoLength() => new("An item has no stated length.");
}
