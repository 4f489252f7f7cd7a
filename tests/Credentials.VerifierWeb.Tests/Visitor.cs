using System.Net;
using System.Net.Http.Headers;
using Credentials.VerifierWeb.Languages;

namespace Credentials.VerifierWeb.Tests;

/// <summary>Somebody with a browser.</summary>
internal static class Visitor
{
    public static async Task<(HttpStatusCode Status, string Html)> OpenAsync(this VerifierApplication application, string path, string? acceptLanguage = null)
    {
        using HttpClient client = application.CreateClient();
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Language", acceptLanguage);
        using HttpResponseMessage answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public static async Task<PageShape> ReadAsync(this VerifierApplication application, string path)
    {
        (HttpStatusCode status, string html) = await application.OpenAsync(path);
        Assert.Equal(HttpStatusCode.OK, status);
        return PageShape.Read(html);
    }

    /// <summary>Uploads a file through the form.</summary>
    public static async Task<(HttpStatusCode Status, string Html)> UploadAsync(this VerifierApplication application, byte[] file, string language = "en", string name = "diploma.json")
    {
        using HttpClient client = application.CreateClient();
        using MultipartFormDataContent form = new() { { new StringContent(""), "text" } };
        using ByteArrayContent part = new(file);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(part, "file", name);
        using HttpResponseMessage answer = await client.PostAsync($"/v?lang={language}", form);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Pastes a text into the form.</summary>
    public static async Task<(HttpStatusCode Status, string Html)> PasteAsync(this VerifierApplication application, string text, string language = "en")
    {
        using HttpClient client = application.CreateClient();
        using FormUrlEncodedContent form = new([new("text", text)]);
        using HttpResponseMessage answer = await client.PostAsync($"/v?lang={language}", form);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The large word of the verdict.</summary>
    public static string Verdict(this PageShape page) => page.One("h1").Text;

    public static Words Words(string tag) => LanguageTable.All.Single(words => words.Tag == tag);
}
