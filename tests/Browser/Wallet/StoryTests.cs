using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Credentials.Browser.Wallet;

/// <summary>What learners do, from an empty phone to an employer's verdict, against the real hosts.</summary>
[Collection(Learners.Name)]
public sealed class StoryTests(LearnerWorld world)
{
    [BrowserFact]
    public async Task A_learner_without_a_wallet_has_the_diploma_in_a_minute_and_shows_an_employer_only_the_level()
    {
        await using Visit visit = await world.OpenAsync();
        IPage page = visit.Page;
        (string link, string? code) = await world.OfferAsync(credential: await world.IssueAsync("morocco"));
        long start = Stopwatch.GetTimestamp();
        await page.GotoAsync(link);
        await page.GetByLabel("Code from your university").FillAsync(code!);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add to my wallet" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Your diploma is in your wallet.")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(1), $"{Stopwatch.GetElapsedTime(start)}");

        await KeepAsync(page, "wallet-card");

        (string question, Uri status) = await world.AskAsync(new() { ["query"] = "level", ["level"] = 7 });
        await page.GotoAsync(question);
        ILocator exact = page.Locator(".exact dl");
        await Assertions.Expect(exact.Locator("dt")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator(".hidden-claims")).ToContainTextAsync("Name");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show this" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Shown");

        JsonNode seen = await world.AnswerAsync(status);
        JsonNode shown = Assert.Single(seen["presentations"]!.AsArray())!;
        Assert.Equal("verified", seen["verdict"]!.GetValue<string>());
        Assert.Equal(["eqf_level", "evidence"], shown["claims"]!.AsObject().Select(claim => claim.Key).Order(StringComparer.Ordinal));
        Assert.Contains("\"accreditation\"", seen.ToJsonString(), StringComparison.Ordinal);

        await using Visit employer = await world.OpenAsync();
        await employer.Page.GotoAsync(status + "/page");
        await Assertions.Expect(employer.Page.Locator("main")).ToContainTextAsync("Master's degree level (7)");
        await Assertions.Expect(employer.Page.Locator("main")).ToContainTextAsync("Agência Modelo de Acreditação");
        await Assertions.Expect(employer.Page.Locator("main")).Not.ToContainTextAsync("Salma");
        await KeepAsync(employer.Page, "presentation-verified");

        await page.GotoAsync("/#/history");
        await Assertions.Expect(page.Locator(".history li")).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task Goes_by_the_universitys_page_and_comes_back_with_the_diploma()
    {
        await using Visit visit = await world.OpenAsync();
        IPage page = visit.Page;
        (string link, string? code) = await world.OfferAsync("authorization_code");
        await page.GotoAsync(link);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue at the university" }).ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("/openid/authorize", StringComparison.Ordinal));
        await page.Locator("input:not([type=hidden])").First.FillAsync(code!);
        await page.Locator("button").First.ClickAsync();

        await Assertions.Expect(page.GetByText("Your diploma is in your wallet.")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.DoesNotContain("code=", page.Url, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Is_told_that_a_code_is_wrong_and_may_enter_the_right_one()
    {
        await using Visit visit = await world.OpenAsync();
        IPage page = visit.Page;
        (string link, string? code) = await world.OfferAsync();
        await page.GotoAsync(link);
        ILocator input = page.GetByLabel("Code from your university"), add = page.GetByRole(AriaRole.Button, new() { Name = "Add to my wallet" });
        await add.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Enter the code first.");
        await input.FillAsync(code == "000000" ? "000001" : "000000");
        await add.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The code is not right.");
        await input.FillAsync(code!);
        await add.ClickAsync();

        await Assertions.Expect(page.GetByText("Your diploma is in your wallet.")).ToBeVisibleAsync(new() { Timeout = 60_000 });
    }

    [BrowserFact]
    public async Task Cannot_use_an_offer_twice()
    {
        await using Visit visit = await world.OpenAsync();
        IPage page = visit.Page;
        (string link, _) = await world.OfferAsync(txCode: false);
        await page.GotoAsync(link);
        await page.Locator("main .actions .primary").ClickAsync();
        await page.Locator("main div.card").WaitForAsync();
        await using Visit thief = await world.OpenAsync();
        await thief.Page.GotoAsync(link);
        ILocator go = thief.Page.GetByRole(AriaRole.Button, new() { Name = "Add to my wallet" });
        if (await Task.WhenAny(go.WaitForAsync(), thief.Page.GetByRole(AriaRole.Alert).WaitForAsync()) is { } && await go.IsVisibleAsync())
        {
            await go.ClickAsync();
        }

        await Assertions.Expect(thief.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(thief.Page.Locator("main div.card")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task Shows_nothing_to_whom_the_learner_declines()
    {
        await using Visit visit = await world.OpenAsync();
        IPage page = visit.Page;
        await world.TakeAsync(page);
        (string question, Uri status) = await world.AskAsync(new() { ["query"] = "degree" });
        await page.GotoAsync(question);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show nothing" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Nothing was shown.");

        JsonNode seen = await world.AnswerAsync(status);
        Assert.Equal("refused", seen["state"]!.GetValue<string>());
        Assert.Null(seen["presentations"]);
    }

    [BrowserTheory]
    [InlineData("degree", "unsigned", "direct_post")]
    [InlineData("degree", "signed", "direct_post.jwt")]
    [InlineData("diploma", "signed", "direct_post")]
    public async Task Answers_what_else_employers_ask(string query, string mode, string responseMode)
    {
        await using Visit visit = await world.OpenAsync();
        IPage page = visit.Page;
        await world.TakeAsync(page);
        (string question, Uri status) = await world.AskAsync(new() { ["query"] = query, ["mode"] = mode, ["responseMode"] = responseMode });
        await page.GotoAsync(question);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show this" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Shown");

        Assert.Equal("verified", (await world.AnswerAsync(status))["verdict"]!.GetValue<string>());
    }

    [BrowserFact]
    public async Task Says_before_what_a_check_sends_and_gets_the_employers_verdict()
    {
        await using Visit visit = await world.OpenAsync();
        IPage page = visit.Page;
        await world.TakeAsync(page);
        List<string> sent = [];
        page.Request += (_, request) => sent.Add(request.PostData ?? "");
        await page.GetByRole(AriaRole.Link, new() { Name = "Check it" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Not your name and nothing else about you.");
        Assert.DoesNotContain(sent, body => body.Contains("verifiableCredential", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Send and check" }).ClickAsync();

        await Assertions.Expect(page.Locator(".verdict h2")).ToHaveTextAsync("Verified", new() { Timeout = 30_000 });
        string body = Assert.Single(sent, body => body.Contains("verifiableCredential", StringComparison.Ordinal));
        Assert.InRange(JsonNode.Parse(body)!["verifiableCredential"]!.GetValue<string>().Count(character => character == '~'), 2, 4);
    }

    // The pictures of the README.
    private static async Task KeepAsync(IPage page, string name)
    {
        byte[] picture = await page.ScreenshotAsync();
        Assert.InRange(picture.Length, 10_000, 1_000_000);
        if (Environment.GetEnvironmentVariable("CREDENTIALS_SCREENSHOTS") == "1")
        {
            await File.WriteAllBytesAsync(Path.Combine(TestKit.Repository.Root, "docs", "images", name + ".png"), picture);
        }
    }
}
