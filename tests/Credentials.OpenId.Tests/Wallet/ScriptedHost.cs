using System.Net;
using System.Net.Http.Headers;

namespace Credentials.OpenId.Wallet;

/// <summary>The web as a test wants it: what is asked where, and what is answered. Whatever has no answer is 404.</summary>
internal sealed class ScriptedHost : HttpMessageHandler
{
    private readonly List<(string Method, string Url, Func<string, HttpResponseMessage> Answer)> _script = [];

    /// <summary>What was asked, in order.</summary>
    public List<Asked> Requests { get; } = [];

    /// <summary>A client of it.</summary>
    public HttpClient Client => new(this, disposeHandler: false);

    /// <summary>Answers a method at a URL (without its query) with what the body asks for; a later script for the same wins.</summary>
    public ScriptedHost On(string method, string url, Func<string, HttpResponseMessage> answer)
    {
        _script.Insert(0, (method, url, answer));
        return this;
    }

    public ScriptedHost On(string method, string url, string mediaType, string body, HttpStatusCode status = HttpStatusCode.OK) => On(method, url, _ => Answer(mediaType, body, status));

    public static HttpResponseMessage Answer(string mediaType, string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, MediaTypeHeaderValue.Parse(mediaType)) };

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) => Answer("application/json", body, status);

    public static HttpResponseMessage Redirect(string to) => new(HttpStatusCode.Found) { Headers = { Location = new Uri(to) } };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        string url = request.RequestUri!.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        Requests.Add(new(request.Method.Method, request.RequestUri, body, request.Headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase)));
        HttpResponseMessage answer = _script.FirstOrDefault(one => one.Method == request.Method.Method && one.Url == url).Answer?.Invoke(body) ?? new(HttpStatusCode.NotFound);
        answer.RequestMessage ??= request;
        return answer;
    }

    /// <summary>One request.</summary>
    internal sealed record Asked(string Method, Uri Url, string Body, IReadOnlyDictionary<string, string> Headers)
    {
        /// <summary>A parameter of a form.</summary>
        public string? Form(string name) => Presentation.FormText.Read(Body).Value?.GetValueOrDefault(name);
    }
}
