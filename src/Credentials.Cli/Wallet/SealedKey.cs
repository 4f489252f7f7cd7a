using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Encoding;
using Credentials.Keys;

namespace Credentials.Cli.Wallet;

/// <summary>A private key as it lies in the wallet's folder: a JWK, or under a passphrase the same encrypted (AES-256-GCM, key by PBKDF2-HMAC-SHA-256).</summary>
internal static class SealedKey
{
    private const string Sealed = "sealed";
    private const int Iterations = 600_000;
    private const int MostIterations = 10_000_000;
    private const int SaltBytes = 16;
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Writes one.</summary>
    /// <param name="key">The key.</param>
    /// <param name="passphrase">Null to leave it in the clear, for its owner's eyes alone.</param>
    public static JsonObject Write(SigningKey key, string? passphrase)
    {
        byte[] jwk = PrivateJwk.Write(key);
        try
        {
            return passphrase is null ? JsonNode.Parse(jwk)!.AsObject() : Seal(jwk, passphrase);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(jwk);
        }
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="MisuseException">It is under a passphrase that was not given, or is another; or it is broken.</exception>
    public static SigningKey Read(JsonElement json, string? passphrase)
    {
        if (!json.TryGetProperty(Sealed, out JsonElement box))
        {
            return Opened(JsonWebKey.ReadPrivate(json));
        }

        byte[]? jwk = Open(box, passphrase ?? throw new MisuseException("The wallet's keys are under a passphrase: give it with --passphrase-file FILE, or in CREDENTIALS_WALLET_PASSPHRASE."));
        if (jwk is null)
        {
            throw new MisuseException("The passphrase is not the one under which this key was put, or the file was changed.");
        }

        using JsonDocument document = JsonDocument.Parse(jwk);
        SigningKey key = Opened(JsonWebKey.ReadPrivate(document.RootElement));
        CryptographicOperations.ZeroMemory(jwk);
        return key;
    }

    private static JsonObject Seal(byte[] jwk, string passphrase)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        byte[] nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        byte[] sealedText = new byte[jwk.Length + TagBytes];
        using AesGcm aes = new(Derive(passphrase, salt, Iterations), TagBytes);
        aes.Encrypt(nonce, jwk, sealedText.AsSpan(0, jwk.Length), sealedText.AsSpan(jwk.Length));
        return new JsonObject
        {
            [Sealed] = new JsonObject
            {
                ["iterations"] = Iterations,
                ["salt"] = StrictBase64Url.Encode(salt),
                ["nonce"] = StrictBase64Url.Encode(nonce),
                ["text"] = StrictBase64Url.Encode(sealedText),
            },
        };
    }

    // Null for a wrong passphrase, and for what was never sealed here.
    private static byte[]? Open(JsonElement box, string passphrase)
    {
        if (Bytes(box, "salt") is not { } salt || Bytes(box, "nonce") is not { Length: NonceBytes } nonce || Bytes(box, "text") is not { Length: > TagBytes } text
            || !box.TryGetProperty("iterations", out JsonElement count) || !count.TryGetInt32(out int iterations) || iterations is < 1 or > MostIterations)
        {
            return null;
        }

        byte[] jwk = new byte[text.Length - TagBytes];
        try
        {
            using AesGcm aes = new(Derive(passphrase, salt, iterations), TagBytes);
            aes.Decrypt(nonce, text.AsSpan(0, jwk.Length), text.AsSpan(jwk.Length), jwk);
            return jwk;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static byte[] Derive(string passphrase, byte[] salt, int iterations) => Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, iterations, HashAlgorithmName.SHA256, KeyBytes);

    private static byte[]? Bytes(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? StrictBase64Url.Decode(value.GetString()) : null;

    private static SigningKey Opened(Parsed<SigningKey> key) => key.Ok ? key.Value : throw new MisuseException($"A key of the wallet cannot be read: {key.Problem.Detail}");
}
