using System.Buffers.Binary;
using System.Numerics;
using Credentials.Anchoring;

namespace Credentials.Ethereum.Cryptography;

/// <summary>Keccak-256 as Ethereum uses it: the sponge of FIPS 202 with the padding byte 0x01 of the original submission, so not SHA3-256.</summary>
/// <remarks>https://keccak.team/keccak_specs_summary.html</remarks>
internal static class Keccak256
{
    private const int Rate = 136;
    private const int Lanes = 25;

    private static readonly ulong[] RoundConstants =
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
        0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
        0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
        0x000000000000800a, 0x800000008000000a, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

    // rho and pi walk through the lanes in this order; each lane is rotated by the offset and put where the next one came from.
    private static readonly int[] PiLane = [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];
    private static readonly int[] RhoOffset = [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];

    /// <summary>The digest of one message.</summary>
    public static Bytes32 Hash(ReadOnlySpan<byte> message)
    {
        Span<ulong> state = stackalloc ulong[Lanes];
        state.Clear();
        for (; message.Length >= Rate; message = message[Rate..])
        {
            Absorb(state, message[..Rate]);
        }

        Span<byte> last = stackalloc byte[Rate];
        last.Clear();
        message.CopyTo(last);
        last[message.Length] = 0x01;
        last[^1] |= 0x80;
        Absorb(state, last);

        Span<byte> digest = stackalloc byte[Bytes32.Length];
        for (int lane = 0; lane < Bytes32.Length / sizeof(ulong); lane++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(digest[(lane * sizeof(ulong))..], state[lane]);
        }

        return Bytes32.From(digest);
    }

    private static void Absorb(Span<ulong> state, ReadOnlySpan<byte> block)
    {
        for (int lane = 0; lane < Rate / sizeof(ulong); lane++)
        {
            state[lane] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(lane * sizeof(ulong))..]);
        }

        Permute(state);
    }

    private static void Permute(Span<ulong> a)
    {
        Span<ulong> column = stackalloc ulong[5];
        foreach (ulong constant in RoundConstants)
        {
            // theta
            for (int x = 0; x < 5; x++)
            {
                column[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
            }

            for (int x = 0; x < 5; x++)
            {
                ulong parity = column[(x + 4) % 5] ^ BitOperations.RotateLeft(column[(x + 1) % 5], 1);
                for (int y = 0; y < Lanes; y += 5)
                {
                    a[x + y] ^= parity;
                }
            }

            // rho and pi
            ulong carried = a[1];
            for (int step = 0; step < PiLane.Length; step++)
            {
                (a[PiLane[step]], carried) = (BitOperations.RotateLeft(carried, RhoOffset[step]), a[PiLane[step]]);
            }

            // chi
            for (int y = 0; y < Lanes; y += 5)
            {
                a.Slice(y, 5).CopyTo(column);
                for (int x = 0; x < 5; x++)
                {
                    a[y + x] = column[x] ^ (~column[(x + 1) % 5] & column[(x + 2) % 5]);
                }
            }

            // iota
            a[0] ^= constant;
        }
    }
}
