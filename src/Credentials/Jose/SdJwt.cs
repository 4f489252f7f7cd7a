using Credentials.Enveloping;
using Credentials.Keys;

namespace Credentials.Jose;

/// <summary>An SD-JWT, with key binding or without: opened (every rule of RFC 9901 section 7.1 but the signature's), not yet believed.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9901</remarks>
public sealed class SdJwt
{
    /// <summary>More disclosures than that are refused.</summary>
    public const int MaxDisclosures = 4096;

    private SdJwt() => throw new NotImplementedException();

    /// <summary>As received.</summary>
    public ReadOnlyMemory<byte> Secured { get; }

    /// <summary>The <c>typ</c> of the issuer-signed JWT.</summary>
    public string? Type { get; }

    /// <summary>The processed payload: UTF-8 JSON, disclosures in their places, digests gone.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>RFC 6901 pointers, into <see cref="Payload"/>, of what stands there by a disclosure, in the order of the disclosures.</summary>
    public IReadOnlyList<string> DisclosedPointers { get; } = [];

    /// <summary>The holder's key (<c>cnf</c>).</summary>
    public Confirmation? Confirmation { get; }

    /// <summary>The key binding JWT, if there is one.</summary>
    public KeyBinding? KeyBinding { get; }

    /// <summary>Reads the compact serialisation.</summary>
    /// <param name="compact">ASCII text. It must not change.</param>
    public static Parsed<SdJwt> Open(ReadOnlyMemory<byte> compact) => throw new NotImplementedException();

    /// <summary>Issues: the document with digests in place of what the frame names, and all disclosures.</summary>
    /// <param name="document">UTF-8 JSON text of an object.</param>
    /// <param name="signer">The issuer's key.</param>
    /// <param name="options">What it says besides.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static Task<Parsed<byte[]>> IssueAsync(ReadOnlyMemory<byte> document, ISigner signer, SdJwtOptions options, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Whether the issuer-signed JWT is that key's: null, or the problem.</summary>
    public Problem? Verify(PublicKey issuerKey) => throw new NotImplementedException();

    /// <summary>The same SD-JWT with fewer disclosures, without key binding.</summary>
    /// <param name="pointers">RFC 6901 pointers, into <see cref="Payload"/>, to what the holder discloses; the disclosures above each come along, those below do not. A pointer to nothing, or to what is in the clear anyway, is a problem.</param>
    public Parsed<byte[]> Present(IReadOnlyCollection<string> pointers) => throw new NotImplementedException();

    /// <summary>Binds a presentation (an SD-JWT without key binding) to a verifier and a transaction.</summary>
    /// <param name="presentation">What <see cref="Present"/> or <see cref="IssueAsync"/> returned.</param>
    /// <param name="holder">The holder's key, that of <c>cnf</c>.</param>
    /// <param name="audience">The verifier.</param>
    /// <param name="nonce">The verifier's nonce.</param>
    /// <param name="issuedAt">The time.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static Task<Parsed<byte[]>> BindAsync(ReadOnlyMemory<byte> presentation, ISigner holder, string audience, string nonce, DateTimeOffset issuedAt, CancellationToken cancellationToken) => throw new NotImplementedException();
}
