using System.Formats.Cbor;
using Credentials.Enveloping;

namespace Credentials.Cose;

/// <summary>The protected header of a COSE_Sign1, as read. Certificates and keys in it are never looked at.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9052#section-3</remarks>
internal sealed record CoseHeader
{
    private const int MaxLength = 16 * 1024;

    /// <summary>The algorithm, if it is known here.</summary>
    public SignatureAlgorithm? Algorithm { get; private init; }

    /// <summary>The <c>typ</c>.</summary>
    public string? Type { get; private init; }

    /// <summary>The content type.</summary>
    public string? ContentType { get; private init; }

    /// <summary>The <c>kid</c>, which is UTF-8 text here.</summary>
    public string? KeyId { get; init; }

    /// <summary>The CWT claims.</summary>
    public EnvelopeClaims Claims { get; private init; } = new();

    /// <summary>Reads the protected header.</summary>
    /// <exception cref="CborContentException">It is not what RFC 9052 allows.</exception>
    public static CoseHeader Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaxLength)
        {
            throw new CborContentException("The protected header is too long.");
        }

        var cbor = new CborReader(bytes, CborConformanceMode.Strict);
        var header = new CoseHeader();
        bool hasAlgorithm = false;
        CoseItems.ReadMap(cbor, label =>
        {
            hasAlgorithm |= label == CoseLabel.Algorithm;
            header = label switch
            {
                CoseLabel.Algorithm => header with { Algorithm = ReadAlgorithm(cbor) },
                CoseLabel.Critical => throw new CborContentException("The header asks for an extension (crit), and none is understood here."),
                CoseLabel.ContentType => header with { ContentType = cbor.ReadTextString() },
                CoseLabel.KeyId => header with { KeyId = CoseItems.ReadTextBytes(cbor) },
                CoseLabel.Claims => header with { Claims = CoseItems.ReadClaims(cbor) },
                CoseLabel.Type => header with { Type = cbor.ReadTextString() },
                _ => header,
            };
            return label is CoseLabel.Algorithm or CoseLabel.ContentType or CoseLabel.KeyId or CoseLabel.Claims or CoseLabel.Type;
        });

        return cbor.BytesRemaining > 0 ? throw new CborContentException("Something follows the protected header.")
            : !hasAlgorithm ? throw new CborContentException("The protected header names no algorithm.")
            : header;
    }

    /// <summary>Reads the unprotected header, of which only a <c>kid</c> is taken: a name of the key proves nothing, and needs no protection.</summary>
    /// <exception cref="CborContentException">It is not what RFC 9052 allows, or holds what must be protected.</exception>
    public CoseHeader WithUnprotected(CborReader cbor)
    {
        string? keyId = KeyId;
        CoseItems.ReadMap(cbor, label =>
        {
            switch (label)
            {
                case CoseLabel.Algorithm or CoseLabel.Critical or CoseLabel.ContentType or CoseLabel.Claims or CoseLabel.Type:
                    throw new CborContentException("The unprotected header holds what must be protected (alg, crit, content type, claims, typ).");
                case CoseLabel.KeyId:
                    // Section 3: "Labels in each of the maps MUST be unique ... labels MUST NOT occur in both".
                    keyId = keyId is null ? CoseItems.ReadTextBytes(cbor) : throw new CborContentException("The kid is there twice.");
                    return true;
                default:
                    return false;
            }
        });
        return this with { KeyId = keyId };
    }

    private static SignatureAlgorithm? ReadAlgorithm(CborReader cbor)
    {
        if (cbor.PeekState() == CborReaderState.TextString)
        {
            cbor.ReadTextString();
            return null;
        }

        long name = cbor.ReadInt64();
        return SignatureAlgorithm.All.FirstOrDefault(row => row.Cose == name);
    }
}
