using System.Formats.Asn1;
using Credentials.Anchoring;
using Credentials.Ethereum.Cryptography;

namespace Credentials.Ethereum;

/// <summary>An ECDSA signature over secp256k1 as the holder of a key gives it; s may be high.</summary>
/// <param name="R">r, big-endian.</param>
/// <param name="S">s, big-endian.</param>
public sealed record ChainSignature(Bytes32 R, Bytes32 S)
{
    /// <summary>Reads the DER of <c>Ecdsa-Sig-Value</c>, in which key management services answer. Strict: nothing before, between or after the two positive integers.</summary>
    /// <remarks>https://www.rfc-editor.org/rfc/rfc3279#section-2.2.3</remarks>
    public static Parsed<ChainSignature> FromDer(ReadOnlyMemory<byte> der)
    {
        try
        {
            AsnReader whole = new(der, AsnEncodingRules.DER);
            AsnReader pair = whole.ReadSequence();
            ReadOnlyMemory<byte> r = pair.ReadIntegerBytes();
            ReadOnlyMemory<byte> s = pair.ReadIntegerBytes();
            pair.ThrowIfNotEmpty();
            whole.ThrowIfNotEmpty();
            return TryPad(r.Span, out Bytes32 first) && TryPad(s.Span, out Bytes32 second)
                ? new ChainSignature(first, second)
                : new Problem(ProblemCode.MalformedValueError, "The signature's r and s must be scalars of secp256k1.");
        }
        catch (AsnContentException)
        {
            return new Problem(ProblemCode.MalformedValueError, "The signature is no DER of r and s.");
        }
    }

    /// <summary>The signature that goes into a transaction: low s (EIP-2) and the recovery bit under which it is the account's.</summary>
    /// <exception cref="SignerUnavailableException">It is no signature of that account.</exception>
    internal (byte[] R, byte[] S, int RecoveryId) Complete(Bytes32 hash, EthereumAddress account)
    {
        byte[] digest = hash.ToArray();
        byte[] r = R.ToArray();
        byte[] s = Secp256k1.ToLow(S.ToArray());
        for (int recoveryId = 0; recoveryId <= 1; recoveryId++)
        {
            if (Secp256k1.Recover(digest, r, s, recoveryId) is { } publicKey && EthereumAddress.OfPublicKey(publicKey) == account)
            {
                return (r, s, recoveryId);
            }
        }

        throw new SignerUnavailableException($"What was given for the account {account} is no signature of its key.");
    }

    // The bytes of a DER integer: the sign bit first, so a leading zero before a high one.
    private static bool TryPad(ReadOnlySpan<byte> integer, out Bytes32 scalar)
    {
        scalar = default;
        ReadOnlySpan<byte> value = integer is [0, _, ..] ? integer[1..] : integer;
        bool positive = integer.Length > 0 && integer[0] < 0x80 && value.Length <= Bytes32.Length;
        if (positive)
        {
            Span<byte> padded = scalar;
            value.CopyTo(padded[(Bytes32.Length - value.Length)..]);
        }

        return positive && Secp256k1.IsScalar(scalar);
    }
}
