using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Evidence;
using Credentials.TestKit;

namespace Credentials.VerifierWeb.Tests;

/// <summary>What the page says of accreditors, of keys that were given up, and of what it was set up to trust.</summary>
public sealed class InstitutionPageTests : IAsyncLifetime, IDisposable
{
    private readonly VerifierApplication _application = new();
    private readonly string _file = Path.GetTempFileName();
    private string _link = "";

    public async Task InitializeAsync()
    {
        await _application.InitializeAsync();
        (InstitutionId ministry, AccreditationPath path) = await _application.World.AccreditAsync();
        await WriteAsync(path);
        SampleAnchored diploma = await _application.World.IssueAnchoredAsync();
        _link = "/v?c=" + _application.World.Publish(diploma.Text).Locator;
        _application.Settings["Verifier:Accreditors:0:Registry"] = path.Registry.ToString();
        _application.Settings["Verifier:Accreditors:0:Institution"] = ministry.ToString();
        _application.Settings["Verifier:Accreditors:0:Name"] = "the <Ministry>";
        _application.Settings["Verifier:AccreditationPaths:0"] = _file;
        _application.Settings["Verifier:Policy"] = "require-accreditation";
    }

    public async Task DisposeAsync()
    {
        await _application.DisposeAsync();
        Dispose();
    }

    public void Dispose()
    {
        _application.Dispose();
        File.Delete(_file);
    }

    [Fact]
    public async Task Says_by_whom_the_institution_was_accredited_without_its_web_site()
    {
        _application.World.Web.TakeDown("universidade-modelo.example");
        PageShape page = await _application.ReadAsync(_link);

        Assert.Equal("Verified", page.Verdict());
        Assert.Contains("Accredited: Universidade Modelo de São Paulo by the <Ministry>, since 16 September 2026, for awards of European level 6–8 (EQF).", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_so_of_a_copy_that_shows_its_level_alone()
    {
        using Presentations.Asker asker = new(_application);
        using TestKit.Wallets.Learner learner = await TestKit.Wallets.Learner.CreateAsync(_application.World);

        // A copy is judged by the accreditation of now too: let the chain come as far.
        _application.World.Clock.Set(_application.World.Clock.GetUtcNow().AddMinutes(1));
        _application.World.Ledger.Mine(3);
        JsonElement opened = await asker.AskAsync("""{"query":"level","level":6}""");
        (await asker.Wallet.SendAsync(await asker.ProposeAsync(opened, learner.Held), default)).Require();
        PageShape page = PageShape.Read(await asker.PageAsync(opened));

        Assert.True(page.Verdict() == "Verified", page.Text);
        Assert.Contains("Bachelor's degree level (6)", page.Text, StringComparison.Ordinal);
        Assert.Contains("Accredited: Universidade Modelo de São Paulo by the <Ministry>", page.Text, StringComparison.Ordinal);
        Assert.Contains("The diploma of which this is a copy was recorded on", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Enfermagem", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Who stands behind the institution")]
    [InlineData("es", "Quién respalda a la institución")]
    [InlineData("pt", "Quem responde pela instituição")]
    [InlineData("ar", "من يقف وراء المؤسسة")]
    [InlineData("zh-Hans", "谁为院校作保")]
    public async Task Says_so_in_every_language(string tag, string heading)
    {
        (int _, string html) = await OpenAsync(tag);
        PageShape page = PageShape.Read(html);

        Assert.Equal(heading, page.All("h2").Single(one => one["id"] == "institution").Text);
        Assert.Contains("6–8", page.Text, StringComparison.Ordinal);
        Assert.Contains("Universidade Modelo de São Paulo", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<Ministry>", html, StringComparison.Ordinal);
        Assert.True(html.Length < 100_000);
    }

    [Fact]
    public async Task No_longer_sends_the_reader_to_guess_whose_web_address_it_is()
    {
        PageShape page = await _application.ReadAsync(_link);

        Assert.Equal("Verified", page.Verdict());
        Assert.DoesNotContain("Anybody can own a web address", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_of_a_key_that_was_given_up_later_and_finds_nothing_against_the_diploma_in_that()
    {
        _application.World.Clock.Set(_application.World.Clock.GetUtcNow().AddHours(2));
        await _application.World.RetireKeyAsync(KeyRevocationReason.Compromised);
        PageShape page = await _application.ReadAsync(_link);

        // The status lists are still signed with that key, and are of now: they are no longer believed until the institution signs them anew.
        Assert.Equal("Cannot tell", page.Verdict());
        Assert.Empty(page.All("li", "bad"));
        Assert.Contains("because somebody else may have it. The diploma was recorded before.", page.Text, StringComparison.Ordinal);
    }

    private async Task<(int Status, string Html)> OpenAsync(string tag)
    {
        using HttpClient client = _application.CreateClient();
        using HttpResponseMessage answer = await client.GetAsync(new Uri($"{_link}&lang={tag}", UriKind.Relative));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task WriteAsync(AccreditationPath path)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            path.WriteTo(writer);
        }

        await File.WriteAllBytesAsync(_file, text.ToArray());
    }
}
