using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Encoding;
using Credentials.Keys;

namespace Credentials.Jose.Encryption;

/// <summary>A compact JWE by ECDH-ES in direct key agreement: three lines to encrypt an answer to a public key, three to open it. Reading never throws.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc7516#section-7.1, https://www.rfc-editor.org/rfc/rfc7518#section-4.6</remarks>
public sealed class CompactJwe
{
    /// <summary>The most characters that are read, and bytes that come out: 1 MiB.</summary>
    public const int MaxLength = 1024 * 1024;

    private readonly JweHeader _header;
    private readonly byte[] _additional;
    private readonly byte[] _iv;
    private readonly byte[] _ciphertext;
    private readonly byte[] _tag;

    private CompactJwe(JweHeader header, byte[] additional, byte[] iv, byte[] ciphertext, byte[] tag) =>
        (_header, _additional, _iv, _ciphertext, _tag) = (header, additional, iv, ciphertext, tag);

    /// <summary>The <c>alg</c> that is known here: <c>ECDH-ES</c>.</summary>
    public static string Algorithm => JweHeader.Algorithm;

    /// <summary>The <c>enc</c> values that are known here, the one we like best first.</summary>
    public static IReadOnlyList<string> Encryptions { get; } = [.. ContentEncryption.All.Select(row => row.Name)];

    /// <summary>The protected header. Authentic only once <see cref="Decrypt"/> has opened the content.</summary>
    public JsonElement Header => _header.Json;

    /// <summary>The <c>kid</c>: which of the recipient's keys.</summary>
    public string? KeyId => _header.Json.TryGetProperty("kid", out JsonElement kid) ? kid.GetString() : null;

    /// <summary>The <c>enc</c>.</summary>
    public string Encryption => _header.Encryption.Name;

    /// <summary>The decoded <c>apu</c>; empty when there is none.</summary>
    public ReadOnlyMemory<byte> PartyU => _header.PartyU;

    /// <summary>The decoded <c>apv</c>; empty when there is none.</summary>
    public ReadOnlyMemory<byte> PartyV => _header.PartyV;

    /// <summary>Whether anybody can encrypt to this key here: P-256 and P-384.</summary>
    public static bool IsRecipient(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return KeyAgreementKey.Agrees(key.Type);
    }

    /// <summary>Encrypts to a public key, under a fresh ephemeral one.</summary>
    /// <exception cref="ArgumentException">The key is no recipient (<see cref="IsRecipient"/>), or the <c>enc</c> is not known.</exception>
    public static string Encrypt(ReadOnlySpan<byte> plaintext, PublicKey recipient, JweOptions? options = null)
    {
        options ??= new();
        ContentEncryption encryption = ContentEncryption.Find(options.Encryption) ?? throw new ArgumentException($"'{options.Encryption}' is no enc that is known here.", nameof(options));
        if (!IsRecipient(recipient))
        {
            throw new ArgumentException($"Nobody can encrypt to a {recipient.Type} key here.", nameof(recipient));
        }

        // RFC 7516 section 5.1. 2. ... use the key agreement algorithm to compute the CEK. 9. Generate a random IV. 11. Compress. 13. Encoded header. 15. Encrypt.
        using var ephemeral = KeyAgreementKey.Generate(recipient.Type);
        byte[] key = ConcatKdf.Derive(ephemeral, recipient, encryption, options.PartyU.Span, options.PartyV.Span);
        byte[] iv = RandomNumberGenerator.GetBytes(encryption.IvLength);
        string header = StrictBase64Url.Encode(WriteHeader(encryption, ephemeral.PublicKey, options));
        byte[] tag = new byte[encryption.TagLength];
        byte[] ciphertext = encryption.Encrypt(key, iv, options.Compress ? Deflated.Compress(plaintext) : plaintext, System.Text.Encoding.ASCII.GetBytes(header), tag);
        CryptographicOperations.ZeroMemory(key);

        // The encrypted key of direct key agreement is the empty octet sequence.
        return $"{header}..{StrictBase64Url.Encode(iv)}.{StrictBase64Url.Encode(ciphertext)}.{StrictBase64Url.Encode(tag)}";
    }

    /// <summary>Reads one, without opening it.</summary>
    public static Parsed<CompactJwe> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength)
        {
            return Fault($"The JWE has {text.Length} characters, and at most {MaxLength} are read.");
        }

        string[] parts = text.Split('.');
        if (parts.Length != 5)
        {
            return Fault("A compact JWE has five parts, divided by four dots.");
        }

        if (StrictBase64Url.Decode(parts[0]) is not { Length: > 0 } headerText || StrictBase64Url.Decode(parts[2]) is not { } iv
            || StrictBase64Url.Decode(parts[3]) is not { } ciphertext || StrictBase64Url.Decode(parts[4]) is not { } tag)
        {
            return Fault("The parts of a compact JWE are base64url in its one spelling, without padding or white space.");
        }

        // RFC 7516 section 5.2 step 10: in direct key agreement the encrypted key is empty.
        if (parts[1].Length > 0)
        {
            return Fault("The JWE holds an encrypted key, which direct key agreement has none of.");
        }

        Parsed<JweHeader> header = JweHeader.Read(headerText);
        return !header.Ok ? header.Problem
            : iv.Length != header.Value.Encryption.IvLength || tag.Length != header.Value.Encryption.TagLength ? Fault("The initialization vector or the tag of the JWE has not the length of its enc.")
            : new CompactJwe(header.Value, System.Text.Encoding.ASCII.GetBytes(parts[0]), iv, ciphertext, tag);
    }

    /// <summary>Opens it; the problem does not say how far it came, so that it helps nobody who guesses.</summary>
    public Parsed<byte[]> Decrypt(KeyAgreementKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (_header.Ephemeral.Type != key.PublicKey.Type)
        {
            return Unopened();
        }

        byte[] contentKey = ConcatKdf.Derive(key, _header.Ephemeral, _header.Encryption, _header.PartyU, _header.PartyV);
        byte[]? content = _header.Encryption.Decrypt(contentKey, _iv, _ciphertext, _additional, _tag);
        CryptographicOperations.ZeroMemory(contentKey);
        return (content is not null && _header.Compressed ? Deflated.Expand(content, MaxLength) : content) is { } opened ? opened : Unopened();
    }

    private static byte[] WriteHeader(ContentEncryption encryption, PublicKey ephemeral, JweOptions options)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("alg", Algorithm);
            writer.WriteString("enc", encryption.Name);
            Member("kid", options.KeyId);
            Member("typ", options.Type);
            Member("cty", options.ContentType);
            Member("zip", options.Compress ? Deflated.Name : null);
            Member("apu", options.PartyU.IsEmpty ? null : StrictBase64Url.Encode(options.PartyU.Span));
            Member("apv", options.PartyV.IsEmpty ? null : StrictBase64Url.Encode(options.PartyV.Span));
            writer.WritePropertyName("epk");
            JsonWebKey.Write(writer, ephemeral);
            writer.WriteEndObject();

            void Member(string name, string? value)
            {
                if (value is not null)
                {
                    writer.WriteString(name, value);
                }
            }
        }

        return stream.ToArray();
    }

    private static Problem Unopened() => new(ProblemCode.CryptographicSecurityError, "The JWE does not open with this key: it was altered, or encrypted to another.", "");

    private static Problem Fault(string detail) => new(ProblemCode.MalformedValueError, detail, "");
}
