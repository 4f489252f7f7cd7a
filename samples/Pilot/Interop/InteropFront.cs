using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Credentials.Pilot.Interop;

/// <summary>One origin before issuer and verifier: serves the manifest and hands every other request on, byte for byte.</summary>
internal sealed class InteropFront : IAsyncDisposable
{
    // What the issuer serves; the rest is the verifier's.
    private static readonly PathString[] s_issuerPaths = ["/issuers", "/status-lists", "/credentials/issue", "/credentials/derive", "/credentials/status"];

    // Of one connection, not of the message.
    private static readonly string[] s_hopHeaders = ["Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Host", "Expect"];

    private readonly HttpMessageInvoker _onward = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None });
    private readonly WebApplication _app;
    private readonly Uri _issuer;
    private readonly Uri _verifier;

    private InteropFront(WebApplication app, Uri issuer, Uri verifier) => (_app, _issuer, _verifier) = (app, issuer, verifier);

    public static async Task<InteropFront> StartAsync(int port, Uri issuer, Uri verifier, JsonObject manifest, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://localhost:{port}");
        WebApplication app = builder.Build();
        var front = new InteropFront(app, issuer, verifier);
        string text = manifest.ToJsonString(new() { WriteIndented = true });
        app.Run(context => context.Request.Path == InteropManifest.Path && HttpMethods.IsGet(context.Request.Method)
            ? WriteManifestAsync(context, text)
            : front.ForwardAsync(context));
        await app.StartAsync(cancellationToken);
        return front;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _onward.Dispose();
    }

    private static Task WriteManifestAsync(HttpContext context, string manifest)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.AccessControlAllowOrigin = "*";
        return context.Response.WriteAsync(manifest, context.RequestAborted);
    }

    private async Task ForwardAsync(HttpContext context)
    {
        using HttpRequestMessage request = Onward(context);
        try
        {
            using HttpResponseMessage answer = await _onward.SendAsync(request, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            foreach ((string name, IEnumerable<string> values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !IsOfOneHop(header.Key)))
            {
                context.Response.Headers[name] = values.ToArray();
            }

            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (HttpRequestException) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
        }
    }

    private HttpRequestMessage Onward(HttpContext context)
    {
        // The target as it was sent: a DID URL's %23 is not a fragment, and must not become one on the way.
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        Uri host = s_issuerPaths.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal)) ? _issuer : _verifier;
        bool isPath = target.StartsWith('/');
        var url = new Uri(host.GetLeftPart(UriPartial.Authority) + (isPath ? target : "/"), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), url);
        if (context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
        }

        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in context.Request.Headers.Where(header => !IsOfOneHop(header.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        return request;
    }

    private static bool IsOfOneHop(string header) => s_hopHeaders.Contains(header, StringComparer.OrdinalIgnoreCase);
}
