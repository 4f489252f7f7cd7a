using Credentials.TestKit;
using Microsoft.Playwright;

namespace Credentials.Browser;

/// <summary>What an employer does, with scripts switched off.</summary>
[Collection(Desk.Name)]
public sealed class JourneyTests(VerifierDesk desk)
{
    [BrowserFact]
    public async Task Follows_a_qr_link_and_reads_verified()
    {
        await using Visit visit = await desk.OpenAsync(script: false);
        IPage page = visit.Page;
        await page.GotoAsync(desk.Pages["verified"]);

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Verified");
        await Assertions.Expect(page).ToHaveTitleAsync("Verified – Verification desk");
    }

    [BrowserFact]
    public async Task Pastes_a_text_and_reads_verified_then_a_changed_one_and_reads_rejected()
    {
        await using Visit visit = await desk.OpenAsync(script: false);
        IPage page = visit.Page;
        await page.GotoAsync("/v");
        await page.GetByLabel("Paste the link or the text of the diploma").FillAsync(Utf8.Text(desk.Diploma));
        await page.GetByRole(AriaRole.Button, new() { Name = "Check" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Verified");

        await page.GetByRole(AriaRole.Link, new() { Name = "Check another document" }).ClickAsync();
        await page.GetByLabel("Paste the link or the text of the diploma").FillAsync(Utf8.Text(desk.Diploma).Replace("Enfermagem", "Medicina", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Check" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Rejected");
    }

    [BrowserFact]
    public async Task Chooses_a_file_and_reads_verified()
    {
        await using Visit visit = await desk.OpenAsync(script: false);
        IPage page = visit.Page;
        await page.GotoAsync("/v");
        await page.GetByLabel("Or choose its file").SetInputFilesAsync(new FilePayload { Name = "diploma.json", MimeType = "application/json", Buffer = desk.Diploma });
        await page.GetByRole(AriaRole.Button, new() { Name = "Check" }).ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Verified");
    }

    [BrowserFact]
    public async Task Sends_an_empty_form_and_is_told_what_to_do()
    {
        await using Visit visit = await desk.OpenAsync(script: false);
        IPage page = visit.Page;
        await page.GotoAsync("/v");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing was given.");
    }

    [BrowserFact]
    public async Task Changes_the_language_and_keeps_the_verdict()
    {
        await using Visit visit = await desk.OpenAsync(script: false);
        IPage page = visit.Page;
        await page.GotoAsync(desk.Pages["verified"]);
        await page.GetByRole(AriaRole.Link, new() { Name = "العربية" }).ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("تمّ التحقّق");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
    }

    [BrowserFact]
    public async Task Works_by_keyboard_alone()
    {
        await using Visit visit = await desk.OpenAsync();
        IPage page = visit.Page;
        await page.GotoAsync("/v");
        await page.GetByLabel("Paste the link or the text of the diploma").FocusAsync();
        await page.Keyboard.InsertTextAsync(Utf8.Text(desk.Diploma));
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Verified");
    }

    [BrowserTheory]
    [InlineData("form")]
    [InlineData("verified")]
    [InlineData("rejected")]
    [InlineData("cannot-tell")]
    public async Task Asks_no_other_host_and_breaks_no_rule_of_its_own(string name)
    {
        await using Visit visit = await desk.OpenAsync();
        IPage page = visit.Page;
        List<string> hosts = [];
        List<string> complaints = [];
        page.Request += (_, request) => hosts.Add(new Uri(request.Url).Authority);
        page.Console += (_, message) => complaints.Add(message.Text);
        await page.GotoAsync(desk.Pages[name], new() { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.All(hosts, host => Assert.Equal(desk.Url.Authority, host));
        Assert.Empty(complaints);
    }
}
