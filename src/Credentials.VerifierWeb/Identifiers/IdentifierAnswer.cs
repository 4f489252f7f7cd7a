using System.Text.Json;

namespace Credentials.VerifierWeb.Identifiers;

/// <summary>JSON under its own media type, which must be exactly the one that the metadata names.</summary>
internal sealed record IdentifierAnswer(int Status, string MediaType, ReadOnlyMemory<byte> Utf8) : IResult
{
    public static byte[] Utf8Of(JsonElement json) => JsonSerializer.SerializeToUtf8Bytes(json);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        httpContext.Response.ContentType = MediaType;
        httpContext.Response.ContentLength = Utf8.Length;
        httpContext.Response.Headers.Vary = "Accept";
        await httpContext.Response.Body.WriteAsync(Utf8, httpContext.RequestAborted);
    }
}

/// <summary>303 to the address of a service; nothing is fetched from there.</summary>
internal sealed record IdentifierRedirect(Uri Location) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = Location.AbsoluteUri;
        return Task.CompletedTask;
    }
}
