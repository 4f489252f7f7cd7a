using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.DataIntegrity;
using Credentials.DataModel;
using Credentials.Dids;
using Credentials.Ethereum;
using Credentials.Status;
using Credentials.TestKit;

namespace Credentials.IssuerApi.Tests.Status;

public sealed class StatusTests(IssuerApplication issuer) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task Revocation_shows_in_the_signed_list_and_then_on_the_chain()
    {
        University university = await issuer.CreateUniversityAsync();
        VerifiableCredential credential = await IssueAsync(university);
        Assert.False(await ReadBitAsync(university, credential, "revocation"));

        using HttpResponseMessage answer = await university.Registrar.PostStatusAsync(credential.Id!, "revocation", true);
        Assert.True((await answer.ReadAsync(HttpStatusCode.OK)).GetProperty("revoked").GetBoolean());
        Assert.True(await ReadBitAsync(university, credential, "revocation"));
        Assert.False(await ReadBitAsync(university, credential, "suspension"));

        string state = $"/credentials/{credential.Id}/state";
        await university.Registrar.WaitForAsync(state, now => now.TryGetProperty("revocationState", out JsonElement revocation) && revocation.GetString() == "finalized");
        RegistryEntry entry = credential.RegistryEntries[0];
        RegistryState onChain = await issuer.Ledger.LookUpAsync(issuer.Chain.Contract, new(entry.Institution, default, entry.Handle), BlockTag.Latest, CancellationToken.None);
        Assert.NotEqual(0UL, onChain.RevokedAt);
    }

    [Theory]
    [InlineData(null, "application/vc")]
    [InlineData("*/*", "application/vc")]
    [InlineData("application/vc", "application/vc")]
    [InlineData("application/json", "application/json")]
    [InlineData("application/vc;q=0.5, application/json", "application/json")]
    [InlineData("text/html", "application/vc")]
    [InlineData("nonsense;;", "application/vc")]
    public async Task A_status_list_goes_out_as_JSON_to_who_asks_for_JSON(string? accept, string expected)
    {
        VerifiableCredential credential = await IssueAsync(await issuer.CreateUniversityAsync());
        using HttpClient anybody = issuer.CreateClient();
        using HttpRequestMessage request = new(HttpMethod.Get, credential.StatusEntries[0].StatusListCredential.PathAndQuery);
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using HttpResponseMessage answer = await anybody.SendAsync(request);
        Assert.Equal((HttpStatusCode.OK, expected), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("Accept", answer.Headers.Vary);
    }

    [Fact]
    public async Task A_revocation_is_final()
    {
        University university = await issuer.CreateUniversityAsync();
        VerifiableCredential credential = await IssueAsync(university);
        (await university.Registrar.PostStatusAsync(credential.Id!, "revocation", true)).EnsureSuccessStatusCode();

        using HttpResponseMessage back = await university.Registrar.PostStatusAsync(credential.Id!, "revocation", false);
        await back.ReadProblemAsync(HttpStatusCode.Conflict, "REVOCATION_IS_FINAL");
        Assert.True(await ReadBitAsync(university, credential, "revocation"));
        using HttpResponseMessage again = await university.Registrar.PostStatusAsync(credential.Id!, "revocation", true);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task A_suspension_can_be_taken_back_and_never_reaches_the_chain()
    {
        University university = await issuer.CreateUniversityAsync();
        VerifiableCredential credential = await IssueAsync(university);
        (await university.Registrar.PostStatusAsync(credential.Id!, "suspension", true)).EnsureSuccessStatusCode();
        Assert.True(await ReadBitAsync(university, credential, "suspension"));
        await university.Registrar.WaitForAsync($"/credentials/{credential.Id}/state", state => state.GetProperty("status").GetString() == "suspended");

        (await university.Registrar.PostStatusAsync(credential.Id!, "suspension", false)).EnsureSuccessStatusCode();
        Assert.False(await ReadBitAsync(university, credential, "suspension"));
        JsonElement state = await university.Registrar.WaitForAsync($"/credentials/{credential.Id}/state", now => now.GetProperty("status").GetString() == "active");
        Assert.False(state.TryGetProperty("revocationState", out _));
    }

    [Fact]
    public async Task Changes_all_purposes_or_none()
    {
        University university = await issuer.CreateUniversityAsync();
        VerifiableCredential credential = await IssueAsync(university);
        (await university.Registrar.PostStatusAsync(credential.Id!, "revocation", true)).EnsureSuccessStatusCode();
        using HttpResponseMessage answer = await university.Registrar.PostAsJsonAsync("/credentials/status", new
        {
            credentialId = credential.Id,
            credentialStatus = new[]
            {
                new { type = "BitstringStatusListEntry", statusPurpose = "suspension", status = true },
                new { type = "BitstringStatusListEntry", statusPurpose = "revocation", status = false },
            },
        });
        await answer.ReadProblemAsync(HttpStatusCode.Conflict, "REVOCATION_IS_FINAL");
        Assert.False(await ReadBitAsync(university, credential, "suspension"));
    }

    [Theory]
    [InlineData("""{"credentialId":"x","credentialStatus":[]}""", "/credentialStatus")]
    [InlineData("""{"credentialId":"x","credentialStatus":[{"type":"BitstringStatusListEntry","statusPurpose":"message","status":true}]}""", "/credentialStatus/0/statusPurpose")]
    [InlineData("""{"credentialId":"x","credentialStatus":[{"type":"BitstringStatusListEntry","statusPurpose":"superseded","status":true}]}""", "/credentialStatus/0/replacedBy")]
    [InlineData("""{"credentialId":"x","credentialStatus":[{"type":"BitstringStatusListEntry","statusPurpose":"superseded","status":false,"replacedBy":"y"}]}""", "/credentialStatus/0/status")]
    [InlineData("""{"credentialId":"x","credentialStatus":[{"type":"BitstringStatusListEntry","statusPurpose":"revocation","status":true,"replacedBy":"y"}]}""", "/credentialStatus/0/replacedBy")]
    [InlineData("""{"credentialId":"x","credentialStatus":[{"type":"Other","statusPurpose":"revocation","status":true}]}""", "/credentialStatus/0/type")]
    [InlineData("""{"credentialId":"x","credentialStatus":[{"type":"BitstringStatusListEntry","statusPurpose":"revocation","status":"yes"}]}""", "/credentialStatus/0/status")]
    [InlineData("""{"credentialId":"x","credentialStatus":[{"type":"BitstringStatusListEntry","statusPurpose":"revocation","status":true},{"type":"BitstringStatusListEntry","statusPurpose":"revocation","status":true}]}""", "/credentialStatus/1/statusPurpose")]
    [InlineData("""{"credentialId":"x","credentialId":"y","credentialStatus":[]}""", "/credentialId")]
    public async Task Refuses_a_malformed_change(string body, string pointer)
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage answer = await university.Registrar.PostAsync("/credentials/status", new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));
        JsonElement problem = await answer.ReadProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(pointer, problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task Refuses_a_credential_that_is_not_there()
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage answer = await university.Registrar.PostStatusAsync("urn:uuid:" + Guid.NewGuid(), "revocation", true);
        await answer.ReadProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task The_list_is_public_cacheable_and_the_same_until_a_bit_changes()
    {
        University university = await issuer.CreateUniversityAsync();
        VerifiableCredential credential = await IssueAsync(university);
        using HttpResponseMessage first = await GetListAsync(credential, "revocation");
        using HttpResponseMessage second = await GetListAsync(credential, "revocation");
        Assert.True(first.Headers.CacheControl!.Public);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);

        (await university.Registrar.PostStatusAsync(credential.Id!, "suspension", true)).EnsureSuccessStatusCode();
        using HttpResponseMessage third = await GetListAsync(credential, "revocation");
        Assert.NotEqual(first.Headers.ETag, third.Headers.ETag);
    }

    [Fact]
    public async Task The_list_is_signed_anew_before_its_validity_ends()
    {
        using var folder = new TemporaryFolder();
        var clock = new Anchoring.Lab.ManualClock();
        await using var timed = new IssuerApplication(folder.Path, new() { MinesAtOnce = true }) { Clock = clock };
        await timed.InitializeAsync();
        University university = await timed.CreateUniversityAsync();
        VerifiableCredential credential = await IssueAsync(university);
        string path = credential.StatusEntries[0].StatusListCredential.PathAndQuery;
        DateTimeOffset before = (await ReadAsync(university, path)).ValidUntil!.Value;

        clock.Advance(TimeSpan.FromHours(11));
        Assert.Equal(before, (await ReadAsync(university, path)).ValidUntil);
        clock.Advance(TimeSpan.FromHours(2));
        VerifiableCredential anew = await ReadAsync(university, path);
        Assert.True(anew.ValidUntil >= clock.GetUtcNow() + TimeSpan.FromHours(12));
        Assert.True(anew.ValidFrom <= clock.GetUtcNow());

        static async Task<VerifiableCredential> ReadAsync(University university, string path)
        {
            using HttpResponseMessage answer = await university.Registrar.GetAsync(path);
            return VerifiableCredential.Parse(await answer.Content.ReadAsByteArrayAsync()).Require();
        }
    }

    [Theory]
    [InlineData("/status-lists/nobody/revocation")]
    [InlineData("/status-lists/{list}/refresh")]
    public async Task A_list_that_is_not_there_is_a_problem(string path)
    {
        University university = await issuer.CreateUniversityAsync();
        VerifiableCredential credential = await IssueAsync(university);
        string list = credential.StatusEntries[0].StatusListCredential.Segments[^2].TrimEnd('/');
        using HttpResponseMessage answer = await university.Registrar.GetAsync(path.Replace("{list}", list, StringComparison.Ordinal));
        await answer.ReadProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    private static async Task<VerifiableCredential> IssueAsync(University university)
    {
        JsonElement answer = await university.Registrar.IssueAsync();
        return VerifiableCredential.Parse(Utf8.Bytes(answer.GetProperty("verifiableCredential").GetRawText())).Require();
    }

    private Task<HttpResponseMessage> GetListAsync(VerifiableCredential credential, string purpose)
    {
        Uri url = credential.StatusEntries.Single(entry => entry.StatusPurpose == purpose).StatusListCredential;
        return issuer.ClientOf(null).GetAsync(url.PathAndQuery);
    }

    /// <summary>The credential's bit in a list whose signature verifies.</summary>
    private async Task<bool> ReadBitAsync(University university, VerifiableCredential credential, string purpose)
    {
        using HttpResponseMessage answer = await GetListAsync(credential, purpose);
        Assert.Equal("application/vc", answer.Content.Headers.ContentType?.MediaType);
        VerifiableCredential list = VerifiableCredential.Parse(await answer.Content.ReadAsByteArrayAsync()).Require();
        BitstringStatusListEntry entry = credential.StatusEntries.Single(each => each.StatusPurpose == purpose);

        using HttpResponseMessage did = await university.Registrar.GetAsync($"/institutions/{university.Slug}/did.json");
        DidDocument document = DidDocument.Read(await did.ReadAsync(HttpStatusCode.OK), university.Did).Require();
        DataIntegrityProof proof = Assert.Single(DataIntegrityProof.ReadAll(list.Json)).Require();
        Assert.Null(DataIntegritySuite.Verify(list.Json, proof, document.VerificationMethods.Single(method => method.Id == proof.VerificationMethod).Key.Require()));

        Assert.Equal(university.Did, list.IssuerId);
        Assert.Equal(entry.StatusListCredential.OriginalString, list.Id);
        BitstringStatusListCredential content = BitstringStatusListCredential.Read(list).Require();
        Assert.Equal([purpose], content.StatusPurpose);
        Assert.NotNull(content.TimeToLive);
        return content.List[(int)entry.StatusListIndex];
    }
}
