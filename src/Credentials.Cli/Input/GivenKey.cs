using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Dids.Methods;
using Credentials.Encoding;
using Credentials.Keys;

namespace Credentials.Cli.Input;

/// <summary>A key in a file: a JWK (RFC 7517), alone in its file, read strictly.</summary>
internal static class GivenKey
{
    private const int MaximumBytes = 64 * 1024;

    /// <summary>A private key. The caller disposes it.</summary>
    /// <exception cref="MisuseException">The file is missing or holds no private key that is known here.</exception>
    public static SigningKey ReadPrivate(string path) => Read(path, JsonWebKey.ReadPrivate);

    /// <summary>A public key.</summary>
    /// <exception cref="MisuseException">The file is missing, or holds a private key or none that is known here.</exception>
    public static PublicKey ReadPublic(string path) => Read(path, JsonWebKey.Read);

    /// <summary>The public half of whatever key the file holds: a public or private JWK, or a verification method with a <c>publicKeyJwk</c>.</summary>
    /// <exception cref="MisuseException">The file is missing or holds no key that is known here.</exception>
    public static PublicKey ReadEither(string path) => Read(path, ReadEither);

    /// <summary>The verification method under which a key signs: the one that was given, or that of the DID that the key itself makes.</summary>
    /// <param name="given">An absolute DID URL; null when none was given.</param>
    /// <param name="method"><c>key</c> or <c>jwk</c>; null for <c>key</c>.</param>
    /// <param name="key">The key.</param>
    /// <exception cref="MisuseException">The method is neither, or the URL is no absolute URL.</exception>
    public static string MethodOf(string? given, string? method, PublicKey key) => (given, method) switch
    {
        (not null, not null) => throw new MisuseException("Give --verification-method or --did, not both."),
        ({ } url, _) when !Uri.TryCreate(url, UriKind.Absolute, out _) => throw new MisuseException($"--verification-method {url} is no URL: it looks like did:web:example.edu#key-1."),
        ({ } url, _) => url,
        (_, null or "key") => DidKey.MethodOf(key),
        (_, "jwk") => DidJwk.Of(key) + "#0",
        _ => throw new MisuseException($"--did {method} is not known: key or jwk."),
    };

    private static T Read<T>(string path, Func<JsonElement, Parsed<T>> read)
        where T : class
    {
        byte[] text = TextOf(path);
        try
        {
            Parsed<JsonDocument> parsed = StrictJson.Parse(text);
            if (!parsed.Ok)
            {
                throw new MisuseException($"{path} is no JWK: {parsed.Problem.Detail}");
            }

            using JsonDocument document = parsed.Value;
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("keys", out _))
            {
                throw new MisuseException($"{path} is a set of keys: put the one to use into a file of its own.");
            }

            Parsed<T> key = read(document.RootElement);
            return key.Ok ? key.Value : throw new MisuseException($"{path}: {key.Problem.Detail}");
        }
        catch (PlatformNotSupportedException)
        {
            throw new MisuseException($"{path}: this computer cannot use such a key; it lacks OpenSSL 3 (libcrypto.so.3).");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }
    }

    private static Parsed<PublicKey> ReadEither(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("publicKeyJwk", out JsonElement jwk))
        {
            return JsonWebKey.Read(jwk);
        }

        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("d", out _))
        {
            return JsonWebKey.Read(json);
        }

        Parsed<SigningKey> pair = JsonWebKey.ReadPrivate(json);
        using SigningKey? secret = pair.Ok ? pair.Value : null;
        return secret is null ? pair.Problem! : secret.PublicKey;
    }

    private static byte[] TextOf(string path)
    {
        try
        {
            return new FileInfo(path) switch
            {
                { Exists: false } => throw new MisuseException($"There is no key file {path}. To make one: credentials keys new --out {path}"),
                { Length: > MaximumBytes } => throw new MisuseException($"{path} is larger than any JWK."),
                _ => File.ReadAllBytes(path),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MisuseException($"{path} cannot be read: {e.Message}");
        }
    }
}
