using System.Net;
using System.Text.RegularExpressions;

namespace Credentials.EndToEnd.World;

/// <summary>A learner at the issuer's page: types the collection code, presses the first button, and is sent back to the wallet.</summary>
internal static partial class LearnersBrowser
{
    private const int MaxSteps = 8;

    /// <summary>Goes all the way, back to the wallet's own address.</summary>
    public static async Task VisitAsync(Uri page, string collectionCode)
    {
        Uri back = await ReturnAsync(page, collectionCode);
        using HttpClient http = new();
        using HttpResponseMessage answer = await http.GetAsync(back);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Goes until it is sent to another host, or another path of this machine, and says where.</summary>
    public static async Task<Uri> ReturnAsync(Uri page, string collectionCode)
    {
        using HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
        HttpResponseMessage answer = await http.GetAsync(page);
        for (int step = 0; step < MaxSteps; step++)
        {
            if (answer.Headers.Location is { } location)
            {
                Uri next = new(page, location);
                if (next.Authority != page.Authority)
                {
                    return next;
                }

                answer = await http.GetAsync(page = next);
                continue;
            }

            string text = await answer.Content.ReadAsStringAsync();
            Match form = Form().Match(text);
            Assert.True(form.Success && step == 0, $"HTTP {(int)answer.StatusCode}: {text}");
            List<KeyValuePair<string, string>> fields = [.. Hidden().Matches(form.Value).Select(field => KeyValuePair.Create(field.Groups["name"].Value, WebUtility.HtmlDecode(field.Groups["value"].Value)))];
            fields.Add(KeyValuePair.Create("collection_code", collectionCode));
            fields.Add(KeyValuePair.Create("decision", "allow"));
            answer = await http.PostAsync(page = new Uri(page, WebUtility.HtmlDecode(form.Groups["action"].Value)), new FormUrlEncodedContent(fields));
        }

        throw new InvalidOperationException("The page led nowhere.");
    }

    [GeneratedRegex("<form\\b[^>]*\\baction=\"(?<action>[^\"]*)\"[^>]*>.*?</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hidden();
}
