using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.EndToEnd.World;
using Credentials.TestKit.Ledger;
using Xunit.Abstractions;

namespace Credentials.EndToEnd;

/// <summary>A diploma into a wallet and before an employer, through real processes: every format, every mode, and what the employer is told when something is amiss.</summary>
[Collection("end to end")]
public sealed class WalletTests(ITestOutputHelper output)
{
    private static readonly string[] s_formats = ["dc+sd-jwt", "jwt_vc_json", "ldp_vc", "vc+jwt"];

    [AnvilFact]
    public Task Shows_what_is_asked_in_every_format_and_mode() => WalletWorld.RunAsync(output, async world =>
    {
        using CommandLineWallet wallet = new();
        Dictionary<string, string> ids = new(StringComparer.Ordinal);
        string master = await world.Registrar.IssueAsync();
        await world.WaitUntilAllIsFinalAsync();
        foreach (string format in s_formats)
        {
            Offer offer = await world.Registrar.OfferAsync(master, txCode: format == "ldp_vc");
            JsonElement accepted = Assert.Single(await wallet.AcceptAsync(offer, "--format", format));
            ids[format] = accepted.GetProperty("id").GetString()!;
        }

        foreach (string format in s_formats)
        {
            await AssertVerifiedAsync(world, wallet, Whole(format), "--credential", ids[format]);
        }

        // The three questions, and the ways in which a request and its answer may travel.
        string sdJwt = ids["dc+sd-jwt"];
        await AssertVerifiedAsync(world, wallet, new() { ["query"] = "level", ["level"] = 7 }, "--credential", sdJwt);
        await AssertVerifiedAsync(world, wallet, new() { ["query"] = "degree" }, "--credential", sdJwt);
        await AssertVerifiedAsync(world, wallet, new() { ["query"] = "diploma" }, "--credential", sdJwt);
        foreach ((string mode, string response, string delivery, string method) in ((string, string, string, string)[])
            [("signed", "direct_post", "reference", "get"), ("signed", "direct_post.jwt", "reference", "get"), ("signed", "direct_post.jwt", "value", "get"), ("unsigned", "direct_post", "value", "get"), ("unsigned", "direct_post.jwt", "value", "get")])
        {
            await AssertVerifiedAsync(world, wallet, new() { ["query"] = "level", ["level"] = 7, ["mode"] = mode, ["responseMode"] = response, ["delivery"] = delivery, ["requestUriMethod"] = method }, "--credential", sdJwt);
        }
    });

    [AnvilFact]
    public Task Tells_the_employer_the_truth_about_a_copy() => WalletWorld.RunAsync(output, async world =>
    {
        using CommandLineWallet wallet = new();
        string master = await world.Registrar.IssueAsync();
        await world.WaitUntilAllIsFinalAsync();
        await wallet.AcceptAsync(await world.Registrar.OfferAsync(master));
        JsonObject level = new() { ["query"] = "level", ["level"] = 7 };

        // No more is seen than was asked.
        JsonElement outcome = await AssertVerifiedAsync(world, wallet, level);
        JsonElement claims = outcome.GetProperty("presentations")[0].GetProperty("claims");
        Assert.DoesNotContain("Amina", claims.GetRawText(), StringComparison.Ordinal);
        Assert.False(claims.TryGetProperty("name", out _) || claims.TryGetProperty("diploma", out _), claims.GetRawText());

        await world.Local.StopChainAsync();
        Assert.Equal("indeterminate", (await ShowAsync(world, wallet, level)).GetProperty("verdict").GetString());
        await world.Local.StartChainAsync();

        // Who takes back the diploma takes back its copies.
        await world.Registrar.RevokeAsync(master);
        await world.Registrar.WaitAsync(new Uri($"/credentials/{master}/state", UriKind.Relative), state => state.GetProperty("revocationState").GetString() == "finalized", TimeSpan.FromMinutes(2));
        Assert.Equal("rejected", (await ShowAsync(world, wallet, level)).GetProperty("verdict").GetString());
    });

