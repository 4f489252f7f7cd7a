using Credentials.Dids;
using Credentials.OpenId.Wallet.Presenting;
using Credentials.TestKit;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Credentials.Browser;

/// <summary>What an employer does who asks for a diploma: chooses, shows a code, reads the answer.</summary>
[Collection(Desk.Name)]
public sealed class AskTests(VerifierDesk desk)
{
    private static readonly bool s_keep = Environment.GetEnvironmentVariable("CREDENTIALS_SCREENSHOTS") == "1";

    [BrowserTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Asks_for_a_level_and_reads_it_with_a_script_or_without(bool script)
    {
        await using Visit visit = await desk.OpenAsync(script: script);
        IPage page = visit.Page;
        await page.GotoAsync("/v");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ask somebody for their diploma" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "QR code of the question" })).ToBeVisibleAsync();
        await AnswerAsync(page);
        if (!script)
        {
            await page.GetByRole(AriaRole.Link, new() { Name = "See whether the answer is there" }).ClickAsync();
        }

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Verified", new() { Timeout = 10_000 });
        await Assertions.Expect(page.Locator("#shown + dl")).ToContainTextAsync("Bachelor's degree level (6)");
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("Enfermagem");
    }

    [BrowserTheory]
    [InlineData("level", "en", 390, 844)]
    [InlineData("degree", "en", 1280, 900)]
    [InlineData("degree", "ar", 390, 844)]
    [InlineData("diploma", "zh-Hans", 390, 844)]
    public async Task Every_page_of_a_question_fits_reads_well_and_keeps_to_its_rules(string question, string language, int width, int height)
    {
        await using Visit visit = await desk.OpenAsync(width, height, scale: width < 600 ? 2 : 1);
        IPage page = visit.Page;
        List<string> complaints = [];
        page.Console += (_, message) => complaints.Add(message.Text);
        await page.GotoAsync($"/ask?lang={language}");
        await page.Locator($"#{question}").CheckAsync();
        await LookAsync(page, $"ask-{question}-{language}");
        await page.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("svg.qr")).ToBeVisibleAsync();
        await LookAsync(page, $"wait-{question}-{language}");
        await AnswerAsync(page);
        await Assertions.Expect(page.Locator(".verdict h1")).ToBeVisibleAsync(new() { Timeout = 10_000 });
        await LookAsync(page, $"answer-{question}-{language}");

        Assert.Empty(complaints);
    }

    [BrowserFact]
    public async Task Says_why_an_answer_is_refused()
    {
        await using Visit visit = await desk.OpenAsync(scale: 2);
        IPage page = visit.Page;
        await page.GotoAsync("/ask?lang=en");
        await page.Locator("#degree").CheckAsync();
        await page.Locator("button[type=submit]").ClickAsync();
        await AnswerAsync(page, surplus: "/grade");

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("No usable answer", new() { Timeout = 10_000 });
        await Assertions.Expect(page.Locator(".reason")).ToHaveTextAsync("The wallet showed something for which you did not ask: Grade.");
        await LookAsync(page, "answer-refused-en");
    }

    /// <summary>The wallet on another device reads what the code says and answers.</summary>
    private async Task AnswerAsync(IPage page, string? surplus = null)
    {
        string id = new Uri(page.Url).AbsolutePath.Split('/')[2];
        using HttpClient http = new(new Rerouted(desk.Url)) { BaseAddress = desk.Url };

        PresentationClient wallet = new(http, new() { Resolver = DidResolver.Offline });
        PresentationProposal proposal = PresentationClient.Propose((await wallet.OpenAsync(desk.QrTextOf(id), default)).Require(), desk.Learner.Held).Require();
        if (surplus is not null)
        {
            ShownCredential shown = proposal.Shown[0];
            proposal = proposal with { Shown = [shown with { Match = shown.Match with { Disclosures = [.. shown.Match.Disclosures, surplus] } }] };
        }

        Parsed<PresentationReceipt> receipt = await wallet.SendAsync(proposal, default);
        Assert.Equal(surplus is null, receipt.Ok);
    }

    private static async Task LookAsync(IPage page, string name)
    {
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name);
        AxeResult result = await page.RunAxe(new AxeRunOptions { RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } });
        Assert.True(result.Violations.Length == 0, $"{name}: {string.Join("; ", result.Violations.Select(violation => $"{violation.Id}: {violation.Help} {string.Join(", ", violation.Nodes.Select(node => node.Html))}"))}");
        byte[] picture = await page.ScreenshotAsync(new() { FullPage = true });
        Assert.InRange(picture.Length, 10_000, 2_000_000);
        if (s_keep)
        {
            await File.WriteAllBytesAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(Repository.Root, "docs", "images")).FullName, name + ".png"), picture);
        }
    }

    /// <summary>Leads what is meant for the verifier's public name to where it listens.</summary>
    private sealed class Rerouted(Uri to) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Uri named = request.RequestUri!;
            request.RequestUri = new Uri(to, named.PathAndQuery);
            HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
            request.RequestUri = named;
            return answer;
        }
    }
}
