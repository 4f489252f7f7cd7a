using System.IO.Pipelines;
using Credentials.IssuerApi.Batches;
using Credentials.TestKit;
using FsCheck.Fluent;

namespace Credentials.IssuerApi.Tests.Batches;

public sealed class NdjsonReaderTests
{
    [Theory]
    [InlineData("a\nb\n", "1:a 2:b")]
    [InlineData("a\nb", "1:a 2:b")]
    [InlineData("a\r\nb\r\n", "1:a\r 2:b\r")]
    [InlineData("\n\na\n \t\nb", "3:a 5:b")]
    [InlineData("", "")]
    [InlineData("\n", "")]
    public async Task Numbers_lines_as_the_file_does(string text, string expected)
    {
        (string lines, string? refusal) = await ReadAsync(text, [], 100, 100);
        Assert.Null(refusal);
        Assert.Equal(expected, lines);
    }

    [Theory]
    [InlineData("12345\n", 5, 9, null)]
    [InlineData("123456\n", 5, 9, "Line 1 ")]
    [InlineData("1\n123456", 5, 9, "Line 2 ")]
    [InlineData("1\n2\n3", 5, 3, null)]
    [InlineData("1\n2\n3\n4", 5, 3, "more than 3")]
    [InlineData("1\n\n\n2\n\n3\n", 5, 3, null)]
    public async Task Stops_at_its_bounds(string text, int maxLine, int maxRows, string? refusal)
    {
        (_, string? said) = await ReadAsync(text, [], maxLine, maxRows);
        Assert.Equal(refusal is null, said is null);
        Assert.Contains(refusal ?? "", said ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holds_few_long_lines_at_a_time_and_loses_none()
    {
        const int Length = 256 * 1024;
        string text = string.Concat(Enumerable.Repeat(new string('x', Length) + "\n", 40));
        using var reader = new NdjsonReader(PipeReader.Create(new MemoryStream(Utf8.Bytes(text))), Length, 100);
        List<int> numbers = [];
        while (await reader.ReadAsync(1000, CancellationToken.None) is { Count: > 0 } lines)
        {
            Assert.InRange(lines.Sum(line => line.Text.Length), 1, NdjsonReader.MostHeldBytes + Length);
            numbers.AddRange(lines.Select(line => line.Number));
        }

        Assert.Null(reader.Refusal);
        Assert.Equal(Enumerable.Range(1, 40), numbers);
    }

    [Fact]
    public void Reads_the_same_lines_however_the_network_cuts_them()
    {
        var texts = Gen.ArrayOf(Gen.Elements("", " ", "{}", "{\"a\":1}", "\r", new string('x', 40)), 12);
        var cuts = Gen.ArrayOf(Gen.Choose(1, 9), 30);
        Randomised.ForAll(
            texts.SelectMany(lines => cuts.Select(pieces => (Text: string.Join('\n', lines), Pieces: pieces))),
            sample =>
            {
                string whole = ReadAsync(sample.Text, [], 100, 100).GetAwaiter().GetResult().Lines;
                return whole == ReadAsync(sample.Text, sample.Pieces, 100, 100).GetAwaiter().GetResult().Lines;
            },
            slice: 100,
            full: 10_000);
    }

    [Fact]
    public async Task Refuses_an_endless_line_without_keeping_it()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1 << 20));
        using var reader = new NdjsonReader(pipe.Reader, 1000, 10);
        Task<IReadOnlyList<NdjsonLine>> reading = reader.ReadAsync(10, CancellationToken.None);
        await pipe.Writer.WriteAsync(new byte[4000]);
        Assert.Empty(await reading);
        Assert.NotNull(reader.Refusal);
    }

    private static async Task<(string Lines, string? Refusal)> ReadAsync(string text, int[] pieces, int maxLine, int maxRows)
    {
        var pipe = new Pipe();
        Task writing = WriteAsync(pipe.Writer, Utf8.Bytes(text), pieces);
        using var reader = new NdjsonReader(pipe.Reader, maxLine, maxRows);
        List<NdjsonLine> all = [];
        while (await reader.ReadAsync(2, CancellationToken.None) is { Count: > 0 } chunk)
        {
            all.AddRange(chunk);
        }

        await pipe.Reader.CompleteAsync();
        await writing;
        return (string.Join(' ', all.Select(line => $"{line.Number}:{Utf8.Text(line.Text)}")), reader.Refusal);
    }

    private static async Task WriteAsync(PipeWriter writer, byte[] bytes, int[] pieces)
    {
        int at = 0;
        foreach (int piece in pieces)
        {
            int length = Math.Min(piece, bytes.Length - at);
            await writer.WriteAsync(bytes.AsMemory(at, length));
            at += length;
        }

        await writer.WriteAsync(bytes.AsMemory(at));
        await writer.CompleteAsync();
    }
}
