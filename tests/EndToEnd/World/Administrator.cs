using System.Net.Http.Json;
using System.Text.Json;

namespace Credentials.EndToEnd.World;

/// <summary>Whoever runs the issuer: makes institutions, gives and takes accreditations, changes keys.</summary>
/// <param name="http">A client with the administrator's key; disposed with this.</param>
internal sealed class Administrator(HttpClient http) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>Makes an institution; tells what was made.</summary>
    public Task<JsonElement> CreateInstitutionAsync(string slug, string name, string country = "PT") => PostAsync("/institutions", new { slug, name, country });

    /// <summary>One institution vouches for another, and waits until that is final.</summary>
    /// <returns>The accreditation's path.</returns>
    public async Task<string> AccreditAsync(string accreditor, string institution, params string[] scope)
    {
        JsonElement given = await PostAsync($"/institutions/{accreditor}/accreditations", new { institution, scope });
        string id = given.GetProperty("id").GetString()!;
        await WaitAsync($"/institutions/{accreditor}/accreditations", list => list.EnumerateArray().Any(one => Text(one, "id") == id && Text(one, "registry") == "finalized"));
        return $"/institutions/{accreditor}/accreditations/{id}";
    }

    /// <summary>Withdraws an accreditation, and waits until that is final.</summary>
    public async Task WithdrawAsync(string accreditation)
    {
        using HttpResponseMessage answer = await http.DeleteAsync(new Uri(accreditation, UriKind.Relative));
        await ReadAsync(answer);
        string list = accreditation[..accreditation.LastIndexOf('/')];
        string id = accreditation[(list.Length + 1)..];
        await WaitAsync(list, all => all.EnumerateArray().Any(one => Text(one, "id") == id && Text(one, "revocation") == "finalized"));
    }

    /// <summary>Gives a key its successor and gives it up, and waits until that is final.</summary>
    public async Task ReplaceKeyAsync(string slug, string keyId, string type, string reason)
    {
        await PostAsync($"/institutions/{slug}/keys", new { type });
        await PostAsync($"/institutions/{slug}/keys/{keyId}/retire", new { reason });
        await WaitAsync($"/institutions/{slug}/keys/{keyId}", report => Text(report.GetProperty("key"), "revocation") == "finalized");
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using HttpResponseMessage answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        return await ReadAsync(answer);
    }

    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using HttpResponseMessage answer = await http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        return await ReadAsync(answer);
    }

    public void Dispose() => http.Dispose();

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement member) ? member.GetString() : null;

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        string body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri}: {(int)answer.StatusCode} {body}");
        return body.Length == 0 ? default : JsonDocument.Parse(body).RootElement;
    }

    private async Task WaitAsync(string path, Func<JsonElement, bool> wanted)
    {
        using CancellationTokenSource end = new(s_patience);
        JsonElement last = default;
        while (!end.IsCancellationRequested)
        {
            last = await GetAsync(path);
            if (wanted(last))
            {
                return;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"{path} is not as wanted after {s_patience.TotalSeconds:0} s: {last}");
    }
}
