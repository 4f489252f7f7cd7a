using System.Data.Common;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Credentials.IssuerApi.Storage;
using Credentials.TestKit;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;

namespace Credentials.IssuerApi.Tests.Http;

/// <summary>Whatever is sent is answered with a problem that says what is wrong, and never with a fault of ours.</summary>
public sealed class HostileRequestTests(IssuerApplication issuer) : IClassFixture<IssuerApplication>
{
    private static readonly string[] s_registrarPosts = ["/credentials/issue", "/credentials/status"];

    public static IEnumerable<object[]> Garbage => from path in s_registrarPosts.Append("/institutions").Append("/institutions/x/api-keys")
                                                   from body in Bodies
                                                   select new object[] { path, body };

    private static readonly string[] Bodies =
    [
        "", "null", "17", "\"text\"", "[]", "{}", "{", "{}{}", "\u0000", "\uFEFF{}", "{\"a\":1,\"a\":2}", "{\"credential\":null}", "{\"credential\":{}}",
        "{\"credential\":{\"@context\":1}}", "{\"credential\":[],\"options\":{}}", "{\"credential\":{},\"options\":null}", "{\"credential\":{\"\\ud800\":1}}", "{\"slug\":null}", "{\"slug\":{}}", "{\"role\":17}",
        "{\"credentialId\":null,\"credentialStatus\":null}", "{\"credentialId\":\"x\",\"credentialStatus\":[null]}", "{\"credentialId\":\"x\",\"credentialStatus\":{}}", "1e999999", "{\"a\":1e999999}",
    ];

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task Garbage_is_a_problem(string path, string body)
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpClient administrator = issuer.ClientOf(IssuerApplication.AdministratorKey);
        HttpClient client = s_registrarPosts.Contains(path) ? university.Registrar : administrator;
        using HttpResponseMessage answer = await client.PostAsync(path, new ByteArrayContent(Utf8.Bytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } });
        await answer.ReadProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Deep_nesting_is_a_problem()
    {
        University university = await issuer.CreateUniversityAsync();
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000);
        using HttpResponseMessage answer = await university.Registrar.PostAsync("/credentials/issue", new StringContent("{\"credential\":" + deep + "}", new MediaTypeHeaderValue("application/json")));
        await answer.ReadProblemAsync(HttpStatusCode.BadRequest, "PARSING_ERROR");
    }

    [Fact]
    public async Task Random_bytes_are_a_problem()
    {
        University university = await issuer.CreateUniversityAsync();
        byte[] good = Utf8.Bytes("{\"credential\":" + Diploma.Unsigned().ToJsonString() + "}");
        var mutations = Gen.Choose(0, good.Length - 1).SelectMany(at => Gen.Choose(0, 255).Select(value => (at, (byte)value)));
        Randomised.ForAll(
            Gen.ArrayOf(mutations, 3),
            changes =>
            {
                byte[] body = [.. good];
                foreach ((int at, byte value) in changes)
                {
                    body[at] = value;
                }

                HttpStatusCode status = PostPatiently(university, body);
                return status is HttpStatusCode.Created or HttpStatusCode.BadRequest ? true : throw new InvalidOperationException($"Answered {status}.");
            },
            slice: 200,
            full: 20_000);
    }

    // Thousands a second meet the rate limit, which is an answer too.
    private static HttpStatusCode PostPatiently(University university, byte[] body)
    {
        while (true)
        {
            using HttpResponseMessage answer = university.Registrar.PostAsync("/credentials/issue", new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } }).GetAwaiter().GetResult();
            if (answer.StatusCode != HttpStatusCode.TooManyRequests)
            {
                return answer.StatusCode;
            }

            Thread.Sleep(TimeSpan.FromMilliseconds(100));
        }
    }

    [Fact]
    public async Task Too_large_a_body_is_a_problem()
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage answer = await university.Registrar.PostIssueAsync(Diploma.With("description", new string('x', 2 * 1024 * 1024)));
        await answer.ReadProblemAsync(HttpStatusCode.RequestEntityTooLarge, "BODY_TOO_LARGE");
    }

    [Fact]
    public async Task Too_large_a_body_of_unknown_length_is_a_problem()
    {
        University university = await issuer.CreateUniversityAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/credentials/issue") { Content = new StreamContent(new MemoryStream(new byte[2 * 1024 * 1024])) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage answer = await university.Registrar.SendAsync(request);
        await answer.ReadProblemAsync(HttpStatusCode.RequestEntityTooLarge, "BODY_TOO_LARGE");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Another_media_type_is_a_problem(string mediaType)
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage answer = await university.Registrar.PostAsync("/credentials/issue", new StringContent("{}", new MediaTypeHeaderValue(mediaType)));
        await answer.ReadProblemAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
    }

    [Theory]
    [InlineData("GET", "/nowhere", HttpStatusCode.NotFound, "NOT_FOUND")]
    [InlineData("PUT", "/credentials/issue", HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED")]
    [InlineData("GET", "/batches/x/errors?after=nonsense", HttpStatusCode.BadRequest, "BAD_REQUEST")]
    [InlineData("GET", "/batches/x/credentials?limit=1e9", HttpStatusCode.BadRequest, "BAD_REQUEST")]
    public async Task What_the_framework_refuses_is_a_problem_too(string method, string path, HttpStatusCode expected, string code)
    {
        University university = await issuer.CreateUniversityAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        using HttpResponseMessage answer = await university.Registrar.SendAsync(request);
        await answer.ReadProblemAsync(expected, code);
    }

    [Fact]
    public async Task A_fault_of_ours_is_a_problem_without_its_inside()
    {
        using var folder = new TemporaryFolder();
        await using var broken = new IssuerApplication(folder.Path, new() { MinesAtOnce = true })
        {
            Overrides = services =>
            {
                ServiceDescriptor real = services.Last(service => service.ServiceType == typeof(IDatabase));
                services.AddSingleton<IDatabase>(provider => new BreakableDatabase((IDatabase)real.ImplementationFactory!(provider)));
            },
        };
        await broken.InitializeAsync();
        using HttpClient anybody = broken.ClientOf(null);
        ((BreakableDatabase)broken.Services.GetRequiredService<IDatabase>()).Broken = true;
        using HttpResponseMessage answer = await anybody.GetAsync("/institutions/x");
        JsonElement problem = await answer.ReadProblemAsync(HttpStatusCode.InternalServerError, "INTERNAL_ERROR");
        Assert.DoesNotContain("secret", problem.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", problem.GetRawText(), StringComparison.Ordinal);

        using HttpResponseMessage ready = await anybody.GetAsync("/health/ready");
        Assert.Equal("unhealthy", (await ready.ReadAsync(HttpStatusCode.ServiceUnavailable)).GetProperty("status").GetString());
        ((BreakableDatabase)broken.Services.GetRequiredService<IDatabase>()).Broken = false;
        await broken.CreateUniversityAsync();
    }

    private sealed class BreakableDatabase(IDatabase inner) : IDatabase, IDisposable
    {
        public bool Broken { get; set; }

        public SqlDialect Dialect => inner.Dialect;

        public bool IsShared => inner.IsShared;

        public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken) =>
            Broken ? throw new InvalidOperationException("secret inside") : inner.ReadAsync(read, cancellationToken);

        public Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> write, CancellationToken cancellationToken) =>
            Broken ? throw new InvalidOperationException("secret inside") : inner.WriteAsync(write, cancellationToken);

        public Task<bool> TryAloneAsync(string name, Func<CancellationToken, Task> step, CancellationToken cancellationToken) => inner.TryAloneAsync(name, step, cancellationToken);

        public void Dispose() => (inner as IDisposable)?.Dispose();
    }
}
