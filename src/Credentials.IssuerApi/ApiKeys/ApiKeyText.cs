using System.Buffers.Text;
using System.Security.Cryptography;

namespace Credentials.IssuerApi.ApiKeys;

/// <summary>The text of an API key: <c>{role}_{id}_{secret}</c>, id 12 hexadecimal digits and no secret, secret 256 random bits as base64url.</summary>
/// <remarks>Kept as a SHA-256 hash: 256 random bits need no slow hash. The role in front is for people; the database says which one holds.</remarks>
internal sealed record ApiKeyText(string Text, string Id)
{
    private const int IdLength = 12;

    public static ApiKeyText Create(string role)
    {
        string id = RandomNumberGenerator.GetHexString(IdLength, lowercase: true);
        return new($"{role}_{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}", id);
    }

    /// <summary>The id within a key's text; null for what cannot be a key.</summary>
    public static string? IdOf(string text)
    {
        string[] parts = text.Split('_', 3);
        return text.Length < 128 && parts.Length == 3 && parts[1].Length == IdLength ? parts[1] : null;
    }

    public static byte[] HashOf(string text) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text));
}
