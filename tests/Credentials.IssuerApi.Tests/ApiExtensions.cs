using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Credentials.IssuerApi.Tests;

/// <summary>The API in the words of the tests.</summary>
internal static class ApiExtensions
{
    public static Task<HttpResponseMessage> PostIssueAsync(this HttpClient client, JsonObject credential, JsonObject? options = null, string? idempotencyKey = null)
    {
        JsonObject body = new() { ["credential"] = credential.DeepClone() };
        if (options is not null)
        {
            body["options"] = options.DeepClone();
        }

        var request = new HttpRequestMessage(HttpMethod.Post, "/credentials/issue") { Content = JsonContent.Create(body) };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return client.SendAsync(request);
    }

    /// <summary>Issues a diploma and gives the answer's body.</summary>
    public static async Task<JsonElement> IssueAsync(this HttpClient client, JsonObject? credential = null, JsonObject? options = null)
    {
        using HttpResponseMessage answer = await client.PostIssueAsync(credential ?? Diploma.Unsigned(), options);
        return await answer.ReadAsync(HttpStatusCode.Created);
    }

    public static async Task<string> IssueIdAsync(this HttpClient client, JsonObject? credential = null) =>
        (await client.IssueAsync(credential)).GetProperty("id").GetString()!;

    public static Task<HttpResponseMessage> PostStatusAsync(this HttpClient client, string credentialId, string purpose, bool value) => client.PostAsJsonAsync("/credentials/status", new
    {
        credentialId,
        credentialStatus = new[] { new { type = "BitstringStatusListEntry", statusPurpose = purpose, status = value } },
    });

    public static Task<HttpResponseMessage> PostBatchAsync(this HttpClient client, IEnumerable<string> lines, string query = "", string? idempotencyKey = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/batches" + query)
        {
            Content = new StringContent(string.Join('\n', lines), new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-ndjson")),
        };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return client.SendAsync(request);
    }

    /// <summary>Sends a batch, waits until it is settled, and gives its progress.</summary>
    public static async Task<JsonElement> SettleBatchAsync(this HttpClient client, IEnumerable<string> lines, string query = "")
    {
        using HttpResponseMessage accepted = await client.PostBatchAsync(lines, query);
        await accepted.ReadAsync(HttpStatusCode.Accepted);
        return await client.WaitForAsync(accepted.Headers.Location!.ToString(), batch => batch.GetProperty("state").GetString() == "completed");
    }

    /// <summary>The body, after the status was as expected.</summary>
    public static async Task<JsonElement> ReadAsync(this HttpResponseMessage answer, HttpStatusCode expected)
    {
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{(int)answer.StatusCode} instead of {(int)expected}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Asserts a refusal in the shape of RFC 9457.</summary>
    public static async Task<JsonElement> ReadProblemAsync(this HttpResponseMessage answer, HttpStatusCode expected, string? code = null)
    {
        JsonElement problem = await answer.ReadAsync(expected);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal((int)expected, problem.GetProperty("status").GetInt32());
        if (code is not null)
        {
            Assert.Equal(code, problem.GetProperty("code").GetString());
            Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("detail").GetString()));
            Assert.True(Uri.TryCreate(problem.GetProperty("type").GetString(), UriKind.Absolute, out _));
        }

        return problem;
    }

    /// <summary>Asks until the answer is as wanted, for at most a minute.</summary>
    public static async Task<JsonElement> WaitForAsync(this HttpClient client, string path, Func<JsonElement, bool> wanted)
    {
        JsonElement last = default;
        for (int i = 0; i < 3000; i++)
        {
            using HttpResponseMessage answer = await client.GetAsync(path);
            last = await answer.ReadAsync(HttpStatusCode.OK);
            if (wanted(last))
            {
                return last;
            }

            await Task.Delay(20);
        }

        throw new TimeoutException($"{path} still says {last}");
    }
}
