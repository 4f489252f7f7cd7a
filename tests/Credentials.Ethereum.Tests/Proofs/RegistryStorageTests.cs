using System.Numerics;
using System.Text.Json;
using Credentials.TestKit;

namespace Credentials.Ethereum.Proofs;

/// <summary>The slots that are proven are those that the compiler laid out.</summary>
public sealed class RegistryStorageTests
{
    private static readonly JsonElement Layout = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "contracts", "abi", "storage-layout.json"))).RootElement;

    public static TheoryData<string, int> Mappings => new()
    {
        { "_institutions", RegistryStorage.Institutions }, { "_anchors", RegistryStorage.Anchors }, { "_revocations", RegistryStorage.Revocations },
        { "_keys", RegistryStorage.Keys }, { "_identities", RegistryStorage.Identities }, { "_currentIdentities", RegistryStorage.CurrentIdentities },
        { "_successions", RegistryStorage.Successions }, { "_proposedSuccessors", RegistryStorage.ProposedSuccessors }, { "_accreditations", RegistryStorage.Accreditations },
    };

    // Members as slot:byte from the right, in the order in which the reader takes them apart.
    public static TheoryData<string, string> Structs => new()
    {
        { "Institution", "controller 0:0, pendingController 1:0, operators 2:0" },
        { "Anchor", "time 0:0, blockNumber 0:8, distrustedAt 0:16" },
        { "SigningKey", "validFrom 0:0, revokedAt 0:8, reason 0:16, multikey 1:0" },
        { "Period", "from 0:0, until 0:8" },
        { "Succession", "successor 0:0, since 1:0" },
        { "Accreditation", "from 0:0, until 0:8, revokedAt 0:16, scope 0:24" },
    };

    [Theory]
    [MemberData(nameof(Mappings))]
    public void A_mapping_lies_where_the_compiler_put_it(string label, int slot)
    {
        JsonElement variable = Layout.GetProperty("storage").EnumerateArray().Single(variable => variable.GetProperty("label").GetString() == label);
        Assert.Equal((slot.ToString(System.Globalization.CultureInfo.InvariantCulture), 0), (variable.GetProperty("slot").GetString(), variable.GetProperty("offset").GetInt32()));
    }

    [Fact]
    public void There_is_no_mapping_that_is_not_known_here() => Assert.Equal(Mappings.Count, Layout.GetProperty("storage").GetArrayLength());

    [Theory]
    [MemberData(nameof(Structs))]
    public void A_record_is_packed_as_the_compiler_packs_it(string name, string members)
    {
        JsonElement type = Layout.GetProperty("types").EnumerateObject().Single(type => type.Name == $"t_struct({name})_storage").Value;
        Assert.Equal(members, string.Join(", ", type.GetProperty("members").EnumerateArray().Select(static member => $"{member.GetProperty("label")} {member.GetProperty("slot").GetString()}:{member.GetProperty("offset")}")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(35)]
    [InlineData(64)]
    [InlineData(128)]
    public void Bytes_of_every_length_are_read(int length)
    {
        byte[] bytes = [.. Enumerable.Range(1, length).Select(static value => (byte)value)];
        (BigInteger head, BigInteger[] data) = Store(bytes);
        Assert.Equal(length, StoredBytes.LengthOf(head));
        Assert.Equal(data.Length, StoredBytes.DataSlots(length));
        Assert.Equal(bytes, StoredBytes.Read(head, data));
    }

    [Theory]
    [InlineData("a long form for 31 bytes", 63)]
    [InlineData("129 bytes", 259)]
    [InlineData("a short form for 32 bytes", 64)]
    [InlineData("a short form for 127 bytes", 254)]
    [InlineData("bytes beyond the length", 0x0100_0000)]
    public void Bytes_that_the_contract_never_writes_are_none(string what, int head)
    {
        Assert.True(StoredBytes.LengthOf(head) is null, what);
        Assert.Null(StoredBytes.Read(head, []));
    }

    [Fact]
    public void A_length_beyond_all_bounds_is_none() => Assert.Null(StoredBytes.LengthOf(BigInteger.Pow(2, 256) - 1));

    [Fact]
    public void Padding_behind_long_bytes_must_be_zero()
    {
        (BigInteger head, BigInteger[] data) = Store([.. Enumerable.Repeat((byte)7, 35)]);
        Assert.Null(StoredBytes.Read(head, [data[0], data[1] + 1]));
    }

    [Fact]
    public void A_slot_after_the_last_one_is_the_first() =>
        Assert.Equal(default, RegistryStorage.After(RegistryStorage.Word(BigInteger.Pow(2, 256) - 1), 1));

    private static (BigInteger Head, BigInteger[] Data) Store(byte[] bytes)
    {
        static BigInteger Number(byte[] word) => new(word, isUnsigned: true, isBigEndian: true);
        byte[] Padded(byte[] chunk) => [.. chunk, .. new byte[32 - chunk.Length]];
        return bytes.Length < 32 ? (Number(Padded(bytes)) + (2 * bytes.Length), []) : ((2 * bytes.Length) + 1, [.. bytes.Chunk(32).Select(chunk => Number(Padded(chunk)))]);
    }
}
