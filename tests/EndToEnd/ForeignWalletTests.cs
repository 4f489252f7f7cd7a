using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.EndToEnd.World;
using Credentials.TestKit;
using Credentials.TestKit.Ledger;
using Xunit.Abstractions;

namespace Credentials.EndToEnd;

/// <summary>Two wallets of other people's parts, independent of each other, take our issuer's offers and answer our verifier. What each cannot do: <c>tests/Interop/README.md</c>.</summary>
[Collection("end to end")]
public sealed class ForeignWalletTests(SharedWalletWorld shared, ITestOutputHelper output) : IClassFixture<SharedWalletWorld>
{
    private WalletWorld World => shared.World;

    [ForeignWalletTheory]
    [InlineData("openid4vc", "dc+sd-jwt", "jwk", false)]
    [InlineData("openid4vc", "dc+sd-jwt", "did:key", true)]
    [InlineData("openid4vc", "jwt_vc_json", "did:key", true)]
    [InlineData("openid4vc", "jwt_vc_json", "did:jwk", false)]
    [InlineData("openid4vc", "ldp_vc", "did:key", false)]
    [InlineData("sphereon", "dc+sd-jwt", "jwk", true)]
    [InlineData("sphereon", "dc+sd-jwt", "did:jwk", false)]
    public Task Takes_an_offer_and_shows_the_credential(string family, string format, string binding, bool txCode) => RunAsync(async () =>
    {
        ForeignWallet wallet = new(family);
        JsonArray credentials = await wallet.AcceptAsync(await OfferAsync(txCode: txCode), format, new() { ["binding"] = binding });
        await AssertVerifiedAsync(wallet, credentials, WalletTests.Whole(format));
    });

    [ForeignWalletTheory]
    [InlineData("openid4vc", "signed", "direct_post", "reference", "get")]
    [InlineData("openid4vc", "signed", "direct_post.jwt", "reference", "get")]
    [InlineData("openid4vc", "signed", "direct_post.jwt", "reference", "post")]
    [InlineData("openid4vc", "signed", "direct_post.jwt", "value", "get")]
    [InlineData("openid4vc", "unsigned", "direct_post", "value", "get")]
    [InlineData("sphereon", "signed", "direct_post", "reference", "get")]
    [InlineData("sphereon", "signed", "direct_post.jwt", "reference", "get")]
    public Task Answers_the_questions_in_every_mode_that_it_can(string family, string mode, string response, string delivery, string method) => RunAsync(async () =>
    {
        ForeignWallet wallet = new(family);
        JsonArray credentials = await wallet.AcceptAsync(await OfferAsync(), "dc+sd-jwt");
        // The third question asks for ldp_vc too, and Sphereon's schema refuses what 1.0 says of it (cryptosuite_values).
        foreach (string query in (string[])["level", "degree", .. family == "openid4vc" ? ["diploma"] : Array.Empty<string>()])
        {
            await AssertVerifiedAsync(wallet, credentials, new() { ["query"] = query, ["mode"] = mode, ["responseMode"] = response, ["delivery"] = delivery, ["requestUriMethod"] = method });
        }
    });

    // It takes the credential. To show it: its schema refuses our request for ldp_vc (cryptosuite_values, which is of 1.0), and its own query library the presentation of a jwt_vc_json.
    [ForeignWalletTheory]
    [InlineData("sphereon", "jwt_vc_json", "did:key", false)]
    [InlineData("sphereon", "ldp_vc", "did:key", true)]
    public Task Takes_an_offer_alone(string family, string format, string binding, bool txCode) => RunAsync(async () =>
        Assert.Single(await new ForeignWallet(family).AcceptAsync(await OfferAsync(txCode: txCode), format, new() { ["binding"] = binding })));

    [ForeignWalletTheory]
    [InlineData("openid4vc")]
    [InlineData("sphereon")]
    public Task Goes_by_the_issuers_page(string family) => RunAsync(async () =>
    {
        Offer offer = await World.Registrar.OfferAsync(await shared.DiplomaAsync(), byBrowser: true);
        JsonArray credentials = await new ForeignWallet(family).AcceptAsync(offer with { TxCode = null }, "dc+sd-jwt", new()
        {
            ["collectionCode"] = offer.TxCode,
            ["clientId"] = "credentials-cli",
            ["redirectUri"] = "http://127.0.0.1:65001/callback",
        });
        Assert.Single(credentials);
    });

    [ForeignWalletTheory]
    [InlineData("openid4vc")]
    public Task Takes_several_copies_at_once(string family) => RunAsync(async () =>
        Assert.Equal(3, (await new ForeignWallet(family).AcceptAsync(await OfferAsync(), "dc+sd-jwt", new() { ["batch"] = 3 })).Count));

    private async Task<Offer> OfferAsync(bool txCode = false) => await World.Registrar.OfferAsync(await shared.DiplomaAsync(), txCode: txCode);

    private async Task AssertVerifiedAsync(ForeignWallet wallet, JsonArray credentials, JsonObject question)
    {
        Question asked = await World.AskAsync(question);
        JsonNode answer = await wallet.ShowAsync(asked, credentials);
        JsonElement outcome = await World.OutcomeAsync(asked);
        Assert.True(outcome.TryGetProperty("verdict", out JsonElement verdict) && verdict.GetString() == "verified", $"{question.ToJsonString()}\n{answer}\n{outcome}");
    }

    private async Task RunAsync(Func<Task> test)
    {
        try
        {
            await test();
        }
        catch
        {
            World.WriteLogs(output);
            throw;
        }
    }
}

/// <summary>A theory that needs other people's wallets and a node to run a chain on; without one of them it is skipped and says what is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ForeignWalletTheoryAttribute : TheoryAttribute
{
    public ForeignWalletTheoryAttribute() => Skip = InteropTools.SkipReason ?? new AnvilFactAttribute().Skip;
}
