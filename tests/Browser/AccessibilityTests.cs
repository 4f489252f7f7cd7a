using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Credentials.Browser;

[Collection(Desk.Name)]
public sealed class AccessibilityTests(VerifierDesk desk)
{
    private static readonly AxeRunOptions s_rules = new()
    {
        RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    private static readonly AxeRunOptions s_contrast = new() { RunOnly = new() { Type = "rule", Values = ["color-contrast"] } };

    [BrowserTheory]
    [InlineData("form", "en", "ar")]
    [InlineData("verified", "en", "es", "pt", "ar", "zh-Hans")]
    [InlineData("verified-ar-names", "en", "ar")]
    [InlineData("rejected", "en", "ar")]
    [InlineData("revoked", "en")]
    [InlineData("cannot-tell", "en", "ar")]
    [InlineData("unreachable", "en", "ar")]
    public async Task Has_nothing_that_axe_holds_against_WCAG_2_2_AA(string name, params string[] languages)
    {
        await using Visit visit = await desk.OpenAsync();
        foreach (string language in languages)
        {
            await visit.Page.GotoAsync($"{desk.Pages[name]}&lang={language}");
            await visit.Page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
            await AssertCleanAsync(visit.Page, s_rules, language);

            // Darkness changes nothing but colours.
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            await AssertCleanAsync(visit.Page, s_contrast, language + " in the dark");
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        }
    }

    [BrowserFact]
    public async Task Axe_finds_a_planted_fault()
    {
        await using Visit visit = await desk.OpenAsync();
        IPage page = visit.Page;
        await page.GotoAsync("/v");
        await page.EvaluateAsync("document.querySelector('label').remove()");

        Assert.Contains((await page.RunAxe()).Violations, violation => violation.Id == "label");
    }

    private static async Task AssertCleanAsync(IPage page, AxeRunOptions rules, string where)
    {
        AxeResult result = await page.RunAxe(rules);

        Assert.Empty(result.Violations.Select(violation => $"{where}: {violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}"));
        Assert.NotEmpty(result.Passes);
    }
}
