using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;

namespace Credentials.IssuerApi.Keys;

/// <summary>Wraps an element of the key ring with a passphrase: PBKDF2-SHA256 (600,000 iterations) to a 256-bit key, AES-256-GCM.</summary>
/// <remarks>Iterations as in the OWASP Password Storage Cheat Sheet. Derived once a process and salt: a ring of many keys opens as fast as one.</remarks>
internal sealed class PassphraseWrap(string passphrase)
{
    private const int Iterations = 600_000;
    private const int MostIterations = 10_000_000;
    private const int SaltLength = 16;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private static readonly XNamespace s_namespace = "urn:credentials:keyring:v1";
    private readonly ConcurrentDictionary<(string Salt, int Iterations), Lazy<byte[]>> _keys = new();

    /// <summary>The wrapped element's name.</summary>
    public static XName ElementName { get; } = s_namespace + "passphraseWrapped";

    public XElement Wrap(XElement plaintext)
    {
        byte[] data = System.Text.Encoding.UTF8.GetBytes(plaintext.ToString(SaveOptions.DisableFormatting));
        try
        {
            (string salt, int iterations) = CurrentSalt();
            byte[] nonce = RandomNumberGenerator.GetBytes(NonceLength);
            byte[] ciphertext = new byte[data.Length];
            byte[] tag = new byte[TagLength];
            using var gcm = new AesGcm(KeyOf(salt, iterations), TagLength);
            gcm.Encrypt(nonce, data, ciphertext, tag, AssociatedData(salt, iterations));
            return new XElement(
                ElementName,
                new XAttribute("kdf", "PBKDF2-SHA256"),
                new XAttribute("iterations", iterations),
                new XAttribute("salt", salt),
                new XAttribute("cipher", "AES-256-GCM"),
                Convert.ToBase64String([.. nonce, .. ciphertext, .. tag]));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(data);
        }
    }

    /// <exception cref="CryptographicException">Another passphrase wrapped it, or it was altered.</exception>
    public XElement Unwrap(XElement wrapped)
    {
        string salt = (string?)wrapped.Attribute("salt") ?? "";
        if (wrapped.Name != ElementName
            || !int.TryParse((string?)wrapped.Attribute("iterations"), NumberStyles.None, CultureInfo.InvariantCulture, out int iterations)
            || iterations is < Iterations or > MostIterations)
        {
            throw new CryptographicException("This element of the key ring is no passphrase-wrapped key.");
        }

        byte[] sealedBytes = FromBase64(wrapped.Value);
        if (sealedBytes.Length < NonceLength + TagLength)
        {
            throw new CryptographicException("This element of the key ring is cut short.");
        }

        byte[] data = new byte[sealedBytes.Length - NonceLength - TagLength];
        using var gcm = new AesGcm(KeyOf(salt, iterations), TagLength);
        gcm.Decrypt(sealedBytes.AsSpan(0, NonceLength), sealedBytes.AsSpan(NonceLength, data.Length), sealedBytes.AsSpan(^TagLength..), data, AssociatedData(salt, iterations));
        try
        {
            return XElement.Parse(System.Text.Encoding.UTF8.GetString(data));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(data);
        }
    }

    // The salt that is in use already, so that a ring has few of them and each start derives as few keys.
    private (string Salt, int Iterations) CurrentSalt() => _keys.Keys.FirstOrDefault(key => key.Iterations == Iterations) is { Salt: not null } known
        ? known
        : (Convert.ToBase64String(RandomNumberGenerator.GetBytes(SaltLength)), Iterations);

    private byte[] KeyOf(string salt, int iterations) => _keys.GetOrAdd((salt, iterations), key => new Lazy<byte[]>(() =>
        Rfc2898DeriveBytes.Pbkdf2(passphrase, FromBase64(key.Salt), key.Iterations, HashAlgorithmName.SHA256, 32))).Value;

    private static byte[] AssociatedData(string salt, int iterations) =>
        System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{s_namespace} {iterations} {salt}"));

    private static byte[] FromBase64(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException e)
        {
            throw new CryptographicException("This element of the key ring is not base64.", e);
        }
    }
}
