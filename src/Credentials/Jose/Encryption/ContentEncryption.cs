using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Credentials.Jose.Encryption;

/// <summary>A content encryption algorithm (<c>enc</c>). To add one: a row in <see cref="All"/>.</summary>
/// <param name="Name">Its name in JOSE.</param>
/// <param name="KeyLength">Bytes of the key.</param>
/// <param name="IvLength">Bytes of the initialization vector.</param>
/// <param name="TagLength">Bytes of the authentication tag.</param>
internal abstract record ContentEncryption(string Name, int KeyLength, int IvLength, int TagLength)
{
    /// <summary>The algorithms that are known here.</summary>
    public static IReadOnlyList<ContentEncryption> All { get; } =
    [
        new Gcm("A128GCM", 16), // https://www.rfc-editor.org/rfc/rfc7518#section-5.3
        new Gcm("A256GCM", 32), // the same
        new CbcHmac("A128CBC-HS256", 32, HashAlgorithmName.SHA256), // https://www.rfc-editor.org/rfc/rfc7518#section-5.2.3
        new CbcHmac("A256CBC-HS512", 64, HashAlgorithmName.SHA512), // https://www.rfc-editor.org/rfc/rfc7518#section-5.2.5
    ];

    /// <summary>The algorithm of a name; null when it is not known here.</summary>
    public static ContentEncryption? Find(string? name) => All.FirstOrDefault(row => row.Name == name);

    /// <summary>Encrypts; <paramref name="tag"/> has <see cref="TagLength"/> bytes.</summary>
    public abstract byte[] Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> additional, Span<byte> tag);

    /// <summary>Decrypts; null when the tag is not that of the ciphertext under this key. Lengths of vector and tag are right.</summary>
    public abstract byte[]? Decrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> additional, ReadOnlySpan<byte> tag);

    private sealed record Gcm(string Name, int KeyLength) : ContentEncryption(Name, KeyLength, 12, 16)
    {
        public override byte[] Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> additional, Span<byte> tag)
        {
            byte[] ciphertext = new byte[plaintext.Length];
            using var aes = new AesGcm(key, TagLength);
            aes.Encrypt(iv, plaintext, ciphertext, tag, additional);
            return ciphertext;
        }

        public override byte[]? Decrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> additional, ReadOnlySpan<byte> tag)
        {
            byte[] plaintext = new byte[ciphertext.Length];
            using var aes = new AesGcm(key, TagLength);
            try
            {
                aes.Decrypt(iv, ciphertext, tag, plaintext, additional);
                return plaintext;
            }
            catch (AuthenticationTagMismatchException)
            {
                return null;
            }
        }
    }

    private sealed record CbcHmac(string Name, int KeyLength, HashAlgorithmName Hash) : ContentEncryption(Name, KeyLength, 16, KeyLength / 2)
    {
        public override byte[] Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> additional, Span<byte> tag)
        {
            // Section 5.2.2.1: 1. MAC_KEY consists of the initial MAC_KEY_LEN octets of K; ENC_KEY of the final ones.
            int half = KeyLength / 2;
            using var aes = Aes.Create();
            aes.SetKey(key[half..]);
            byte[] ciphertext = aes.EncryptCbc(plaintext, iv);
            Tag(key[..half], additional, iv, ciphertext, tag);
            return ciphertext;
        }

        public override byte[]? Decrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> additional, ReadOnlySpan<byte> tag)
        {
            // Section 5.2.2.2: 2. The integrity and authenticity of A and E are checked before anything is decrypted.
            int half = KeyLength / 2;
            Span<byte> expected = stackalloc byte[TagLength];
            Tag(key[..half], additional, iv, ciphertext, expected);
            if (!CryptographicOperations.FixedTimeEquals(expected, tag))
            {
                return null;
            }

            using var aes = Aes.Create();
            aes.SetKey(key[half..]);
            try
            {
                return aes.DecryptCbc(ciphertext, iv);
            }
            catch (CryptographicException)
            {
                // Whoever has the key wrote a padding that is none.
                return null;
            }
        }

        // 4. AL: the number of bits in A, as a 64-bit unsigned big-endian integer. 5. HMAC over A, IV, E, AL; the first half is the tag.
        private void Tag(ReadOnlySpan<byte> macKey, ReadOnlySpan<byte> additional, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> ciphertext, Span<byte> tag)
        {
            Span<byte> bits = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64BigEndian(bits, 8UL * (ulong)additional.Length);
            using var hmac = IncrementalHash.CreateHMAC(Hash, macKey);
            hmac.AppendData(additional);
            hmac.AppendData(iv);
            hmac.AppendData(ciphertext);
            hmac.AppendData(bits);
            hmac.GetHashAndReset().AsSpan(0, TagLength).CopyTo(tag);
        }
    }
}