    [AnvilFact]
    public Task Takes_offers_of_every_kind() => WalletWorld.RunAsync(output, async world =>
    {
        using CommandLineWallet wallet = new();
        string master = await world.Registrar.IssueAsync();

        // By the issuer's page.
        Ran seen = await wallet.AcceptByBrowserAsync(await world.Registrar.OfferAsync(master, byBrowser: true));
        Assert.True(seen.Code == 0, seen.Out + seen.Error);

        // Several copies, each bound to a key of its own; another type of key; another name of it; in the clear.
        Assert.Equal(3, (await wallet.AcceptAsync(await world.Registrar.OfferAsync(master), "--batch", "3")).Count);
        await wallet.AcceptAsync(await world.Registrar.OfferAsync(master, txCode: true), "--key", "ed25519", "--binding", "did:key", "--plain");
        await wallet.AcceptAsync(await world.Registrar.OfferAsync(master), "--key", "p384", "--binding", "did:jwk", "--format", "jwt_vc_json");

        // By the web wallet's link, and with the keys under a passphrase.
        Offer offer = await world.Registrar.OfferAsync(master);
        string secret = Path.Combine(wallet.Folder, "passphrase");
        await File.WriteAllTextAsync(secret, "of the learner");
        await wallet.AcceptAsync(offer with { DeepLink = offer.WalletLink }, "--passphrase-file", secret);

        JsonElement listed = (await wallet.RunAsync("list", "--json")).Json.GetProperty("credentials");
        Assert.Equal(7, listed.GetArrayLength());
        Assert.DoesNotContain("\"d\":", listed.GetRawText(), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.All(Directory.GetFiles(wallet.Folder, "*.json"), AssertMine);
        }

        Question question = await world.AskAsync(new() { ["query"] = "level", ["level"] = 7 });
        Ran locked = await wallet.RunAsync("present", question.DeepLink, "--yes", "--credential", listed[6].GetProperty("id").GetString()!);
        Assert.Equal(3, locked.Code);
        await wallet.ShowAsync(question, "--passphrase-file", secret, "--credential", listed[6].GetProperty("id").GetString()!);
    });

    [AnvilFact]
    public Task Waits_for_a_diploma_that_is_given_out_when_it_is_final() => WalletWorld.RunAsync(
        output,
        async world =>
        {
            using CommandLineWallet wallet = new();
            Assert.Single(await wallet.AcceptAsync(await world.Registrar.OfferAsync(await world.Registrar.IssueAsync())));
        },
        new Dictionary<string, string>(StringComparer.Ordinal) { ["Issuer:Wallets:DeferUntilFinal"] = "true", ["Issuer:Wallets:DeferredInterval"] = "1" });

    [AnvilFact]
    public Task Tells_the_employer_when_the_learner_says_no() => WalletWorld.RunAsync(output, async world =>
    {
        using CommandLineWallet wallet = new();
        await wallet.AcceptAsync(await world.Registrar.OfferAsync(await world.Registrar.IssueAsync()));
        Question question = await world.AskAsync(new() { ["query"] = "level", ["level"] = 7 });
        Ran declined = await wallet.RunAsync("present", question.DeepLink, "--decline", "--json");
        Assert.Equal(0, declined.Code);
        Assert.False(declined.Json.GetProperty("shown").GetBoolean());
        Assert.Equal("refused", (await world.OutcomeAsync(question)).GetProperty("state").GetString());

        // Nobody at the terminal: nothing is shown, and nobody is told anything unasked.
        Question again = await world.AskAsync(new() { ["query"] = "level", ["level"] = 7 });
        Assert.Equal(3, (await wallet.RunAsync("present", again.DeepLink)).Code);
        Assert.Equal("open", (await world.OutcomeAsync(again)).GetProperty("state").GetString());
    });

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void AssertMine(string file) => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));

    private static async Task<JsonElement> AssertVerifiedAsync(WalletWorld world, CommandLineWallet wallet, JsonObject question, params string[] words)
    {
        JsonElement outcome = await ShowAsync(world, wallet, question, words);
        Assert.True(outcome.TryGetProperty("verdict", out JsonElement verdict) && verdict.GetString() == "verified", $"{question.ToJsonString()}\n{outcome}");
        return outcome;
    }

    private static async Task<JsonElement> ShowAsync(WalletWorld world, CommandLineWallet wallet, JsonObject question, params string[] words)
    {
        Question asked = await world.AskAsync(question);
        await wallet.ShowAsync(asked, words);
        return await world.OutcomeAsync(asked);
    }

    // Any credential of a format, and nothing but the evidence of its award where the rest can be withheld.
    internal static JsonObject Whole(string format)
    {
        bool selective = format == "dc+sd-jwt";
        JsonObject query = new()
        {
            ["id"] = "any",
            ["format"] = format,
            ["meta"] = selective
                ? new JsonObject { ["vct_values"] = new JsonArray("urn:credentials:diploma:v1") }
                : new JsonObject { ["type_values"] = new JsonArray(new JsonArray("https://www.w3.org/2018/credentials#VerifiableCredential")) },
        };
        if (selective)
        {
            query["claims"] = new JsonArray(new JsonObject { ["path"] = new JsonArray("evidence") });
        }

        return new() { ["dcql"] = new JsonObject { ["credentials"] = new JsonArray(query) } };
    }
}
