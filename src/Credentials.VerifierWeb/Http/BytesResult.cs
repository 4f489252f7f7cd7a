namespace Credentials.VerifierWeb.Http;

/// <summary>A body that is already written.</summary>
/// <param name="Status">The status.</param>
/// <param name="ContentType">Its media type, without charset: wallets compare it.</param>
/// <param name="Bytes">The body.</param>
internal sealed record BytesResult(int Status, string ContentType, byte[] Bytes) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        httpContext.Response.ContentType = ContentType;
        httpContext.Response.ContentLength = Bytes.Length;
        await httpContext.Response.Body.WriteAsync(Bytes, httpContext.RequestAborted);
    }
}
