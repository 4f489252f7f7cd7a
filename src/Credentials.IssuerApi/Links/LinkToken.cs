using System.Buffers.Text;
using System.Security.Cryptography;
using Credentials.IssuerApi.Configuration;

namespace Credentials.IssuerApi.Links;

/// <summary>The token that makes one credential public: 128 random bits as base64url. Whoever has it reads the diploma, so it is never logged.</summary>
internal static class LinkToken
{
    private const int Bytes = 16;

    /// <summary>Length of a token in characters.</summary>
    public const int Length = 22;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The public URL of a token; null without one.</summary>
    public static Uri? UrlOf(IssuerOptions options, string? token) => token is null ? null : options.PublicUrl($"c/{token}");
}
