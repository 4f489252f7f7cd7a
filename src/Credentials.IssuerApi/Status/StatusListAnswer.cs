using Credentials.IssuerApi.Http;
using Microsoft.Net.Http.Headers;

namespace Credentials.IssuerApi.Status;

/// <summary>A status list as an HTTP answer: of the media type that the client asked for, because some read a body only when it is called JSON.</summary>
internal static class StatusListAnswer
{
    public const string MediaType = "application/vc";

    // In the order of our own liking; what is asked for with the same quality goes by it.
    private static readonly string[] s_offered = [MediaType, "application/json", "application/ld+json"];

    public static IResult Of(HttpContext context, ReadOnlyMemory<byte> credential, TimeSpan maxAge)
    {
        context.Response.Headers.Vary = HeaderNames.Accept;
        return PublicReading.Cacheable(context, credential, Choose(context.Request.GetTypedHeaders().Accept), maxAge);
    }

    /// <summary>The offered type that the client names with the highest quality; our own where it names none of them.</summary>
    private static string Choose(IList<MediaTypeHeaderValue> accept) => s_offered
        .Select(type => (Type: type, Quality: accept.Where(asked => string.Equals(asked.MediaType.Value, type, StringComparison.OrdinalIgnoreCase)).Select(asked => asked.Quality ?? 1).DefaultIfEmpty(0).Max()))
        .MaxBy(offer => offer.Quality) is { Quality: > 0 } best
            ? best.Type
            : MediaType;
}
