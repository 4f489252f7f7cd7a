using System.Formats.Cbor;
using Credentials.Enveloping;
using Credentials.Keys;

namespace Credentials.Cose;

/// <summary>A COSE_Sign1 with its payload inside, tagged or not. Read strictly: every length stated, no label twice, nothing behind it.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9052#section-4.2</remarks>
internal sealed class CoseSign1
{
    private const CborTag Tag = (CborTag)18;
    private const int Parts = 4;

    private readonly ReadOnlyMemory<byte> _protected;
    private readonly ReadOnlyMemory<byte> _signature;

    private CoseSign1(CoseHeader header, ReadOnlyMemory<byte> protectedBytes, ReadOnlyMemory<byte> payload, ReadOnlyMemory<byte> signature) =>
        (Header, _protected, Payload, _signature) = (header, protectedBytes, payload, signature);

    /// <summary>The protected header, with the <c>kid</c> of either.</summary>
    public CoseHeader Header { get; }

    /// <summary>The payload.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>Reads one.</summary>
    public static Parsed<CoseSign1> Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var cbor = new CborReader(bytes, CborConformanceMode.Strict);
            if (cbor.PeekState() == CborReaderState.Tag && cbor.ReadTag() != Tag)
            {
                return Fault("Its tag is not that of COSE_Sign1 (18).");
            }

            if (cbor.ReadStartArray() != Parts)
            {
                return Fault("It is no array of four: protected header, unprotected header, payload, signature.");
            }

            ReadOnlyMemory<byte> protectedBytes = cbor.ReadDefiniteLengthByteString();
            CoseHeader header = CoseHeader.Read(protectedBytes).WithUnprotected(cbor);
            if (cbor.PeekState() == CborReaderState.Null)
            {
                return Fault("Its payload is detached.");
            }

            ReadOnlyMemory<byte> payload = cbor.ReadDefiniteLengthByteString();
            ReadOnlyMemory<byte> signature = cbor.ReadDefiniteLengthByteString();
            cbor.ReadEndArray();
            return cbor.BytesRemaining == 0 ? new CoseSign1(header, protectedBytes, payload, signature) : Fault("Something follows it.");
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException or ArgumentException or FormatException)
        {
            // The reader's way of saying that the next item is of another type, shape or size; our own sentences among them.
            return Fault(e is CborContentException ? e.Message : "An item is of another type or size than it should be.");
        }
    }

    /// <summary>Null when the signature is that key's.</summary>
    public Problem? Verify(PublicKey key) =>
        Header.Algorithm is not { } algorithm ? new(ProblemCode.UnsupportedCryptosuite, $"The algorithm of the COSE_Sign1 is not known here; {string.Join(", ", SignatureAlgorithm.All.Select(row => row.Jose))} are.")
        : algorithm.CheckKey(key) is { } problem ? problem
        : key.Verify(WriteSigned(_protected.Span, Payload.Span), _signature.Span) ? null
        : new(ProblemCode.CryptographicSecurityError, "The signature is not that of the key over this envelope: one of them was altered, or another key signed.");

    /// <summary>Signs a payload and writes the tagged structure in deterministic CBOR (RFC 8949 section 4.2).</summary>
    public static async Task<Parsed<byte[]>> SignAsync(ReadOnlyMemory<byte> payload, ISigner signer, byte[] protectedHeader, CancellationToken cancellationToken)
    {
        Parsed<byte[]> signature = await SignatureAlgorithm.SignAsync(signer, WriteSigned(protectedHeader, payload.Span), cancellationToken).ConfigureAwait(false);
        if (!signature.Ok)
        {
            return signature.Problem;
        }

        var cbor = new CborWriter(CborConformanceMode.Canonical);
        cbor.WriteTag(Tag);
        cbor.WriteStartArray(Parts);
        cbor.WriteByteString(protectedHeader);
        cbor.WriteStartMap(0);
        cbor.WriteEndMap();
        cbor.WriteByteString(payload.Span);
        cbor.WriteByteString(signature.Value);
        cbor.WriteEndArray();
        return cbor.Encode();
    }

    // Section 4.4: Sig_structure = ["Signature1", body_protected, external_aad, payload].
    private static byte[] WriteSigned(ReadOnlySpan<byte> protectedHeader, ReadOnlySpan<byte> payload)
    {
        var cbor = new CborWriter(CborConformanceMode.Canonical);
        cbor.WriteStartArray(Parts);
        cbor.WriteTextString("Signature1");
        cbor.WriteByteString(protectedHeader);
        cbor.WriteByteString([]);
        cbor.WriteByteString(payload);
        cbor.WriteEndArray();
        return cbor.Encode();
    }

    private static Problem Fault(string detail) => new(ProblemCode.ProofVerificationError, "The envelope is no COSE_Sign1 that is taken here. " + detail);
}
