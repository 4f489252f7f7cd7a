using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Credentials.Browser.Wallet;

/// <summary>How the wallet's pages look and read, in four languages, two of them unlike English in direction or script.</summary>
[Collection(Learners.Name)]
public sealed class WalletPageTests(LearnerWorld world)
{
    private static readonly AxeRunOptions s_rules = new()
    {
        RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    [BrowserTheory]
    [InlineData("en", "ltr")]
    [InlineData("es", "ltr")]
    [InlineData("ar", "rtl")]
    [InlineData("zh-Hans", "ltr")]
    public async Task Has_nothing_that_axe_holds_against_WCAG_2_2_AA_and_fits_every_screen(string language, string direction)
    {
        await using Visit visit = await world.OpenAsync(language);
        IPage page = visit.Page;
        List<string> complaints = [];
        page.Console += (_, message) => complaints.AddRange(message.Type is "error" or "warning" ? [message.Text] : Array.Empty<string>());
        (string offer, string? code) = await world.OfferAsync();
        await page.GotoAsync(offer);
        await page.Locator("input.code").WaitForAsync();
        Assert.Equal(direction, await page.EvaluateAsync<string>("document.documentElement.dir"));
        await LookAsync(page, $"wallet-offer-{language}");
        await page.Locator("input.code").FillAsync(code!);
        await page.Locator("main .actions .primary").ClickAsync();
        await page.Locator("main div.card").WaitForAsync();
        await LookAsync(page, $"wallet-card-{language}");
        (string question, _) = await world.AskAsync(new() { ["query"] = "level", ["level"] = 6 });
        await page.GotoAsync(question);
        await page.Locator(".exact").WaitForAsync();
        await LookAsync(page, $"wallet-present-{language}");
        foreach (string name in (string[])["", "add", "history", "settings"])
        {
            await page.GotoAsync($"/#/{name}");
            await page.Locator("nav [aria-current=page]").WaitForAsync();
            await LookAsync(page, $"wallet-{(name.Length == 0 ? "home" : name)}-{language}");
        }

        Assert.Empty(complaints);
    }

    [BrowserFact]
    public async Task Is_gone_through_by_keyboard_alone()
    {
        await using Visit visit = await world.OpenAsync();
        IPage page = visit.Page;
        (string offer, string? code) = await world.OfferAsync();
        await page.GotoAsync(offer);
        await page.Locator("input.code").WaitForAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.InsertTextAsync(code!);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("main div.card")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.Equal("H1", await page.EvaluateAsync<string>("document.activeElement.tagName"));
    }

    private static async Task LookAsync(IPage page, string name)
    {
        foreach (ColorScheme scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            AxeResult result = await page.RunAxe(s_rules);
            Assert.Empty(result.Violations.Select(violation => $"{name} {scheme}: {violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}"));
            Assert.NotEmpty(result.Passes);
        }

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        foreach (int width in (int[])[320, 1280, 390])
        {
            await page.SetViewportSizeAsync(width, 844);
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{name} {width}");
        }

        byte[] picture = await page.ScreenshotAsync();
        if (Environment.GetEnvironmentVariable("CREDENTIALS_SCREENSHOTS") == "1")
        {
            string folder = Directory.CreateDirectory(Path.Combine(TestKit.Repository.Root, "docs", "images")).FullName;
            await File.WriteAllBytesAsync(Path.Combine(folder, name + ".png"), picture);
        }
    }
}
