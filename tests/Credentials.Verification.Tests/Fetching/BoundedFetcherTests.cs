using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Text = System.Text.Encoding;

namespace Credentials.Verification.Tests.Fetching;

public sealed class BoundedFetcherTests
{
    private static readonly BoundedFetcherOptions Private = new() { AllowPrivateAddresses = true, Timeout = TimeSpan.FromSeconds(5), MaxBytes = 64 * 1024 };

    [Fact]
    public async Task Brings_the_body_and_its_media_type()
    {
        FetchedDocument answer = await FetchAsync(Answers.Json("""{"id":1}"""));

        Assert.True(answer.Ok);
        Assert.Equal("""{"id":1}""", Text.UTF8.GetString(answer.Body.Span));
        Assert.Equal("application/json", answer.ContentType);
    }

    [Fact]
    public async Task Reads_a_compressed_body()
    {
        FetchedDocument answer = await FetchAsync(Answers.Gzipped(new byte[50_000]));

        Assert.Equal(50_000, answer.Body.Length);
    }

    [Fact]
    public async Task Hands_over_HTML_for_what_it_is()
    {
        FetchedDocument answer = await FetchAsync(Answers.Html());

        Assert.Equal("text/html", answer.ContentType);
    }

    [Fact]
    public async Task Follows_redirects_to_the_end()
    {
        await using var server = new FaultServer();
        server.Routes["/1"] = Answers.Redirect("/2", 301);
        server.Routes["/2"] = Answers.Redirect(server.Url("/3").AbsoluteUri, 308);
        server.Routes["/3"] = Answers.Json("{}");

        Assert.True((await FetchAsync(server.Url("/1"))).Ok);
    }

    [Fact]
    public async Task Gives_up_on_a_redirect_loop()
    {
        await using var server = new FaultServer();
        server.Routes["/a"] = Answers.Redirect("/b");
        server.Routes["/b"] = Answers.Redirect("/a");

        Assert.Equal("too many redirects", (await FetchAsync(server.Url("/a"))).Fault);
        Assert.Equal(4, server.Requests.Count);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/x", "an address of the scheme ftp was refused")]
    [InlineData("file:///etc/passwd", "an address of the scheme file was refused")]
    [InlineData("http://user:secret@127.0.0.1/", "an address with a user name or password in it was refused")]
    public async Task Refuses_a_redirect_to(string location, string fault)
    {
        await using var server = new FaultServer();
        server.Routes["/"] = Answers.Redirect(location);

        Assert.Equal(fault, (await FetchAsync(server.Url("/"))).Fault);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(404)]
    [InlineData(204)]
    [InlineData(206)]
    [InlineData(304)]
    public async Task Takes_nothing_but_200(int status) =>
        Assert.Equal($"HTTP {status}", (await FetchAsync(Answers.Status(status))).Fault);

    [Fact]
    public async Task Says_that_the_host_is_down()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        Assert.Equal("connection refused", (await FetchAsync(new Uri($"http://127.0.0.1:{((IPEndPoint)taken.LocalEndPoint!).Port}/"))).Fault);
    }

    [Fact]
    public async Task Says_that_there_is_no_such_host() =>
        Assert.Equal("host not found", (await FetchAsync(new Uri("https://no-such-host.invalid/"))).Fault);

    [Fact]
    public async Task Says_that_the_body_is_broken_when_gzip_is_cut_short() =>
        Assert.Equal("the body of the answer is broken", (await FetchAsync(Answers.TruncatedGzip(RandomBytes(20_000)))).Fault);

    [Fact]
    public async Task Says_that_the_body_is_broken_when_it_is_no_gzip_after_all() =>
        Assert.Equal("the body of the answer is broken", (await FetchAsync(Answers.FalseGzip())).Fault);

    [Fact]
    public async Task Refuses_an_encoding_that_was_not_asked_for() =>
        Assert.Equal("the answer is packed in a way that was not asked for", (await FetchAsync(Answers.Brotli())).Fault);

