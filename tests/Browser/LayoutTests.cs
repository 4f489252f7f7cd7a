using Microsoft.Playwright;

namespace Credentials.Browser;

[Collection(Desk.Name)]
public sealed class LayoutTests(VerifierDesk desk)
{
    [BrowserTheory]
    [InlineData("form")]
    [InlineData("verified")]
    [InlineData("verified-ar-names")]
    [InlineData("rejected")]
    [InlineData("cannot-tell")]
    [InlineData("unreachable")]
    public async Task Fits_the_width_of_every_screen(string name)
    {
        await using Visit visit = await desk.OpenAsync();
        foreach (string language in (string[])["en", "ar", "pt"])
        {
            await visit.Page.GotoAsync($"{desk.Pages[name]}&lang={language}");
            foreach (int width in (int[])[320, 390, 1280])
            {
                await visit.Page.SetViewportSizeAsync(width, 844);

                Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{language} {width}");
            }
        }
    }

    [BrowserFact]
    public async Task Fits_when_the_reader_doubles_the_size_of_the_text()
    {
        await using Visit visit = await desk.OpenAsync(390);
        IPage page = visit.Page;
        await page.GotoAsync($"{desk.Pages["verified"]}&lang=es");
        await page.EvaluateAsync("document.documentElement.style.fontSize = '200%'");

        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
    }

    [BrowserTheory]
    [InlineData("en", true)]
    [InlineData("ar", false)]
    public async Task Puts_the_icon_where_the_line_begins(string language, bool left)
    {
        await using Visit visit = await desk.OpenAsync();
        IPage page = visit.Page;
        await page.GotoAsync($"{desk.Pages["verified"]}&lang={language}");
        LocatorBoundingBoxResult icon = (await page.Locator(".verdict svg").BoundingBoxAsync())!;
        LocatorBoundingBoxResult word = (await page.Locator("h1").BoundingBoxAsync())!;

        Assert.Equal(left, icon.X < word.X);
    }

    [BrowserTheory]
    [InlineData("verified", "en")]
    [InlineData("rejected", "ar")]
    public async Task Shows_the_verdict_without_scrolling_on_a_phone(string name, string language)
    {
        await using Visit visit = await desk.OpenAsync(360, 640);
        IPage page = visit.Page;
        await page.GotoAsync($"{desk.Pages[name]}&lang={language}");
        LocatorBoundingBoxResult word = (await page.Locator("h1").BoundingBoxAsync())!;

        Assert.InRange(word.Y + word.Height, 0, 320);
        Assert.InRange(word.Height, 30, 120);
    }

    [BrowserFact]
    public async Task Prints_the_verdict_on_at_most_two_sheets_of_paper()
    {
        await using Visit visit = await desk.OpenAsync();
        IPage page = visit.Page;
        await page.GotoAsync(desk.Pages["verified"]);
        byte[] pdf = await page.PdfAsync(new() { Format = "A4" });

        int sheets = System.Text.Encoding.Latin1.GetString(pdf).Split("/Type /Page\n").Length - 1;
        Assert.InRange(sheets, 1, 2);
    }
}
