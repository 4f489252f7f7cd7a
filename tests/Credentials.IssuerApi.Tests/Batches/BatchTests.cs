using System.Diagnostics;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Credentials.DataModel;
using Credentials.IssuerApi.Storage;
using Credentials.TestKit;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Credentials.IssuerApi.Tests.Batches;

public sealed class BatchTests(IssuerApplication issuer, ITestOutputHelper output) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task Signs_the_good_lines_and_tells_what_is_wrong_with_the_others()
    {
        University university = await issuer.CreateUniversityAsync();
        string good = Diploma.Unsigned().ToJsonString();
        string[] lines = [good, "{ no json", "", Diploma.With("validFrom", "yesterday").ToJsonString(), good + "\r", Diploma.With("proof", "x").ToJsonString(), "[]"];
        JsonElement batch = await university.Registrar.SettleBatchAsync(lines);

        Assert.Equal((6, 2, 4, 0), (batch.GetProperty("total").GetInt32(), batch.GetProperty("signed").GetInt32(), batch.GetProperty("failed").GetInt32(), batch.GetProperty("remaining").GetInt32()));
        JsonElement errors = await GetAsync(university, batch.GetProperty("links").GetProperty("errors").GetString()!);
        Assert.Equal(
            [(2, "PARSING_ERROR", ""), (4, "MALFORMED_VALUE_ERROR", "/validFrom"), (6, "MALFORMED_VALUE_ERROR", "/proof"), (7, "MALFORMED_VALUE_ERROR", "")],
            errors.GetProperty("items").EnumerateArray().Select(item => (item.GetProperty("line").GetInt32(), item.GetProperty("errors")[0].GetProperty("code").GetString()!, item.GetProperty("errors")[0].GetProperty("pointer").GetString()!)));

        JsonElement credentials = await GetAsync(university, batch.GetProperty("links").GetProperty("credentials").GetString()!);
        Assert.Equal([1, 5], credentials.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("line").GetInt32()));
    }

    [Fact]
    public async Task Signs_the_same_line_as_often_as_it_is_there_and_the_same_id_once()
    {
        University university = await issuer.CreateUniversityAsync();
        string line = Diploma.Unsigned().ToJsonString();
        string withId = Diploma.With("id", "https://example.edu/diplomas/7").ToJsonString();
        JsonElement batch = await university.Registrar.SettleBatchAsync([line, line, line, withId, withId]);
        Assert.Equal((4, 1), (batch.GetProperty("signed").GetInt32(), batch.GetProperty("failed").GetInt32()));
        JsonElement errors = await GetAsync(university, batch.GetProperty("links").GetProperty("errors").GetString()!);
        Assert.Equal("/id", errors.GetProperty("items")[0].GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task Gives_every_line_a_credential_that_reads_and_is_anchored()
    {
        University university = await issuer.CreateUniversityAsync();
        JsonElement batch = await university.Registrar.SettleBatchAsync(Samples.Bulk().Select(line => Utf8.Text(line)), "?cryptosuite=ecdsa-jcs-2019,eddsa-jcs-2022");
        Assert.Equal(Samples.Bulk().Count, batch.GetProperty("signed").GetInt32());

        JsonElement credentials = await GetAsync(university, batch.GetProperty("links").GetProperty("credentials").GetString()!);
        foreach (JsonElement item in credentials.GetProperty("items").EnumerateArray())
        {
            string id = item.GetProperty("id").GetString()!;
            using HttpResponseMessage answer = await university.Registrar.GetAsync($"/credentials/{id}");
            VerifiableCredential credential = VerifiableCredential.Parse(await answer.Content.ReadAsByteArrayAsync()).Require();
            Assert.Equal(item.GetProperty("credentialId").GetString(), credential.Id);
            Assert.Equal(2, credential.Json.GetProperty("proof").GetArrayLength());
        }

        string last = credentials.GetProperty("items").EnumerateArray().Last().GetProperty("id").GetString()!;
        await university.Registrar.WaitForAsync($"/credentials/{last}/state", state => state.GetProperty("state").GetString() == "finalized");
    }

    [Fact]
    public async Task Signs_ten_thousand()
    {
        University university = await issuer.CreateUniversityAsync();
        string[] bulk = [.. Samples.Bulk().Select(line => Utf8.Text(line))];
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        JsonElement batch = await university.Registrar.SettleBatchAsync(Enumerable.Range(0, 10_000).Select(i => bulk[i % bulk.Length]));
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        output.WriteLine($"10,000 credentials uploaded and signed in {elapsed.TotalSeconds:0.0} s ({(Environment.CpuUsage.TotalTime - processor).TotalSeconds:0.0} s of processor time, other tests included); {batch.GetProperty("ratePerSecond")}/s once uploaded");

        Assert.Equal(10_000, batch.GetProperty("signed").GetInt32());
        Assert.Equal(10_000, await CountAsync(university, "credentials"));
    }

    [Fact]
    public async Task Pages_through_what_was_signed()
    {
        University university = await issuer.CreateUniversityAsync();
        JsonElement batch = await university.Registrar.SettleBatchAsync(Enumerable.Repeat(Diploma.Unsigned().ToJsonString(), 25));
        List<int> seen = [];
        string? next = batch.GetProperty("links").GetProperty("credentials").GetString() + "?limit=10";
        for (int pages = 0; next is not null && pages < 10; pages++)
        {
            JsonElement page = await GetAsync(university, next);
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("line").GetInt32()));
            next = page.TryGetProperty("next", out JsonElement link) ? link.GetString() : null;
        }

        Assert.Equal(Enumerable.Range(1, 25), seen);
    }

    [Fact]
    public async Task Cancels_what_is_not_signed_yet_and_forgets_its_text()
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage accepted = await university.Registrar.PostBatchAsync(Enumerable.Repeat(Diploma.Unsigned().ToJsonString(), 5000));
        string path = accepted.Headers.Location!.ToString();
        using HttpResponseMessage answer = await university.Registrar.DeleteAsync(path);
        JsonElement cancelled = await answer.ReadAsync(HttpStatusCode.OK);

        Assert.Equal("cancelled", cancelled.GetProperty("state").GetString());
        Assert.True(cancelled.GetProperty("remaining").GetInt32() > 0);
        await Task.Delay(300);
        JsonElement later = await GetAsync(university, path);
        Assert.Equal(cancelled.GetProperty("signed").GetInt32(), later.GetProperty("signed").GetInt32());
        Assert.Equal(later.GetProperty("signed").GetInt64(), await CountAsync(university, "credentials"));
        Assert.Equal(0, await CountRowsWithTextAsync(university));

        using HttpResponseMessage again = await university.Registrar.DeleteAsync(path);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task Does_not_cancel_what_is_completed()
    {
        University university = await issuer.CreateUniversityAsync();
        JsonElement batch = await university.Registrar.SettleBatchAsync([Diploma.Unsigned().ToJsonString()]);
        using HttpResponseMessage answer = await university.Registrar.DeleteAsync(batch.GetProperty("links").GetProperty("self").GetString());
        await answer.ReadProblemAsync(HttpStatusCode.Conflict, "CONFLICT");
        Assert.Equal(0, await CountRowsWithTextAsync(university));
    }

    [Theory]
    [InlineData("", "", HttpStatusCode.BadRequest, "PARSING_ERROR")]
    [InlineData("\n \n\r\n", "", HttpStatusCode.BadRequest, "PARSING_ERROR")]
    [InlineData("{}", "?cryptosuite=rot13", HttpStatusCode.BadRequest, "UNSUPPORTED_CRYPTOSUITE")]
    [InlineData("{}", "?cryptosuite=", HttpStatusCode.BadRequest, "UNSUPPORTED_CRYPTOSUITE")]
    public async Task Refuses_an_upload_that_is_none(string body, string query, HttpStatusCode expected, string code)
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage answer = await university.Registrar.PostBatchAsync([body], query);
        await answer.ReadProblemAsync(expected, code);
        Assert.Equal(0, await CountAsync(university, "batch_jobs"));
    }

    [Fact]
    public async Task Refuses_another_media_type()
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage answer = await university.Registrar.PostAsync("/batches", new StringContent("{}", new MediaTypeHeaderValue("application/json")));
        await answer.ReadProblemAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
    }

    [Fact]
    public async Task Keeps_nothing_of_an_upload_with_too_many_lines_or_too_long_a_line()
    {
        using var folder = new TemporaryFolder();
        await using var small = new IssuerApplication(folder.Path, new() { MinesAtOnce = true });
        small.Settings["Batches:MaxRows"] = "1500";
        small.Settings["Batches:MaxLineBytes"] = "2048";
        await small.InitializeAsync();
        University university = await small.CreateUniversityAsync();
        using HttpResponseMessage tooMany = await university.Registrar.PostBatchAsync(Enumerable.Repeat("{}", 1501));
        await tooMany.ReadProblemAsync(HttpStatusCode.RequestEntityTooLarge, "BODY_TOO_LARGE");
        using HttpResponseMessage tooLong = await university.Registrar.PostBatchAsync([.. Enumerable.Repeat("{}", 1200), new string(' ', 3000), "{}"]);
        JsonElement problem = await tooLong.ReadProblemAsync(HttpStatusCode.RequestEntityTooLarge, "BODY_TOO_LARGE");
        Assert.Contains("Line 1201", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);

        IDatabase database = small.Services.GetRequiredService<IDatabase>();
        Assert.Equal(0, await database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT (SELECT count(*) FROM batch_jobs) + (SELECT count(*) FROM batch_rows)"), CancellationToken.None));
    }

    [Fact]
    public async Task Keeps_nothing_of_an_upload_whose_client_went_away()
    {
        University university = await issuer.CreateUniversityAsync();
        var pipe = new Pipe();
        using var gone = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/batches") { Content = new StreamContent(pipe.Reader.AsStream()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        Task<HttpResponseMessage> upload = university.Registrar.SendAsync(request, gone.Token);

        byte[] lines = Utf8.Bytes(string.Concat(Enumerable.Repeat(Diploma.Unsigned().ToJsonString() + "\n", 2500)));
        await pipe.Writer.WriteAsync(lines);
        await WaitForCountAsync(university, "batch_jobs", count => count == 1);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload);
        await WaitForCountAsync(university, "batch_jobs", count => count == 0);
        Assert.Equal(0, await CountAsync(university, "credentials"));
    }

    [Fact]
    public async Task The_same_upload_under_the_same_key_is_one_batch()
    {
        University university = await issuer.CreateUniversityAsync();
        string[] lines = [.. Enumerable.Repeat(Diploma.Unsigned().ToJsonString(), 3)];
        using HttpResponseMessage first = await university.Registrar.PostBatchAsync(lines, idempotencyKey: "b");
        using HttpResponseMessage second = await university.Registrar.PostBatchAsync(lines, idempotencyKey: "b");
        using HttpResponseMessage other = await university.Registrar.PostBatchAsync(lines[..2], idempotencyKey: "b");
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        await other.ReadProblemAsync(HttpStatusCode.UnprocessableEntity, "IDEMPOTENCY_KEY_REUSED");
        Assert.Equal(1, await CountAsync(university, "batch_jobs"));
    }

    private static async Task<JsonElement> GetAsync(University university, string path)
    {
        using HttpResponseMessage answer = await university.Registrar.GetAsync(path);
        return await answer.ReadAsync(HttpStatusCode.OK);
    }

    private Task<long> CountAsync(University university, string table) => issuer.Services.GetRequiredService<IDatabase>().ReadAsync(
        connection => connection.ExecuteScalarAsync<long>($"SELECT count(*) FROM {table} WHERE institution_id = @Slug", new { university.Slug }), CancellationToken.None);

    private async Task WaitForCountAsync(University university, string table, Func<long, bool> wanted)
    {
        for (int i = 0; i < 500 && !wanted(await CountAsync(university, table)); i++)
        {
            await Task.Delay(20);
        }

        Assert.True(wanted(await CountAsync(university, table)));
    }

    private Task<long> CountRowsWithTextAsync(University university) => issuer.Services.GetRequiredService<IDatabase>().ReadAsync(
        connection => connection.ExecuteScalarAsync<long>(
            "SELECT count(*) FROM batch_rows r JOIN batch_jobs j ON j.id = r.job_id WHERE j.institution_id = @Slug AND r.body IS NOT NULL", new { university.Slug }),
        CancellationToken.None);
}