    [Fact]
    public async Task Says_that_the_body_is_broken_when_it_is_shorter_than_promised() =>
        Assert.Equal("the body of the answer is broken", (await FetchAsync(Answers.WrongLength(new byte[500]))).Fault);

    [Fact]
    public async Task Says_that_the_answer_is_broken_when_the_host_hangs_up() =>
        Assert.Equal("the answer is broken", (await FetchAsync(Answers.HangUp())).Fault);

    [Fact]
    public async Task Says_that_the_answer_is_broken_when_it_is_no_HTTP() =>
        Assert.Equal("the answer is broken", (await FetchAsync(Answers.NoHttp())).Fault);

    [Fact]
    public async Task Refuses_a_huge_head() =>
        Assert.Equal("the head of the answer is too large", (await FetchAsync(Answers.HugeHead())).Fault);

    [Fact]
    public async Task Stops_reading_an_endless_body() =>
        Assert.Equal("the answer is larger than 65,536 bytes", (await FetchAsync(Answers.Endless())).Fault);

    [Fact]
    public async Task Stops_unpacking_a_bomb() =>
        Assert.Equal("the answer is larger than 65,536 bytes", (await FetchAsync(Answers.Gzipped(new byte[20_000_000]))).Fault);

    [Fact]
    public async Task Reads_a_body_of_exactly_the_largest_size() =>
        Assert.Equal(64 * 1024, (await FetchAsync(Answers.Gzipped(new byte[64 * 1024]))).Body.Length);

    [Theory]
    [InlineData("silent")]
    [InlineData("slow head")]
    [InlineData("slow body")]
    public async Task Bounds_the_time_of_the_whole_fetch(string how)
    {
        Answer answer = how switch { "silent" => Answers.Silent(), "slow head" => Answers.SlowHead(), _ => Answers.SlowBody() };
        long started = Stopwatch.GetTimestamp();

        Assert.Equal("no complete answer within 0.3 s", (await FetchAsync(answer, Private with { Timeout = TimeSpan.FromSeconds(0.3) })).Fault);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Throws_when_the_caller_cancels()
    {
        await using var server = new FaultServer();
        server.Routes["/"] = Answers.Silent();
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        using var fetcher = new BoundedFetcher(Private);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetcher.FetchAsync(server.Url("/"), "*/*", cancel.Token));
    }

    [Fact]
    public async Task Forgets_cookies_and_sends_nothing_about_the_caller()
    {
        await using var server = new FaultServer();
        server.Routes["/"] = Answers.SetsCookie("{}");
        using var fetcher = new BoundedFetcher(Private);
        await fetcher.FetchAsync(server.Url("/"), "application/vc", CancellationToken.None);
        await fetcher.FetchAsync(server.Url("/"), "application/vc", CancellationToken.None);

        Assert.All(server.Requests, head => Assert.DoesNotContain("cookie", head, StringComparison.OrdinalIgnoreCase));
        Assert.All(server.Requests, head => Assert.DoesNotContain("authorization", head, StringComparison.OrdinalIgnoreCase));
        Assert.All(server.Requests, head => Assert.Contains("Accept: application/vc\r\n", head, StringComparison.Ordinal));
    }

    private static byte[] RandomBytes(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = (byte)((i * 2_654_435_761L) >> 13);
        }

        return bytes;
    }

    private static async Task<FetchedDocument> FetchAsync(Answer answer, BoundedFetcherOptions? options = null)
    {
        await using var server = new FaultServer();
        server.Routes["/"] = answer;
        return await FetchAsync(server.Url("/"), options);
    }

    private static async Task<FetchedDocument> FetchAsync(Uri url, BoundedFetcherOptions? options = null)
    {
        using var fetcher = new BoundedFetcher(options ?? Private);
        return await fetcher.FetchAsync(url, "application/json", CancellationToken.None);
    }
}
