using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Credentials.Encoding;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Credentials.IssuerApi.Http;

/// <summary>Reads request bodies within bounds; what is wrong with them is an answer.</summary>
internal static class RequestBody
{
    /// <summary>A credential may have 1 MiB; the rest is for what stands around it.</summary>
    public const int MaxCredentialRequest = (1024 + 64) * 1024;

    public const int MaxSmallRequest = 16 * 1024;

    private static readonly string[] s_json = ["application/json", "application/ld+json", "application/vc", "application/vc+ld+json"];

    /// <summary>The bytes of a JSON body.</summary>
    public static async Task<(ReadOnlyMemory<byte> Bytes, ProblemHttpResult? Refusal)> ReadJsonAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        string mediaType = (request.ContentType ?? "").Split(';')[0].Trim();
        if (!s_json.Contains(mediaType, StringComparer.OrdinalIgnoreCase))
        {
            return (default, ApiProblem.Of(StatusCodes.Status415UnsupportedMediaType, ApiProblem.UnsupportedMediaType, "Send the body as Content-Type: application/json."));
        }

        if (request.ContentLength > maxBytes)
        {
            return (default, TooLarge(maxBytes));
        }

        PipeReader reader = request.BodyReader;
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > maxBytes)
            {
                return (default, TooLarge(maxBytes));
            }

            if (read.IsCompleted)
            {
                byte[] bytes = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return (bytes, null);
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>A JSON body, parsed strictly. The caller disposes it.</summary>
    public static async Task<(JsonDocument? Document, ProblemHttpResult? Refusal)> ReadDocumentAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        (ReadOnlyMemory<byte> bytes, ProblemHttpResult? refusal) = await ReadJsonAsync(request, maxBytes, cancellationToken);
        if (refusal is not null)
        {
            return (null, refusal);
        }

        Parsed<JsonDocument> parsed = StrictJson.Parse(bytes);
        return parsed.Ok ? (parsed.Value, null) : (null, ApiProblem.Invalid(parsed.Problem));
    }

    /// <summary>A small JSON message as its type.</summary>
    public static async Task<(T? Message, ProblemHttpResult? Refusal)> ReadMessageAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        (JsonDocument? read, ProblemHttpResult? refusal) = await ReadDocumentAsync(request, MaxSmallRequest, cancellationToken);
        if (read is null)
        {
            return (null, refusal);
        }

        using JsonDocument document = read;
        try
        {
            return document.RootElement.Deserialize(type) is { } message
                ? (message, null)
                : (null, ApiProblem.Invalid(new Problem(ProblemCode.MalformedValueError, "The body must be a JSON object.", "")));
        }
        catch (JsonException e)
        {
            return (null, ApiProblem.Invalid(new Problem(ProblemCode.MalformedValueError, "The body does not have the members of this request: see /openapi/v1.json.", PointerOf(e.Path))));
        }
    }

    private static ProblemHttpResult TooLarge(int maxBytes) =>
        ApiProblem.Of(StatusCodes.Status413PayloadTooLarge, ApiProblem.BodyTooLarge, $"The body is larger than {maxBytes / 1024} KiB.");

    // The serializer says $.a[0].b; RFC 6901 says /a/0/b. Our messages have no member whose name needs more.
    private static string PointerOf(string? path) =>
        (path ?? "").TrimStart('$').Replace('.', '/').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
}
