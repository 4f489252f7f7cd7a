using System.Globalization;
using System.Security.Cryptography;

using Credentials.Encoding;

namespace Credentials.IssuerApi.Wallets;

/// <summary>Tokens and codes: made here, kept as hashes.</summary>
internal static class WalletSecret
{
    private const int Bytes = 32;

    /// <summary>256 random bits as base64url.</summary>
    public static string Create() => StrictBase64Url.Encode(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Random digits for a person to type.</summary>
    public static string CreateDigits(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => RandomNumberGenerator.GetInt32(10).ToString(CultureInfo.InvariantCulture)));

    /// <summary>What is kept of a secret.</summary>
    public static byte[] HashOf(string secret) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret));

    /// <summary>What is kept of the few digits that belong to an offer. They are guarded by the number of tries; the offer's id only makes equal digits look different.</summary>
    public static byte[] HashOfDigits(string offerId, string digits) => HashOf($"{offerId}:{digits}");

    /// <summary>A second secret that follows from a first one, for those who know it.</summary>
    public static string Derive(string secret, string purpose) => StrictBase64Url.Encode(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{purpose}:{secret}")));
}
