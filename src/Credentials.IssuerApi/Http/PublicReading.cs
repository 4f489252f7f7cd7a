using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Credentials.IssuerApi.Http;

/// <summary>What anybody may read, from any web page: DID documents, status lists, receipt files, linked credentials.</summary>
internal static class PublicReading
{
    public const string Policy = "public-reading";

    /// <summary>What wallets in browsers call, with tokens and proofs in headers; never with cookies.</summary>
    public const string Wallets = "wallets";

    /// <summary>Opens an endpoint to wallets, those in browsers included; what they show is asked for by the endpoint itself.</summary>
    public static RouteHandlerBuilder AllowWallets(this RouteHandlerBuilder endpoint) => endpoint.AllowAnonymous().RequireCors(Wallets).WithMetadata(WalletEndpoint.Instance);

    /// <summary>Opens an endpoint to everybody, browsers' scripts included.</summary>
    public static RouteHandlerBuilder AllowPublicReading(this RouteHandlerBuilder endpoint) => endpoint.AllowAnonymous().RequireCors(Policy);

    /// <summary>A body that caches may keep, with a strong ETag over its bytes; 304 where the client has it.</summary>
    public static IResult Cacheable(HttpContext context, ReadOnlyMemory<byte> body, string contentType, TimeSpan maxAge, bool immutable = false)
    {
        string seconds = ((long)maxAge.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.CacheControl = $"public, max-age={seconds}{(immutable ? ", immutable" : "")}";
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body.Span))}\"");
        return TypedResults.Bytes(body, contentType, entityTag: tag);
    }
}

/// <summary>Marks what wallets call: their calls are counted apart from everybody else's of the same address.</summary>
internal sealed class WalletEndpoint
{
    private WalletEndpoint()
    {
    }

    public static WalletEndpoint Instance { get; } = new();
}
