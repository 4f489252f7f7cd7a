using System.Text.Json;

namespace Credentials.IssuerApi.Tests.Http;

public sealed class LogTests
{
    [Fact]
    public async Task Logs_at_the_most_talkative_level_hold_no_token_no_key_and_no_subject()
    {
        using var folder = new TemporaryFolder();
        await using var issuer = new IssuerApplication(folder.Path, new() { MinesAtOnce = true });
        foreach (string category in (string[])["Default", "Microsoft", "Microsoft.AspNetCore", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Routing.Matching.DfaMatcher"])
        {
            issuer.Settings["Logging:LogLevel:" + category] = "Trace";
        }

        await issuer.InitializeAsync();
        University university = await issuer.CreateUniversityAsync();
        JsonElement issued = await university.Registrar.IssueAsync(Diploma.Unsigned("Zzyzx Unmistakable"));
        Uri link = new(issued.GetProperty("links").GetProperty("public").GetString()!);
        using HttpClient anybody = issuer.ClientOf(null);
        (await anybody.GetAsync(link.PathAndQuery)).EnsureSuccessStatusCode();
        (await anybody.GetAsync(link.PathAndQuery + "?download=1")).EnsureSuccessStatusCode();
        using HttpResponseMessage batch = await university.Registrar.PostBatchAsync(["{\"name\":\"Zzyzx Unmistakable\"}", Diploma.Unsigned("Zzyzx Unmistakable").ToJsonString()]);
        await university.Registrar.WaitForAsync(batch.Headers.Location!.ToString(), each => each.GetProperty("state").GetString() == "completed");

        string log = string.Join('\n', issuer.Log);
        Assert.Contains("GET /c/{token} 200", log, StringComparison.Ordinal);
        Assert.DoesNotContain(link.Segments[^1], log, StringComparison.Ordinal);
        Assert.DoesNotContain("Unmistakable", log, StringComparison.Ordinal);
        Assert.DoesNotContain(university.RegistrarKey.Split('_', 3)[2], log, StringComparison.Ordinal);
        Assert.DoesNotContain(IssuerApplication.AdministratorKey, log, StringComparison.Ordinal);
        Assert.DoesNotContain(IssuerApplication.Passphrase, log, StringComparison.Ordinal);
    }
}
