using System.Buffers.Binary;
using System.Security.Cryptography;
using Credentials.Keys;

namespace Credentials.Jose.Encryption;

/// <summary>The key of a JWE in direct key agreement, by the Concat KDF of NIST SP 800-56A with SHA-256.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc7518#section-4.6.2</remarks>
internal static class ConcatKdf
{
    /// <summary>Derives the content encryption key.</summary>
    /// <param name="own">Our private key.</param>
    /// <param name="other">The other party's public key, of the same curve.</param>
    /// <param name="encryption">What the key is for.</param>
    /// <param name="partyU">The decoded <c>apu</c>; empty when there is none.</param>
    /// <param name="partyV">The decoded <c>apv</c>; empty when there is none.</param>
    public static byte[] Derive(KeyAgreementKey own, PublicKey other, ContentEncryption encryption, ReadOnlySpan<byte> partyU, ReadOnlySpan<byte> partyV)
    {
        // OtherInfo: AlgorithmID (for direct key agreement the enc), PartyUInfo, PartyVInfo, each after its length in 32 bits; SuppPubInfo: keydatalen in bits; SuppPrivInfo: empty.
        byte[] info = [.. Counted(System.Text.Encoding.ASCII.GetBytes(encryption.Name)), .. Counted(partyU), .. Counted(partyV), .. Number(8 * encryption.KeyLength)];

        byte[] key = new byte[encryption.KeyLength];
        for (int round = 1, at = 0; at < key.Length; round++)
        {
            byte[] hash = own.HashWith(other, Number(round), info);
            int length = Math.Min(hash.Length, key.Length - at);
            hash.AsSpan(0, length).CopyTo(key.AsSpan(at));
            CryptographicOperations.ZeroMemory(hash);
            at += length;
        }

        return key;
    }

    private static byte[] Counted(ReadOnlySpan<byte> bytes) => [.. Number(bytes.Length), .. bytes];

    private static byte[] Number(int value)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
