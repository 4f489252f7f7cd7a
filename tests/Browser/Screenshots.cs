using Credentials.TestKit;
using Microsoft.Playwright;

namespace Credentials.Browser;

/// <summary>The pictures of the documents. Written only when <c>CREDENTIALS_SCREENSHOTS=1</c>; otherwise taken and thrown away, so that they cannot rot.</summary>
[Collection(Desk.Name)]
public sealed class Screenshots(VerifierDesk desk)
{
    private static readonly bool s_keep = Environment.GetEnvironmentVariable("CREDENTIALS_SCREENSHOTS") == "1";

    [BrowserTheory]
    [InlineData("verdict-verified", "verified", "en", 390, 844)]
    [InlineData("verdict-rejected", "rejected", "en", 390, 844)]
    [InlineData("verdict-cannot-tell", "cannot-tell", "en", 390, 844)]
    [InlineData("verdict-form", "form", "en", 390, 844)]
    [InlineData("verdict-verified-ar", "verified-ar-names", "ar", 390, 844)]
    [InlineData("verdict-verified-desktop", "verified", "en", 1280, 900)]
    public async Task Takes(string file, string name, string language, int width, int height)
    {
        await using Visit visit = await desk.OpenAsync(width, height, scale: width < 600 ? 2 : 1);
        IPage page = visit.Page;
        await page.GotoAsync($"{desk.Pages[name]}&lang={language}");
        byte[] picture = await page.ScreenshotAsync();

        Assert.InRange(picture.Length, 10_000, 1_000_000);
        if (s_keep)
        {
            string folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "docs", "images")).FullName;
            await File.WriteAllBytesAsync(Path.Combine(folder, file + ".png"), picture);
        }
    }
}
