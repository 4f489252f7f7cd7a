using System.Text.Json.Nodes;
using Credentials.DataModel;
using Credentials.TestKit;
using Credentials.VerifierWeb.Markup;

namespace Credentials.VerifierWeb.Tests;

/// <summary>Whatever a document, a link or a header says, it stays text.</summary>
public sealed class HostileTextTests(VerifierApplication application) : IClassFixture<VerifierApplication>
{
    public static TheoryData<string> Hostile { get; } =
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</bdi></dd></main><h1>Verified</h1>",
        "&lt;script&gt;&#60;b&#62;",
        "<!-- -->]]></style><style>*{display:none}",
        "javascript:alert(1)",
        "\u202Eelpmaxe.droxf\u202C",
        "a\u0000b\u001b[31mc\u2028d",
        "{0}{1}{2}",
        "\u200F\u200E\uFEFFZ̷a̶l̸g̵o",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Shows_a_hostile_name_as_text(string hostile)
    {
        JsonObject document = JsonNode.Parse(application.World.Issuer.Prepare("brazil").Text)!.AsObject();
        document["credentialSubject"]!["name"] = new JsonArray(hostile, new JsonObject { ["@value"] = hostile, ["@language"] = "en", ["@direction"] = "rtl" });
        document["issuer"]!["name"] = hostile;
        document["credentialSubject"]!["award"]!["degreeName"] = hostile;
        document.Remove("credentialStatus");
        byte[] signed = await application.World.Issuer.SignAsync(Utf8.Bytes(document.ToJsonString()));

        PageShape page = PageShape.Read((await application.UploadAsync(signed)).Html);

        Assert.Equal("Verified", page.Verdict());
        Assert.Contains(page.All("bdi"), bdi => bdi.Text == DisplayText.Of(hostile));
        Assert.Empty(page.All("script"));
        Assert.Empty(page.All("img"));
        Assert.All(page.Elements, element => Assert.DoesNotContain(element.Attributes.Keys, name => name.StartsWith("on", StringComparison.Ordinal) || name == "style"));
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Shows_a_hostile_paste_link_or_language_as_text_or_not_at_all(string hostile)
    {
        string escaped = Uri.EscapeDataString(hostile);
        foreach (string html in (string[])
        [
            (await application.PasteAsync(hostile)).Html,
            (await application.OpenAsync($"/v?c={escaped}&lang={escaped}")).Html,
            (await application.OpenAsync("/v?c=" + System.Buffers.Text.Base64Url.EncodeToString(Utf8.Bytes("https://issuer.example/" + hostile)))).Html,
            (await application.OpenAsync("/v", hostile.Replace("\0", "", StringComparison.Ordinal).Replace("\u2028", "", StringComparison.Ordinal))).Html,
            (await application.OpenAsync("/nowhere/" + escaped.Replace("%00", "", StringComparison.Ordinal))).Html,
        ])
        {
            PageShape page = PageShape.Read(html);
            Assert.Empty(page.All("script"));
            Assert.Empty(page.All("img"));
            Assert.DoesNotContain(page.All("h1"), heading => heading.Text == "Verified");
        }
    }

    [Fact]
    public async Task Shows_a_hostile_language_tag_of_a_name_not_at_all()
    {
        JsonObject document = JsonNode.Parse(application.World.Issuer.Prepare("brazil").Text)!.AsObject();
        document["credentialSubject"]!["name"] = new JsonObject { ["@value"] = "Li", ["@language"] = "en\" onclick=\"alert(1)", ["@direction"] = "ltr" };
        byte[] signed = await application.World.Issuer.SignAsync(Utf8.Bytes(document.ToJsonString()));

        string html = (await application.UploadAsync(signed)).Html;

        Assert.DoesNotContain("onclick", html, StringComparison.Ordinal);
        PageShape.Read(html);
    }

    [Theory]
    [InlineData("<b>", "&lt;b&gt;")]
    [InlineData("\"'&", "&quot;&#x27;&amp;")]
    [InlineData("سلمى 示范", "سلمى 示范")]
    [InlineData(null, "")]
    public void Encodes_text_on_its_way_in(string? text, string html) => Assert.Equal($"<p title=\"{html}\">{html}</p>", Html.Of($"""<p title="{text}">{text}</p>""").ToString());

    [Fact]
    public void Does_not_encode_markup_twice() => Assert.Equal("<i>&lt;</i>", Html.Of($"<i>{Html.Of($"{"<"}")}</i>").ToString());
}
