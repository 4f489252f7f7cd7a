using System.Buffers.Binary;
using Credentials.Anchoring;

namespace Credentials.Ethereum.Registry;

/// <summary>Reads the contract's <c>Record</c>. Strict: the one encoding that the contract gives, to the last byte of padding, or nothing.</summary>
/// <remarks>https://docs.soliditylang.org/en/latest/abi-spec.html#formal-specification-of-the-encoding</remarks>
internal ref struct RegistryStateAbi
{
    // The record's own words: controller 1, anchor 3, revokedAt 1, key 1 (offset), currentIdentity 1, identity 2, succession 2, path 1 (offset).
    private const int Head = 12 * Bytes32.Length;
    private const int KeyHead = 4 * Bytes32.Length;

    private ReadOnlySpan<byte> _rest;
    private bool _canonical;

    private RegistryStateAbi(ReadOnlySpan<byte> answer)
    {
        _rest = answer;
        _canonical = true;
    }

    /// <summary>Reads an answer to a question about so many links; null for bytes that are no such record.</summary>
    public static RegistryState? Decode(ReadOnlySpan<byte> answer, int links)
    {
        RegistryStateAbi reader = new(answer);
        RegistryState state = reader.ReadRecord(answer.Length, links);
        return reader._canonical && reader._rest.IsEmpty ? state : null;
    }

    private RegistryState ReadRecord(int total, int links)
    {
        Expect(Bytes32.Length);
        EthereumAddress controller = ReadAddress();
        ulong anchoredAt = ReadUInt64();
        ulong anchoredBlock = ReadUInt64();
        ulong distrustedAt = ReadUInt64();
        ulong revokedAt = ReadUInt64();
        Expect(Head);
        IdentityHash current = new(ReadWord());
        PeriodState identity = ReadPeriod();
        SuccessionState succession = new(new(ReadWord()), ReadUInt64());
        ulong path = ReadUInt64();
        KeyState? key = ReadKey();
        Expect(path, total - Bytes32.Length - _rest.Length);
        return new(controller, anchoredAt, anchoredBlock, revokedAt)
        {
            DistrustedAt = distrustedAt,
            Key = key,
            CurrentIdentity = current,
            Identity = identity,
            Succession = succession,
            Path = ReadPath(links),
        };
    }

    private KeyState? ReadKey()
    {
        ulong validFrom = ReadUInt64();
        ulong revokedAt = ReadUInt64();
        ulong reason = ReadUInt64();
        _canonical &= reason <= (ulong)KeyRevocationReason.Compromised;
        Expect(KeyHead);
        byte[] multikey = ReadBytes();
        return validFrom == 0 && revokedAt == 0 && reason == 0 && multikey.Length == 0 ? null : new(multikey, validFrom, revokedAt, (KeyRevocationReason)reason);
    }

    private LinkState[] ReadPath(int links)
    {
        Expect(links);
        LinkState[] path = new LinkState[links];
        for (int link = 0; link < links; link++)
        {
            AccreditationState accreditation = new(ReadUInt64(), ReadUInt64(), ReadUInt64(), (AccreditationScope)ReadUInt64());
            path[link] = new(accreditation, ReadPeriod());
        }

        return path;
    }

    private PeriodState ReadPeriod() => new(ReadUInt64(), ReadUInt64());

    private EthereumAddress ReadAddress()
    {
        Bytes32 word = ReadWord();
        ReadOnlySpan<byte> bytes = word;
        _canonical &= !bytes[..12].ContainsAnyExcept((byte)0);
        return EthereumAddress.From(bytes[12..]);
    }

    private ulong ReadUInt64()
    {
        Bytes32 word = ReadWord();
        ReadOnlySpan<byte> bytes = word;
        _canonical &= !bytes[..24].ContainsAnyExcept((byte)0);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    private byte[] ReadBytes()
    {
        ulong length = ReadUInt64();
        if (length > (ulong)_rest.Length)
        {
            _canonical = false;
            return [];
        }

        int words = ((int)length + Bytes32.Length - 1) / Bytes32.Length;
        byte[] padded = new byte[words * Bytes32.Length];
        for (int word = 0; word < words; word++)
        {
            ReadWord().ToArray().CopyTo(padded, word * Bytes32.Length);
        }

        _canonical &= !padded.AsSpan((int)length).ContainsAnyExcept((byte)0);
        return padded[..(int)length];
    }

    private void Expect(int value) => Expect(ReadUInt64(), value);

    private void Expect(ulong read, int value) => _canonical &= read == (ulong)value;

    private Bytes32 ReadWord()
    {
        if (_rest.Length < Bytes32.Length)
        {
            _canonical = false;
            _rest = [];
            return default;
        }

        Bytes32 word = Bytes32.From(_rest[..Bytes32.Length]);
        _rest = _rest[Bytes32.Length..];
        return word;
    }
}
