using System.Net;
using System.Text.Json;
using Credentials.IssuerApi.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Credentials.IssuerApi.Tests.Issuance;

public sealed class IdempotencyTests(IssuerApplication issuer) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task The_same_request_under_the_same_key_gives_the_same_credential()
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage first = await university.Registrar.PostIssueAsync(Diploma.Unsigned(), idempotencyKey: "k");
        using HttpResponseMessage second = await university.Registrar.PostIssueAsync(Diploma.Unsigned(), idempotencyKey: "k");

        Assert.Equal((await first.ReadAsync(HttpStatusCode.Created)).GetRawText(), (await second.ReadAsync(HttpStatusCode.Created)).GetRawText());
        Assert.Equal(1, await CountAsync(university));
    }

    [Fact]
    public async Task Sixteen_requests_at_once_under_one_key_make_one_credential()
    {
        University university = await issuer.CreateUniversityAsync();
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => university.Registrar.PostIssueAsync(Diploma.Unsigned(), idempotencyKey: "at once")));

        JsonElement[] bodies = await Task.WhenAll(answers.Select(answer => answer.ReadAsync(HttpStatusCode.Created)));
        Assert.Single(bodies.Select(body => body.GetProperty("id").GetString()).Distinct());
        Assert.Equal(1, await CountAsync(university));
    }

    [Fact]
    public async Task Without_a_key_each_request_makes_a_credential()
    {
        University university = await issuer.CreateUniversityAsync();
        await university.Registrar.IssueAsync();
        await university.Registrar.IssueAsync();
        Assert.Equal(2, await CountAsync(university));
    }

    [Fact]
    public async Task Another_request_under_a_used_key_is_refused()
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage first = await university.Registrar.PostIssueAsync(Diploma.Unsigned("A"), idempotencyKey: "k");
        using HttpResponseMessage second = await university.Registrar.PostIssueAsync(Diploma.Unsigned("B"), idempotencyKey: "k");
        await first.ReadAsync(HttpStatusCode.Created);
        await second.ReadProblemAsync(HttpStatusCode.UnprocessableEntity, "IDEMPOTENCY_KEY_REUSED");
    }

    [Fact]
    public async Task A_batch_under_a_key_that_issued_a_credential_is_refused_and_leaves_nothing()
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage first = await university.Registrar.PostIssueAsync(Diploma.Unsigned(), idempotencyKey: "k");
        using HttpResponseMessage second = await university.Registrar.PostBatchAsync([Diploma.Unsigned().ToJsonString()], idempotencyKey: "k");
        await first.ReadAsync(HttpStatusCode.Created);
        await second.ReadProblemAsync(HttpStatusCode.UnprocessableEntity, "IDEMPOTENCY_KEY_REUSED");
        Assert.Equal(1, await CountAsync(university));
    }

    [Fact]
    public async Task A_request_that_was_refused_does_not_use_up_its_key()
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage first = await university.Registrar.PostIssueAsync(Diploma.With("type", "Diploma"), idempotencyKey: "k");
        using HttpResponseMessage second = await university.Registrar.PostIssueAsync(Diploma.Unsigned(), idempotencyKey: "k");
        await first.ReadProblemAsync(HttpStatusCode.BadRequest);
        await second.ReadAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_key_that_is_too_long_is_refused()
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage answer = await university.Registrar.PostIssueAsync(Diploma.Unsigned(), idempotencyKey: new string('k', 256));
        await answer.ReadProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_VALUE_ERROR");
    }

    [Fact]
    public async Task The_key_is_known_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        string key;
        string id;
        TestKit.Ledger.InMemoryLedger ledger = new() { MinesAtOnce = true };
        await using (var before = new IssuerApplication(folder.Path, ledger))
        {
            await before.InitializeAsync();
            University university = await before.CreateUniversityAsync();
            key = university.RegistrarKey;
            using HttpResponseMessage first = await university.Registrar.PostIssueAsync(Diploma.Unsigned(), idempotencyKey: "k");
            id = (await first.ReadAsync(HttpStatusCode.Created)).GetProperty("id").GetString()!;
        }

        await using var after = new IssuerApplication(folder.Path, ledger);
        await after.InitializeAsync();
        using HttpClient registrar = after.ClientOf(key);
        using HttpResponseMessage second = await registrar.PostIssueAsync(Diploma.Unsigned(), idempotencyKey: "k");
        Assert.Equal(id, (await second.ReadAsync(HttpStatusCode.Created)).GetProperty("id").GetString());
    }

    private Task<long> CountAsync(University university) => issuer.Services.GetRequiredService<IDatabase>().ReadAsync(
        connection => connection.ExecuteScalarAsync<long>("SELECT count(*) FROM credentials WHERE institution_id = @Slug", new { university.Slug }), CancellationToken.None);
}
