using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Credentials.Anchoring;

/// <summary>SHA-256 of many short messages at once, one message a vector lane: a one-shot call of the platform costs more than the two blocks that it hashes here.</summary>
/// <remarks>https://nvlpubs.nist.gov/nistpubs/FIPS/NIST.FIPS.180-4.pdf section 6.2. Where vectors are not accelerated, and for what is left over, the platform hashes.</remarks>
internal static class Sha256Lanes
{
    private const int Lanes = 8;
    private const int BlockWords = 16;
    private const int Rounds = 64;
    private const int HashLength = 32;

    // Section 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes.
    private static ReadOnlySpan<uint> K =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    // Section 5.3.3: of the square roots of the first 8 primes.
    private static ReadOnlySpan<uint> H0 => [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    /// <summary>Hashes <c>prefix || item</c> for each item of 32 or 64 bytes.</summary>
    /// <param name="prefix">The byte before each item.</param>
    /// <param name="items">The items, one behind the other.</param>
    /// <param name="itemLength">32 or 64.</param>
    /// <param name="hashes">32 bytes an item; may not overlap the items.</param>
    internal static void Hash(byte prefix, ReadOnlySpan<byte> items, int itemLength, Span<byte> hashes)
    {
        int count = items.Length / itemLength;
        int done = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; done + Lanes <= count; done += Lanes)
            {
                HashLanes(prefix, items.Slice(done * itemLength, Lanes * itemLength), itemLength, hashes.Slice(done * HashLength, Lanes * HashLength));
            }
        }

        Span<byte> message = stackalloc byte[1 + itemLength];
        message[0] = prefix;
        for (; done < count; done++)
        {
            items.Slice(done * itemLength, itemLength).CopyTo(message[1..]);
            SHA256.HashData(message, hashes[(done * HashLength)..]);
        }
    }

    private static void HashLanes(byte prefix, ReadOnlySpan<byte> items, int itemLength, Span<byte> hashes)
    {
        Span<Vector256<uint>> state = stackalloc Vector256<uint>[H0.Length];
        for (int i = 0; i < state.Length; i++)
        {
            state[i] = Vector256.Create(H0[i]);
        }

        Span<uint> words = stackalloc uint[BlockWords * Lanes];
        bool oneBlock = itemLength == HashLength;
        int whole = oneBlock ? itemLength / 4 : BlockWords;
        for (int lane = 0; lane < Lanes; lane++)
        {
            // The prefix shifts every word of the item by one byte.
            ReadOnlySpan<byte> item = items.Slice(lane * itemLength, itemLength);
            words[lane] = (uint)(prefix << 24) | (BinaryPrimitives.ReadUInt32BigEndian(item) >> 8);
            for (int word = 1; word < whole; word++)
            {
                words[(word * Lanes) + lane] = BinaryPrimitives.ReadUInt32BigEndian(item[((4 * word) - 1)..]);
            }
        }

        if (!oneBlock)
        {
            Compress(state, words);
            words.Clear();
        }

        // Section 5.1.1: the last byte of the item, a bit 1, zeros, and the length in bits.
        int tail = oneBlock ? whole : 0;
        for (int lane = 0; lane < Lanes; lane++)
        {
            words[(tail * Lanes) + lane] = (uint)(items[((lane + 1) * itemLength) - 1] << 24) | 0x0080_0000;
            words[((BlockWords - 1) * Lanes) + lane] = (uint)(8 * (1 + itemLength));
        }

        Compress(state, words);
        for (int lane = 0; lane < Lanes; lane++)
        {
            for (int word = 0; word < state.Length; word++)
            {
                BinaryPrimitives.WriteUInt32BigEndian(hashes[((lane * HashLength) + (4 * word))..], state[word][lane]);
            }
        }
    }

    // Section 6.2.2, for all lanes at once.
    private static void Compress(Span<Vector256<uint>> state, ReadOnlySpan<uint> block)
    {
        // 1. "Prepare the message schedule, {Wt}": kept as the last 16 words.
        Span<Vector256<uint>> schedule = stackalloc Vector256<uint>[BlockWords];
        for (int t = 0; t < BlockWords; t++)
        {
            schedule[t] = Vector256.Create(block.Slice(t * Lanes, Lanes));
        }

        // 2. "Initialize the eight working variables".
        (Vector256<uint> a, Vector256<uint> b, Vector256<uint> c, Vector256<uint> d) = (state[0], state[1], state[2], state[3]);
        (Vector256<uint> e, Vector256<uint> f, Vector256<uint> g, Vector256<uint> h) = (state[4], state[5], state[6], state[7]);

        // 3. "For t = 0 to 63".
        for (int t = 0; t < Rounds; t++)
        {
            Vector256<uint> w = schedule[t & 15];
            if (t >= BlockWords)
            {
                Vector256<uint> w2 = schedule[(t + 14) & 15];
                Vector256<uint> w15 = schedule[(t + 1) & 15];
                w += (Rotate(w15, 7) ^ Rotate(w15, 18) ^ (w15 >>> 3)) + schedule[(t + 9) & 15] + (Rotate(w2, 17) ^ Rotate(w2, 19) ^ (w2 >>> 10));
                schedule[t & 15] = w;
            }

            Vector256<uint> t1 = h + (Rotate(e, 6) ^ Rotate(e, 11) ^ Rotate(e, 25)) + (g ^ (e & (f ^ g))) + Vector256.Create(K[t]) + w;
            Vector256<uint> t2 = (Rotate(a, 2) ^ Rotate(a, 13) ^ Rotate(a, 22)) + ((a & b) | (c & (a | b)));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + t1, c, b, a, t1 + t2);
        }

        // 4. "Compute the ith intermediate hash value".
        (state[0], state[1], state[2], state[3]) = (state[0] + a, state[1] + b, state[2] + c, state[3] + d);
        (state[4], state[5], state[6], state[7]) = (state[4] + e, state[5] + f, state[6] + g, state[7] + h);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Rotate(Vector256<uint> x, int n) => (x >>> n) | (x << (32 - n));
}
