using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Credentials.TestKit;

namespace Credentials.VerifierWeb.Tests;

/// <summary>Garbage is an everyday visitor: it gets an answer, never a fault of ours and never a verdict against a diploma.</summary>
public sealed class GarbageTests(VerifierApplication application) : IClassFixture<VerifierApplication>
{
    public static TheoryData<string> Kinds { get; } = [.. Make().Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Says_cannot_tell_of_an_uploaded(string kind)
    {
        (HttpStatusCode status, string html) = await application.UploadAsync(Make()[kind]);

        Assert.True((int)status < 500, $"{kind}: {status}");
        PageShape page = PageShape.Read(html);
        Assert.Equal(kind is "empty file" or "blanks" ? [] : ["Cannot tell"], page.All("h1").Select(heading => heading.Text));
        Assert.Empty(page.All("section", "bad"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Says_cannot_tell_of_a_link_that_leads_to(string kind)
    {
        string locator = application.World.Publish(Make()[kind], "application/vc", Guid.NewGuid().ToString("N")).Locator;

        (HttpStatusCode status, string html) = await application.OpenAsync("/v?c=" + locator);

        Assert.True((int)status < 500, $"{kind}: {status}");
        Assert.Equal("Cannot tell", PageShape.Read(html).Verdict());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Answers_machines_with_400_or_413_to(string kind)
    {
        using HttpClient client = application.CreateClient();
        using ByteArrayContent body = new(Make()[kind]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using HttpResponseMessage answer = await client.PostAsync("/credentials/verify", body);

        Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge]);
        Assert.DoesNotContain("\"verified\":true", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nbroken off")]
    [InlineData("multipart/form-data", "no boundary")]
    [InlineData("multipart/form-data; boundary=x", "")]
    [InlineData("application/x-www-form-urlencoded", "text=%zz&text=%00&=&&&&")]
    [InlineData("application/x-www-form-urlencoded", "a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9&j=10")]
    [InlineData("application/json", "{}")]
    [InlineData("text/plain", "hello")]
    [InlineData(null, "hello")]
    public async Task Answers_a_broken_form_with_the_form(string? contentType, string body)
    {
        using HttpClient client = application.CreateClient();
        using ByteArrayContent content = new(Utf8.Bytes(body));
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);

        using HttpResponseMessage answer = await client.PostAsync("/v", content);

        Assert.True((int)answer.StatusCode < 500, answer.StatusCode.ToString());
        Assert.Single(PageShape.Read(await answer.Content.ReadAsStringAsync()).All("form"));
    }

    [Theory]
    [InlineData("c=")]
    [InlineData("c=%00")]
    [InlineData("c=a&c=b")]
    [InlineData("c=_w")]
    [InlineData("c=ZmlsZTovLy9ldGMvcGFzc3dk")] // file:///etc/passwd
    [InlineData("c=aHR0cDovLzE2OS4yNTQuMTY5LjI1NC8")] // http://169.254.169.254/
    [InlineData("c=%F0%9F%8E%93")]
    public async Task Answers_a_damaged_locator_with_the_form(string query)
    {
        (HttpStatusCode status, string html) = await application.OpenAsync("/v?" + query);

        Assert.True((int)status < 500, status.ToString());
        Assert.Equal("Cannot tell", PageShape.Read(html).Verdict());
    }

    private static Dictionary<string, byte[]> Make()
    {
        byte[] diploma = Samples.Diploma("brazil");
        using MemoryStream zipped = new();
        using (GZipStream gzip = new(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(diploma);
        }

        return new(StringComparer.Ordinal)
        {
            ["empty file"] = [],
            ["blanks"] = "  \r\n\t "u8.ToArray(),
            ["words"] = "Dear Sir or Madam"u8.ToArray(),
            ["zero bytes"] = new byte[1000],
            ["random bytes"] = [.. Enumerable.Range(0, 5000).Select(i => (byte)((i * 7919) >> 3))],
            ["PDF"] = "%PDF-1.7 \u00e2\u00e3"u8.ToArray(),
            ["PNG"] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0],
            ["JPEG"] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10],
            ["web page"] = "<!doctype html><script>alert(1)</script>"u8.ToArray(),
            ["JWT"] = "eyJhbGciOiJFUzI1NiJ9.e30.AA"u8.ToArray(),
            ["gzip"] = zipped.ToArray(),
            ["UTF-16 text"] = [0xFF, 0xFE, .. System.Text.Encoding.Unicode.GetBytes(Utf8.Text(diploma))],
            ["half a diploma"] = diploma[..(diploma.Length / 2)],
            ["unsigned diploma"] = diploma,
            ["empty object"] = "{}"u8.ToArray(),
            ["array"] = "[{}]"u8.ToArray(),
            ["number"] = "42"u8.ToArray(),
            ["nested array 100,000 deep"] = [.. "{\"a\":"u8, .. System.Text.Encoding.ASCII.GetBytes(new string('[', 100_000))],
            ["lone surrogate"] = """{"type":"\ud800"}"""u8.ToArray(),
            ["invalid UTF-8"] = [.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8],
            ["member twice"] = """{"type":["VerifiableCredential"],"type":["VerifiableCredential"]}"""u8.ToArray(),
            ["wrong shapes"] = """{"@context":7,"type":{},"issuer":[],"credentialSubject":null,"proof":"x"}"""u8.ToArray(),
            ["thousand proofs"] = Utf8.Bytes($$"""{"proof":[{{string.Join(',', Enumerable.Repeat("{}", 1000))}}]}"""),
            ["two megabytes"] = [.. "{\"a\":\""u8, .. Enumerable.Repeat((byte)'x', 2 * 1024 * 1024), .. "\"}"u8],
            ["endless number"] = [.. "{\"a\":"u8, .. Enumerable.Repeat((byte)'9', 100_000), .. "}"u8],
        };
    }
}
