using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Credentials.IssuerApi.Tests.Startup;

/// <summary>What only a real server and a real process show: limits of bodies, exporters, work taken up again.</summary>
public sealed class RealServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Takes_a_large_batch_refuses_a_large_credential_and_finishes_after_a_kill_what_it_accepted()
    {
        Uri batch;
        string key;
        using (IssuerChild child = IssuerChild.Start(IssuerChild.Settings(_folder.Path)))
        {
            using HttpClient client = new() { BaseAddress = await child.ListeningAsync() };
            key = await CreateUniversityAsync(client);
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using HttpResponseMessage tooLarge = await client.PostIssueAsync(Diploma.With("description", new string('x', 2 * 1024 * 1024)));
            await tooLarge.ReadProblemAsync(HttpStatusCode.RequestEntityTooLarge, "BODY_TOO_LARGE");

            string line = Diploma.With("description", new string('x', 1000)).ToJsonString();
            using HttpResponseMessage accepted = await client.PostBatchAsync(Enumerable.Repeat(line, 4000));
            await accepted.ReadAsync(HttpStatusCode.Accepted);
            batch = accepted.Headers.Location!;
        }

        using IssuerChild next = IssuerChild.Start(IssuerChild.Settings(_folder.Path));
        using HttpClient again = new() { BaseAddress = await next.ListeningAsync() };
        again.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        JsonElement progress = await again.WaitForAsync(batch.ToString(), each => each.GetProperty("state").GetString() == "completed");
        Assert.Equal((4000, 0), (progress.GetProperty("signed").GetInt32(), progress.GetProperty("failed").GetInt32()));
        Assert.Equal(0, await next.StopAsync());
    }

    [Fact]
    public async Task Exports_its_metrics_where_it_is_told_to_and_nothing_of_the_requests()
    {
        List<(string Path, string Body)> received = [];
        await using WebApplication collector = await StartCollectorAsync(received);
        Dictionary<string, string> settings = IssuerChild.Settings(_folder.Path);
        settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        settings["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        string token;
        using (IssuerChild child = IssuerChild.Start(settings))
        {
            using HttpClient client = new() { BaseAddress = await child.ListeningAsync() };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await CreateUniversityAsync(client));
            JsonElement issued = await client.IssueAsync(Diploma.Unsigned("Zzyzx Unmistakable"));
            token = new Uri(issued.GetProperty("links").GetProperty("public").GetString()!).Segments[^1];
            (await client.GetAsync("/c/" + token)).EnsureSuccessStatusCode();
            Assert.Equal(0, await child.StopAsync());
        }

        Assert.Contains(received, each => each.Path == "/v1/metrics" && each.Body.Contains("credentials.issued", StringComparison.Ordinal));
        Assert.All(received, each => Assert.DoesNotContain(token, each.Body, StringComparison.Ordinal));
        Assert.All(received, each => Assert.DoesNotContain("Unmistakable", each.Body, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<string> CreateUniversityAsync(HttpClient client)
    {
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", IssuerApplication.AdministratorKey);
        using HttpResponseMessage answer = await client.PostAsJsonAsync("/institutions", new { slug = "u", name = "U", country = "PT" });
        return (await answer.ReadAsync(HttpStatusCode.Created)).GetProperty("registrarKey").GetString()!;
    }

    private static async Task<WebApplication> StartCollectorAsync(List<(string Path, string Body)> received)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/{**path}", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body, System.Text.Encoding.Latin1);
            string body = await reader.ReadToEndAsync();
            lock (received)
            {
                received.Add((request.Path, body));
            }
        });
        await collector.StartAsync();
        return collector;
    }
}
