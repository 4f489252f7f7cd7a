using System.Net;
using System.Text.Json;
using Credentials.OpenId.Wallet.Presenting;
using Credentials.TestKit.Wallets;

namespace Credentials.VerifierWeb.Tests.Presentations;

/// <summary>Who sees a question's page and what came by its link: whoever asked, and nobody who was sent it.</summary>
public sealed class AskingBrowserTests(VerifierApplication application) : IClassFixture<VerifierApplication>
{
    private const string Plain = """{"query":"degree","responseMode":"direct_post"}""";

    [Fact]
    public async Task Shows_what_came_by_the_link_on_the_same_device_only_to_the_browser_that_asked()
    {
        using Asker asker = new(application);
        using Learner learner = await Learner.CreateAsync(application.World);
        JsonElement opened = await asker.AskAsync("""{"query":"degree"}""");
        PresentationReceipt receipt = (await asker.Wallet.SendAsync(await asker.ProposeAsync(opened, learner.Held, "sameDevice"), default)).Require();
        string back = receipt.RedirectUri!.PathAndQuery;

        JsonElement locked = await asker.StateAsync(opened);
        Assert.Equal("open", locked.GetProperty("state").GetString());
        Assert.True(locked.GetProperty("waitingForReturn").GetBoolean());
        Assert.False(locked.TryGetProperty("presentations", out _));
        Assert.Equal(HttpStatusCode.Forbidden, await ReturnAsync(asker, back, cookie: null));
        Assert.Equal(HttpStatusCode.Forbidden, await ReturnAsync(asker, back, "asked-x=y"));

        using HttpResponseMessage page = await asker.Http.GetAsync($"/presentations/{opened.GetProperty("id").GetString()}/page");
        string cookie = Assert.Single(page.Headers.GetValues("Set-Cookie")).Split(';')[0];
        Assert.Equal(HttpStatusCode.Forbidden, await ReturnAsync(asker, back.Split('=')[0] + "=wrong", cookie));
        Assert.Equal(HttpStatusCode.Found, await ReturnAsync(asker, back, cookie));

        // And then still to that browser alone: whoever knows the question's address only sees that it waits.
        string address = $"/presentations/{opened.GetProperty("id").GetString()}";
        using HttpResponseMessage own = await asker.GetAsync(address, cookie);
        Assert.Equal("answered", JsonDocument.Parse(await own.Content.ReadAsStringAsync()).RootElement.GetProperty("state").GetString());
        Assert.Equal("open", (await asker.StateAsync(opened)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Refuses_the_page_to_every_browser_but_the_one_that_asked()
    {
        using Asker asker = new(application);
        using FormUrlEncodedContent form = new([new("query", "degree")]);
        using HttpResponseMessage asked = await asker.Http.PostAsync("/presentations?lang=en", form);
        string page = asked.Headers.Location!.OriginalString;
        string cookie = Assert.Single(asked.Headers.GetValues("Set-Cookie")).Split(';')[0];

        // The learner was sent the link of the page, to answer in the asker's place.
        using HttpResponseMessage learner = await asker.GetAsync(page, cookie: null);
        using HttpResponseMessage forged = await asker.GetAsync(page, cookie.Split('=')[0] + "=" + page.Split('/')[2]);
        using HttpResponseMessage own = await asker.GetAsync(page, cookie);

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.OK), (asked.StatusCode, learner.StatusCode, forged.StatusCode, own.StatusCode));
        Assert.False(learner.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain("openid4vp", await learner.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_the_page_of_a_question_that_a_machine_opened_to_the_first_browser_alone()
    {
        using Asker asker = new(application);
        string page = $"/presentations/{(await asker.AskAsync(Plain)).GetProperty("id").GetString()}/page";

        using HttpResponseMessage first = await asker.GetAsync(page, cookie: null);
        using HttpResponseMessage second = await asker.GetAsync(page, cookie: null);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task Says_on_the_locked_page_how_to_go_on()
    {
        using Asker asker = new(application);
        using Learner learner = await Learner.CreateAsync(application.World);
        JsonElement opened = await asker.AskAsync("""{"query":"degree"}""");
        await asker.PageAsync(opened);
        (await asker.Wallet.SendAsync(await asker.ProposeAsync(opened, learner.Held, "sameDevice"), default)).Require();

        string page = await asker.PageAsync(opened);

        Assert.Contains(WebUtility.HtmlEncode(Visitor.Words("en").Ask.LockedAdvice), page, StringComparison.Ordinal);
        Assert.Contains("/ask?lang=en", page, StringComparison.Ordinal);
        Assert.Contains("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lets_a_machine_release_the_answer_with_the_code_alone()
    {
        using Asker asker = new(application);
        using Learner learner = await Learner.CreateAsync(application.World);
        JsonElement opened = await asker.AskAsync("""{"query":"degree"}""");
        PresentationReceipt receipt = (await asker.Wallet.SendAsync(await asker.ProposeAsync(opened, learner.Held, "sameDevice"), default)).Require();

        Assert.Equal("open", (await asker.StateAsync(opened, "?response_code=wrong")).GetProperty("state").GetString());
        Assert.Equal("answered", (await asker.StateAsync(opened, receipt.RedirectUri!.Query)).GetProperty("state").GetString());
    }

    private static async Task<HttpStatusCode> ReturnAsync(Asker asker, string path, string? cookie)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using HttpResponseMessage answer = await asker.Http.SendAsync(request);
        return answer.StatusCode;
    }
}
