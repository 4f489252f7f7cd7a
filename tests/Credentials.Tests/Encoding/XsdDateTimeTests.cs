using Credentials.Encoding;

namespace Credentials.Tests.Encodings;

/// <summary>https://www.w3.org/TR/xmlschema11-2/#dateTimeStamp</summary>
public class XsdDateTimeTests
{
    [Theory]
    [InlineData("2026-06-30T12:00:00Z", "2026-06-30T12:00:00Z")]
    [InlineData("2026-06-30T12:00:00+05:30", "2026-06-30T06:30:00Z")]
    [InlineData("2026-06-30T12:00:00-14:00", "2026-07-01T02:00:00Z")]
    [InlineData("2024-02-29T23:59:59.999Z", "2024-02-29T23:59:59Z")]
    [InlineData("2026-06-30T12:00:00.12345678901234567890Z", "2026-06-30T12:00:00Z")]
    [InlineData("2026-12-31T24:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("2026-12-31T24:00:00.000Z", "2027-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z")]
    public void Reads_dates_with_their_offsets(string text, string utc)
    {
        Assert.True(XsdDateTime.TryParse(text, out DateTimeOffset value));
        Assert.Equal(utc, XsdDateTime.Format(value));
    }

    [Fact]
    public void Keeps_fractions() =>
        Assert.Equal(1234567, XsdDateTime.TryParse("2026-06-30T12:00:00.1234567Z", out DateTimeOffset value) ? value.Ticks % TimeSpan.TicksPerSecond : 0);

    [Fact]
    public void Reads_a_time_without_offset_as_utc_only_for_those_who_take_it()
    {
        Assert.False(XsdDateTime.TryParse("2026-06-30T12:00:00", out _));
        Assert.True(XsdDateTime.TryParse("2026-06-30T12:00:00", out DateTimeOffset value, requireOffset: false));
        Assert.Equal("2026-06-30T12:00:00Z", XsdDateTime.Format(value));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-06-30")]
    [InlineData("2026-06-30T12:00Z")]
    [InlineData("2026-06-30 12:00:00Z")]
    [InlineData("2026-06-30t12:00:00z")]
    [InlineData(" 2026-06-30T12:00:00Z")]
    [InlineData("2026-06-30T12:00:00Z\n")]
    [InlineData("2026-02-29T12:00:00Z")]
    [InlineData("2026-13-01T12:00:00Z")]
    [InlineData("2026-06-31T12:00:00Z")]
    [InlineData("2026-06-30T25:00:00Z")]
    [InlineData("2026-06-30T24:00:01Z")]
    [InlineData("2026-06-30T24:00:00.1Z")]
    [InlineData("2026-06-30T12:60:00Z")]
    [InlineData("2026-06-30T23:59:60Z")]
    [InlineData("2026-06-30T12:00:00.Z")]
    [InlineData("2026-06-30T12:00:00+14:01")]
    [InlineData("2026-06-30T12:00:00+15:00")]
    [InlineData("2026-06-30T12:00:00+0530")]
    [InlineData("2026-06-30T12:00:00 Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("9999-12-31T24:00:00Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("12026-06-30T12:00:00Z")]
    [InlineData("-2026-06-30T12:00:00Z")]
    [InlineData("٢٠٢٦-06-30T12:00:00Z")]
    [InlineData("Tue, 30 Jun 2026 12:00:00 GMT")]
    public void Refuses_everything_else(string? text) => Assert.False(XsdDateTime.TryParse(text, out _));
}
