using System.Net;
using System.Text.Json;
using Credentials.Anchoring;

namespace Credentials.IssuerApi.Tests.Issuance;

public sealed class ReadingTests(IssuerApplication issuer) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task The_anchored_form_carries_a_receipt_of_this_very_credential()
    {
        University university = await issuer.CreateUniversityAsync();
        string id = await IssueFinalAsync(university);
        using HttpResponseMessage answer = await university.Registrar.GetAsync($"/credentials/{id}?form=anchored");
        JsonElement credential = await answer.ReadAsync(HttpStatusCode.OK);

        AnchorReceipt receipt = Assert.Single(MerkleAnchor2026.ReceiptsIn(credential)).Require();
        AnchorDigest digest = MerkleAnchor2026.DigestOf(credential)!.Value;
        Assert.Equal(receipt.Root, MerkleTree.RootFromPath(digest, receipt.LeafIndex, receipt.TreeSize, [.. receipt.Path]));
        Assert.Equal(university.ChainInstitution, receipt.Institution.ToString());
        Assert.Equal(issuer.Chain.Registry, receipt.Registry);
    }

    [Fact]
    public async Task The_state_tells_where_the_chain_has_it()
    {
        University university = await issuer.CreateUniversityAsync();
        string id = await IssueFinalAsync(university);
        using HttpResponseMessage answer = await university.Registrar.GetAsync($"/credentials/{id}/state");
        JsonElement state = await answer.ReadAsync(HttpStatusCode.OK);

        Assert.Equal("active", state.GetProperty("status").GetString());
        Assert.True(MerkleRoot.TryParse(state.GetProperty("root").GetString(), out MerkleRoot root));
        Assert.True(state.GetProperty("block").GetUInt64() > 0);
        Assert.True(Bytes32.TryParse(state.GetProperty("transaction").GetString(), out _));
        Assert.False(state.TryGetProperty("problem", out _));

        using HttpClient anybody = issuer.ClientOf(null);
        using HttpResponseMessage file = await anybody.GetAsync($"/anchors/{root}");
        AnchorBatch batch = AnchorBatch.FromJson(await file.ReadAsync(HttpStatusCode.OK)).Require();
        using HttpResponseMessage bare = await university.Registrar.GetAsync($"/credentials/{id}");
        Assert.NotNull(batch.ReceiptOf(MerkleAnchor2026.DigestOf(await bare.ReadAsync(HttpStatusCode.OK))!.Value));
        Assert.Contains("immutable", file.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_receipt_is_the_one_in_the_anchored_form()
    {
        University university = await issuer.CreateUniversityAsync();
        string id = await IssueFinalAsync(university);
        using HttpResponseMessage answer = await university.Registrar.GetAsync($"/credentials/{id}/receipt");
        AnchorReceipt receipt = AnchorReceiptFormat.FromJson(await answer.ReadAsync(HttpStatusCode.OK)).Require();
        using HttpResponseMessage anchored = await university.Registrar.GetAsync($"/credentials/{id}?form=anchored");
        AnchorReceipt inside = MerkleAnchor2026.ReceiptsIn(await anchored.ReadAsync(HttpStatusCode.OK))[0].Require();
        Assert.Equal(AnchorReceiptFormat.ToCbor(inside), AnchorReceiptFormat.ToCbor(receipt));
    }

    [Fact]
    public async Task While_the_chain_is_down_issuing_works_and_the_anchored_form_is_refused()
    {
        using var folder = new TemporaryFolder();
        await using var unplugged = new IssuerApplication(folder.Path, new() { MinesAtOnce = true });
        await unplugged.InitializeAsync();
        unplugged.Ledger.Unplugged = true;
        University university = await unplugged.CreateUniversityAsync();
        string id = await university.Registrar.IssueIdAsync();

        using HttpResponseMessage anchored = await university.Registrar.GetAsync($"/credentials/{id}?form=anchored");
        await anchored.ReadProblemAsync(HttpStatusCode.Conflict, "ANCHOR_NOT_FINAL");
        using HttpResponseMessage receipt = await university.Registrar.GetAsync($"/credentials/{id}/receipt");
        await receipt.ReadProblemAsync(HttpStatusCode.Conflict, "ANCHOR_NOT_FINAL");
        using HttpResponseMessage state = await university.Registrar.GetAsync($"/credentials/{id}/state");
        Assert.Contains((await state.ReadAsync(HttpStatusCode.OK)).GetProperty("state").GetString(), (string[])["queued", "sealed"]);
        using HttpResponseMessage ready = await university.Registrar.GetAsync("/health/ready");
        Assert.Equal("degraded", (await ready.ReadAsync(HttpStatusCode.OK)).GetProperty("status").GetString());

        unplugged.Ledger.Unplugged = false;
        await university.Registrar.WaitForAsync($"/credentials/{id}/state", now => now.GetProperty("state").GetString() == "finalized");
    }

    [Theory]
    [InlineData("/credentials/00000000-0000-0000-0000-000000000000", HttpStatusCode.NotFound)]
    [InlineData("/credentials/nonsense/state", HttpStatusCode.NotFound)]
    [InlineData("/credentials/nonsense/receipt", HttpStatusCode.NotFound)]
    [InlineData("/credentials/nonsense?form=naked", HttpStatusCode.BadRequest)]
    [InlineData("/anchors/0x00", HttpStatusCode.NotFound)]
    [InlineData("/anchors/0x0000000000000000000000000000000000000000000000000000000000000000", HttpStatusCode.NotFound)]
    public async Task What_is_not_there_is_a_problem(string path, HttpStatusCode expected)
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage answer = await university.Registrar.GetAsync(path);
        await answer.ReadProblemAsync(expected);
    }

    [Fact]
    public async Task A_credential_outside_the_public_link_is_not_stored_by_caches()
    {
        University university = await issuer.CreateUniversityAsync();
        string id = await university.Registrar.IssueIdAsync();
        using HttpResponseMessage answer = await university.Registrar.GetAsync($"/credentials/{id}");
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    private static async Task<string> IssueFinalAsync(University university)
    {
        string id = await university.Registrar.IssueIdAsync();
        await university.Registrar.WaitForAsync($"/credentials/{id}/state", state => state.GetProperty("state").GetString() == "finalized");
        return id;
    }
}
