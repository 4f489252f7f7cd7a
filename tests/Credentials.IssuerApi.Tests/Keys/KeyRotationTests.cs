using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Keys;
using Credentials.IssuerApi.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Credentials.IssuerApi.Tests.Keys;

/// <summary>Keys come and go while diplomas are being issued: nothing is signed by a key that is gone, nothing that it signed is lost by its going.</summary>
public sealed class KeyRotationTests(IssuerApplication issuer) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task A_new_key_signs_at_once_and_the_one_before_stays_published()
    {
        University university = await issuer.CreateUniversityAsync();
        string before = SignerOf(await university.Registrar.IssueAsync());
        JsonElement made = await AddAsync(university);
        string added = made.GetProperty("key").GetProperty("id").GetString()!;

        Assert.Equal($"{university.Did}#{added}", SignerOf(await university.Registrar.IssueAsync()));
        Assert.Contains(before, await MethodsAsync(university, revoked: false));
        Assert.Contains($"{university.Did}#{added}", await MethodsAsync(university, revoked: false));
        Assert.Equal("signing", made.GetProperty("key").GetProperty("use").GetString());
        JsonElement info = await WaitUntilReadyAsync(university);
        Assert.Equal("replaced", KeyOf(info, before).GetProperty("use").GetString());
    }

    [Fact]
    public async Task What_a_new_key_signs_is_anchored_no_earlier_than_the_registry_has_the_key()
    {
        University university = await issuer.CreateUniversityAsync();
        await AddAsync(university);
        JsonElement issued = await university.Registrar.IssueAsync();
        JsonElement state = await FinalAsync(university, issued.GetProperty("id").GetString()!);

        RegistryState found = await LookUpAsync(university, SignerOf(issued), state.GetProperty("root").GetString());
        Assert.NotEqual(0UL, found.AnchoredAt);
        Assert.True(found.Key!.ValidFrom <= found.AnchoredAt, $"{found.Key.ValidFrom} is after {found.AnchoredAt}");
    }

    [Fact]
    public async Task A_key_is_made_once_however_often_the_request_is_sent()
    {
        University university = await issuer.CreateUniversityAsync();
        string[] ids = [await AddOnceAsync("P256"), await AddOnceAsync("P256")];
        Assert.Equal(ids[0], ids[1]);
        using HttpResponseMessage other = await SendAsync("P384");
        await other.ReadProblemAsync(HttpStatusCode.UnprocessableEntity, "IDEMPOTENCY_KEY_REUSED");

        async Task<string> AddOnceAsync(string type)
        {
            using HttpResponseMessage answer = await SendAsync(type);
            return (await answer.ReadAsync(HttpStatusCode.Created)).GetProperty("key").GetProperty("id").GetString()!;
        }

        Task<HttpResponseMessage> SendAsync(string type) => Administrator().SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/institutions/{university.Slug}/keys")
        {
            Content = JsonContent.Create(new { type }),
            Headers = { { "Idempotency-Key", "once" } },
        });
    }

    [Fact]
    public async Task A_retired_key_is_revoked_after_all_that_it_signed_is_final()
    {
        University university = await issuer.CreateUniversityAsync();
        JsonElement issued = await university.Registrar.IssueAsync();
        string method = SignerOf(issued);
        await AddAsync(university);
        await ReadAsync(await RetireAsync(university, method, "retired"));
        JsonElement key = await WaitForKeyAsync(university, method, report => report.GetProperty("key").TryGetProperty("revocation", out JsonElement state) && state.GetString() == "finalized");
        JsonElement anchored = await FinalAsync(university, issued.GetProperty("id").GetString()!);

        RegistryState found = await LookUpAsync(university, method, anchored.GetProperty("root").GetString());
        Assert.Equal(KeyRevocationReason.Retired, found.Key!.Reason);
        Assert.True(found.AnchoredAt < found.Key.RevokedAt, $"anchored at {found.AnchoredAt}, revoked at {found.Key.RevokedAt}");
        Assert.Equal(("retired", 0, 0), (key.GetProperty("key").GetProperty("use").GetString(), key.GetProperty("notFinal").GetInt64(), key.GetProperty("tooLate").GetInt64()));
        Assert.Contains(method, await MethodsAsync(university, revoked: true));
    }

    [Fact]
    public async Task A_retirement_waits_while_an_anchor_is_not_final()
    {
        await using var own = new IssuerApplication();
        await ((IAsyncLifetime)own).InitializeAsync();
        University university = await own.CreateUniversityAsync();
        await WaitUntilReadyAsync(university);
        own.Ledger.MinesAtOnce = false;
        string method = SignerOf(await university.Registrar.IssueAsync());
        using HttpClient administrator = own.ClientOf(IssuerApplication.AdministratorKey);
        (await administrator.PostAsJsonAsync($"/institutions/{university.Slug}/keys", new { type = "P256" })).EnsureSuccessStatusCode();
        string path = $"/institutions/{university.Slug}/keys/{method.Split('#')[1]}";
        (await administrator.PostAsJsonAsync(path + "/retire", new { reason = "retired" })).EnsureSuccessStatusCode();
        await Task.Delay(300);

        JsonElement waiting = await administrator.WaitForAsync(path, _ => true);
        Assert.Equal(("retiring", 1), (waiting.GetProperty("key").GetProperty("use").GetString(), waiting.GetProperty("notFinal").GetInt64()));
        Assert.False(waiting.GetProperty("key").TryGetProperty("revocation", out _));
        Assert.NotEqual(method, SignerOf(await university.Registrar.IssueAsync()));

        own.Ledger.MinesAtOnce = true;
        own.Ledger.Mine();
        await administrator.WaitForAsync(path, report => report.GetProperty("key").GetProperty("use").GetString() == "retired");
    }

    [Fact]
    public async Task A_compromised_key_is_revoked_at_once_and_what_was_not_anchored_is_named()
    {
        await using var own = new IssuerApplication();
        await ((IAsyncLifetime)own).InitializeAsync();
        University university = await own.CreateUniversityAsync();
        JsonElement early = await university.Registrar.IssueAsync();
        await university.Registrar.WaitForAsync($"/credentials/{early.GetProperty("id").GetString()}/state", state => state.GetProperty("state").GetString() == "finalized");
        own.Ledger.MinesAtOnce = false;
        JsonElement late = await university.Registrar.IssueAsync();
        string method = SignerOf(late);
        using HttpClient administrator = own.ClientOf(IssuerApplication.AdministratorKey);
        string path = $"/institutions/{university.Slug}/keys/{method.Split('#')[1]}";
        using HttpResponseMessage answer = await administrator.PostAsJsonAsync(path + "/retire", new { reason = "compromised" });
        JsonElement report = await answer.ReadAsync(HttpStatusCode.OK);

        Assert.Equal("compromised", report.GetProperty("key").GetProperty("use").GetString());
        Assert.Equal([late.GetProperty("id").GetString()], report.GetProperty("tooLateCredentials").EnumerateArray().Select(id => id.GetString()));
        string replacement = SignerOf(await university.Registrar.IssueAsync());
        Assert.NotEqual(method, replacement);
        JsonElement batches = await administrator.WaitForAsync(path + "?since=2020-01-01T00:00:00Z", now => now.GetProperty("batches").GetArrayLength() > 0);
        Assert.All(batches.GetProperty("batches").EnumerateArray(), batch => Assert.True(batch.GetProperty("credentials").GetInt64() > 0));
        using HttpResponseMessage again = await administrator.PostAsJsonAsync(path + "/retire", new { reason = "retired" });
        await again.ReadProblemAsync(HttpStatusCode.Conflict, "CONFLICT");
    }

    [Fact]
    public async Task A_process_that_does_not_know_yet_that_a_key_was_given_up_signs_again()
    {
        University university = await issuer.CreateUniversityAsync();
        string method = SignerOf(await university.Registrar.IssueAsync());
        await AddAsync(university);
        string second = SignerOf(await university.Registrar.IssueAsync());
        IDatabase database = issuer.Services.GetRequiredService<IDatabase>();
        await database.WriteAsync(
            async transaction =>
            {
                await issuer.Services.GetRequiredService<SigningKeyStore>().SetRetiringAsync(transaction, university.Slug, second.Split('#')[1], RetirementReason.Retired);
                return true;
            },
            CancellationToken.None);

        Assert.Equal(method, SignerOf(await university.Registrar.IssueAsync()));
        JsonElement batch = await university.Registrar.SettleBatchAsync([Diploma.Unsigned().ToJsonString(), Diploma.Unsigned().ToJsonString()]);
        Assert.Equal(2, batch.GetProperty("signed").GetInt64());
    }

    [Theory]
    [InlineData("""{"type":"RSA"}""")]
    [InlineData("""{"type":"p256"}""")]
    [InlineData("""{"type":"1"}""")]
    [InlineData("""{}""")]
    public async Task Refuses_a_key_of_no_type_that_signs(string body)
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage answer = await Administrator().PostAsync($"/institutions/{university.Slug}/keys", new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));
        await answer.ReadProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Refuses_to_retire_the_last_key_of_its_type()
    {
        University university = await issuer.CreateUniversityAsync();
        string method = SignerOf(await university.Registrar.IssueAsync());
        using HttpResponseMessage answer = await RetireAsync(university, method, "retired");
        await answer.ReadProblemAsync(HttpStatusCode.Conflict, "CONFLICT");
        Assert.Equal(method, SignerOf(await university.Registrar.IssueAsync()));
    }

    [Fact]
    public async Task Refuses_a_retirement_without_a_reason_or_of_no_key()
    {
        University university = await issuer.CreateUniversityAsync();
        string method = SignerOf(await university.Registrar.IssueAsync());
        using HttpResponseMessage reasonless = await RetireAsync(university, method, "tired");
        await reasonless.ReadProblemAsync(HttpStatusCode.BadRequest);
        using HttpResponseMessage keyless = await RetireAsync(university, "did:web:x#zNobody", "retired");
        await keyless.ReadProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        University other = await issuer.CreateUniversityAsync();
        using HttpResponseMessage foreign = await RetireAsync(other, method, "compromised");
        await foreign.ReadProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task Refuses_a_registrar()
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage answer = await university.Registrar.PostAsJsonAsync($"/institutions/{university.Slug}/keys", new { type = "P256" });
        await answer.ReadProblemAsync(HttpStatusCode.Forbidden);
    }

    private HttpClient Administrator() => issuer.ClientOf(IssuerApplication.AdministratorKey);

    private async Task<JsonElement> AddAsync(University university)
    {
        using HttpResponseMessage answer = await Administrator().PostAsJsonAsync($"/institutions/{university.Slug}/keys", new { type = "P256" });
        return await answer.ReadAsync(HttpStatusCode.Created);
    }

    private Task<HttpResponseMessage> RetireAsync(University university, string method, string reason) =>
        Administrator().PostAsJsonAsync($"/institutions/{university.Slug}/keys/{method.Split('#')[1]}/retire", new { reason });

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            return await answer.ReadAsync(HttpStatusCode.OK);
        }
    }

    private Task<JsonElement> WaitForKeyAsync(University university, string method, Func<JsonElement, bool> wanted) =>
        Administrator().WaitForAsync($"/institutions/{university.Slug}/keys/{method.Split('#')[1]}", wanted);

    private static Task<JsonElement> WaitUntilReadyAsync(University university) =>
        university.Registrar.WaitForAsync($"/institutions/{university.Slug}", info => info.GetProperty("ready").GetBoolean());

    private static Task<JsonElement> FinalAsync(University university, string id) =>
        university.Registrar.WaitForAsync($"/credentials/{id}/state", state => state.GetProperty("state").GetString() == "finalized");

    private static JsonElement KeyOf(JsonElement info, string method) =>
        info.GetProperty("keys").EnumerateArray().Single(key => key.GetProperty("verificationMethod").GetString() == method);

    private static string SignerOf(JsonElement issued) => issued.GetProperty("verifiableCredential").GetProperty("proof").GetProperty("verificationMethod").GetString()!;

    private async Task<IReadOnlyList<string?>> MethodsAsync(University university, bool revoked)
    {
        using HttpResponseMessage answer = await issuer.ClientOf(null).GetAsync($"/institutions/{university.Slug}/did.json");
        JsonElement document = await answer.ReadAsync(HttpStatusCode.OK);
        return [.. document.GetProperty("verificationMethod").EnumerateArray().Where(method => method.TryGetProperty("revoked", out _) == revoked).Select(method => method.GetProperty("id").GetString())];
    }

    private Task<RegistryState> LookUpAsync(University university, string method, string? root)
    {
        _ = InstitutionId.TryParse(university.ChainInstitution, out InstitutionId id);
        _ = MerkleRoot.TryParse(root, out MerkleRoot anchored);
        return issuer.Ledger.LookUpAsync(issuer.Chain.Contract, new LookupQuery(id, anchored) { Key = CredentialRegistryContract.KeyIdOf(method) }, BlockTag.Latest, CancellationToken.None);
    }
}
