using Credentials.DataModel;

namespace Credentials.Tests.DataModel;

public sealed class DisplayTextTests
{
    [Theory]
    [InlineData("سلمى النموذجية")]
    [InlineData("می\u200Cخواهم")]
    [InlineData("示范明 👩‍🎓 é é")]
    public void Keeps_names_as_they_are_written(string name) => Assert.Equal(name, DisplayText.Of(name));

    [Theory]
    [InlineData("\u001b[2J\u001b[32mVerified", "[2J[32mVerified")]
    [InlineData("a\r\nb\tc\0", "abc")]
    [InlineData("\u202Egpj.exe", "gpj.exe")]
    [InlineData("\u2066x\u2069\u2028y\u0085z", "xyz")]
    public void Drops_what_would_steer_a_terminal_or_turn_a_line_around(string hostile, string shown) => Assert.Equal(shown, DisplayText.Of(hostile));

    [Fact]
    public void Cuts_a_text_without_cutting_a_character()
    {
        string shown = DisplayText.Of(string.Concat(Enumerable.Repeat("🎓", 100)), 9);

        Assert.Equal(string.Concat(Enumerable.Repeat("🎓", 5)) + "…", shown);
    }
}
