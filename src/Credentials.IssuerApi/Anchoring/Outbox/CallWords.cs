using System.Buffers.Binary;
using Credentials.Anchoring;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>The arguments of call data that this program made itself: 32-byte words behind a selector of four bytes.</summary>
/// <param name="Data">The call data.</param>
/// <param name="Institution">The institution in whose name it is made; the call's first argument, except where it creates one.</param>
/// <remarks>https://docs.soliditylang.org/en/latest/abi-spec.html</remarks>
internal sealed record CallWords(ReadOnlyMemory<byte> Data, InstitutionId Institution)
{
    private const int Selector = 4;
    private const int Word = 32;

    /// <summary>The argument at a place, from zero.</summary>
    public ReadOnlySpan<byte> this[int place] => Data.Span.Slice(Selector + (place * Word), Word);

    /// <summary>accredit and revokeAccreditation: accreditor, institution, identity, serial.</summary>
    public AccreditationLink Link => new(Argument(0), Argument(1), new IdentityHash(Bytes32.From(this[2])), Number(3));

    /// <summary>An institution among the arguments.</summary>
    public InstitutionId Argument(int place) => InstitutionId.From(this[place]);

    /// <summary>A string: its word is the offset of length and bytes.</summary>
    public string Text(int place)
    {
        int at = Selector + checked((int)Number(place));
        int length = checked((int)BinaryPrimitives.ReadUInt64BigEndian(Data.Span.Slice(at + Word - sizeof(ulong), sizeof(ulong))));
        return System.Text.Encoding.UTF8.GetString(Data.Span.Slice(at + Word, length));
    }

    private ulong Number(int place) => BinaryPrimitives.ReadUInt64BigEndian(this[place][(Word - sizeof(ulong))..]);
}
