using System.Security.Cryptography;
using Credentials.Encoding;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.Tests.Jose;

/// <summary>Makes by hand what no issuer should: any header, any payload, rightly signed.</summary>
internal static class Forge
{
    public const string Header = """{"alg":"ES256","typ":"vc+jwt","cty":"vc","kid":"did:web:universidade-modelo.example#key"}""";

    public const string SdHeader = """{"alg":"ES256","typ":"vc+sd-jwt","kid":"did:web:universidade-modelo.example#key"}""";

    /// <summary>A compact JWS whose signature holds.</summary>
    public static byte[] Jws(string header, byte[] payload, SigningKey key)
    {
        string input = $"{StrictBase64Url.Encode(Utf8.Bytes(header))}.{StrictBase64Url.Encode(payload)}";
        return Utf8.Bytes($"{input}.{StrictBase64Url.Encode(key.Sign(Utf8.Bytes(input)))}");
    }

    /// <summary>An SD-JWT whose signature holds.</summary>
    public static byte[] SdJwt(string payload, SigningKey key, params string[] disclosures) =>
        [.. Jws(SdHeader, Utf8.Bytes(payload), key), (byte)'~', .. disclosures.SelectMany(disclosure => Utf8.Bytes(disclosure + "~"))];

    /// <summary>The text of a disclosure.</summary>
    public static string Disclosure(string json) => StrictBase64Url.Encode(Utf8.Bytes(json));

    /// <summary>Its digest.</summary>
    public static string Digest(string disclosure) => StrictBase64Url.Encode(SHA256.HashData(Utf8.Bytes(disclosure)));

    /// <summary>The same JWS with one of its three parts replaced, the signature kept.</summary>
    public static byte[] WithPart(byte[] jws, int index, byte[] part)
    {
        string[] parts = Utf8.Text(jws).Split('.');
        parts[index] = StrictBase64Url.Encode(part);
        return Utf8.Bytes(string.Join('.', parts));
    }

    /// <summary>A decoded part of a JWS.</summary>
    public static byte[] Part(byte[] jws, int index) => StrictBase64Url.Decode(Utf8.Text(jws).Split('.', '~')[index])!;
}
