using System.Globalization;
using System.Text.Json.Nodes;
using Credentials.Status;
using Credentials.TestKit;
using Credentials.Tests.DataModel;
using FsCheck.Fluent;

namespace Credentials.Tests.Status;

public sealed class StatusSizeTests
{
    private const string Entry = "/credentialStatus/1";

    [Fact]
    public void An_entry_begins_at_index_times_size_and_reads_from_the_left()
    {
        var list = new BitstringStatusList();
        list.SetValueAt(1, 3, 0b101);
        Assert.Equal((false, true, false, true, false), (list[2], list[3], list[4], list[5], list[6]));
        Assert.Equal(0b0001_0100, list.Bytes.Span[0]);
        Assert.Equal(0b101, list.ValueAt(1, 3));
        Assert.Equal((0, 0), (list.ValueAt(0, 3), list.ValueAt(2, 3)));
    }

    [Fact]
    public void Of_one_bit_it_is_the_bit()
    {
        var list = new BitstringStatusList { [9] = true };
        Assert.Equal((0, 1, 0), (list.ValueAt(8, 1), list.ValueAt(9, 1), list.ValueAt(10, 1)));
        Assert.Equal(list.Length, list.LengthOf(1));
    }

    [Fact]
    public void Any_value_of_any_size_comes_back_and_touches_no_neighbour() => Randomised.ForAll(
        from size in Gen.Choose(1, 16)
        from index in Gen.Choose(0, (BitstringStatusList.MinimumLength / size) - 1)
        from value in Gen.Choose(0, (1 << size) - 1)
        from filled in Gen.Elements(true, false)
        select (size, index, value, filled),
        at =>
        {
            byte[] bits = new byte[BitstringStatusList.MinimumLength / 8];
            Array.Fill(bits, at.filled ? (byte)0xff : (byte)0);
            BitstringStatusList list = BitstringStatusList.FromBytes(bits);
            list.SetValueAt(at.index, at.size, at.value);
            BitstringStatusList read = BitstringStatusList.Decode(list.Encode()).Require();
            int others = at.filled ? (1 << at.size) - 1 : 0;
            return read.ValueAt(at.index, at.size) == at.value
                && (at.index == 0 || read.ValueAt(at.index - 1, at.size) == others)
                && (at.index + 1 == read.LengthOf(at.size) || read.ValueAt(at.index + 1, at.size) == others);
        },
        slice: 100,
        full: 20_000);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 17)]
    [InlineData(-1, 2)]
    [InlineData(65_536, 2)]
    [InlineData(43_690, 3)]
    [InlineData(int.MaxValue, 16)]
    public void There_is_nothing_outside_of_the_list(int index, int size)
    {
        var list = new BitstringStatusList();
        Assert.Throws<ArgumentOutOfRangeException>(() => list.ValueAt(index, size));
        Assert.Throws<ArgumentOutOfRangeException>(() => list.SetValueAt(index, size, 0));
    }

    [Theory]
    [InlineData(2, 4)]
    [InlineData(2, -1)]
    [InlineData(16, 65_536)]
    public void There_is_no_value_beyond_the_size(int size, int value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BitstringStatusList().SetValueAt(0, size, value));

    [Fact]
    public void An_entry_of_two_bits_is_read_with_its_messages()
    {
        BitstringStatusListEntry entry = Read(Sized());
        Assert.Equal((2, 4), (entry.StatusSize, entry.StatusMessages.Count));
        Assert.Equal("pending", entry.MessageFor(2)!.TextFor(CultureInfo.InvariantCulture));
        Assert.Equal(["https://example.edu/what"], entry.StatusReferences);
        Assert.Null(entry.MessageFor(4));
    }

    [Fact]
    public void A_message_is_told_in_the_language_that_is_asked_for()
    {
        BitstringStatusListEntry entry = Read(Sized().With(Entry + "/statusMessage/1/message", """[{"@value":"lost","@language":"en"},{"@value":"perdido","@language":"es-MX"},{"@value":"?"}]"""));
        StatusMessage message = entry.MessageFor(1)!;
        Assert.Equal("perdido", message.TextFor(new CultureInfo("es-AR")));
        Assert.Equal("lost", message.TextFor(new CultureInfo("en")));
        Assert.Equal("?", message.TextFor(new CultureInfo("zh-Hans")));
    }

    [Fact]
    public void One_bit_may_have_its_two_messages() =>
        Assert.Equal(2, Read(Sized().With(Entry + "/statusSize", null).With(Entry + "/statusMessage", """[{"status":"0x0","message":"ok"},{"status":"0x1","message":"recalled","more":1}]""")).StatusMessages.Count);

    [Theory]
    [InlineData("/statusSize", "0", "/statusSize")]
    [InlineData("/statusSize", "-1", "/statusSize")]
    [InlineData("/statusSize", "17", "/statusSize")]
    [InlineData("/statusSize", "2147483648", "/statusSize")]
    [InlineData("/statusSize", "1.5", "/statusSize")]
    [InlineData("/statusSize", "\"2\"", "/statusSize")]
    [InlineData("/statusSize", "null", "/statusSize")]
    [InlineData("/statusSize", "1", "/statusMessage")]
    [InlineData("/statusSize", "3", "/statusMessage")]
    [InlineData("/statusMessage", null, "/statusMessage")]
    [InlineData("/statusMessage", "[]", "/statusMessage")]
    [InlineData("/statusMessage", "{}", "/statusMessage")]
    [InlineData("/statusMessage/3", "7", "/statusMessage")]
    [InlineData("/statusMessage/3/status", "\"0x2\"", "/statusMessage")]
    [InlineData("/statusMessage/3/status", "\"0x4\"", "/statusMessage")]
    [InlineData("/statusMessage/3/status", "\"3\"", "/statusMessage")]
    [InlineData("/statusMessage/3/status", "\"0x\"", "/statusMessage")]
    [InlineData("/statusMessage/3/status", "\"0x-1\"", "/statusMessage")]
    [InlineData("/statusMessage/3/status", "\"0xFFFFFFFF\"", "/statusMessage")]
    [InlineData("/statusMessage/3/status", "3", "/statusMessage")]
    [InlineData("/statusMessage/3/message", null, "/statusMessage")]
    [InlineData("/statusMessage/3/message", "7", "/statusMessage")]
    [InlineData("/statusReference", "7", "/statusReference")]
    [InlineData("/statusReference", "\"no url\"", "/statusReference")]
    [InlineData("/statusReference", "[]", "/statusReference")]
    public void A_size_that_does_not_say_what_it_means_is_malformed(string pointer, string? value, string at)
    {
        Problem problem = Sized().With(Entry + pointer, value).Read().Problem!;
        Assert.Equal((ProblemCode.MalformedValueError, Entry + at), (problem.Code, problem.Pointer));
    }

    private static BitstringStatusListEntry Read(JsonObject document) => document.Read().Require().StatusEntries.Single(entry => entry.StatusPurpose == "suspension");

    private static JsonObject Sized() => CredentialJson.Full()
        .With(Entry + "/statusSize", "2")
        .With(Entry + "/statusReference", "\"https://example.edu/what\"")
        .With(Entry + "/statusMessage", """[{"status":"0x0","message":"valid"},{"status":"0x1","message":"lost"},{"status":"0x2","message":"pending"},{"status":"0x3","message":"undefined"}]""");
}
