using System.Text.Json;
using Credentials.Encoding;
using Credentials.Enveloping;
using Credentials.Jose.Disclosures;
using Credentials.Keys;

namespace Credentials.Jose;

/// <summary>An SD-JWT, with key binding or without: opened (every rule of RFC 9901 section 7.1 but the signature's), not yet believed.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9901</remarks>
public sealed class SdJwt
{
    /// <summary>More disclosures than that are refused.</summary>
    public const int MaxDisclosures = SdJwtParts.MaxDisclosures;

    private readonly SdJwtParts _parts;

    internal SdJwt(SdJwtParts parts, byte[] payload, EnvelopeClaims claims, Confirmation? confirmation, KeyBinding? keyBinding) =>
        (_parts, Payload, Claims, Confirmation, KeyBinding) = (parts, payload, claims, confirmation, keyBinding);

    /// <summary>As received.</summary>
    public ReadOnlyMemory<byte> Secured => _parts.Text;

    /// <summary>The issuer-signed JWT: the text before the first <c>~</c>.</summary>
    public ReadOnlyMemory<byte> IssuerSigned => _parts.Jws.Text;

    /// <summary>The <c>typ</c> of the issuer-signed JWT.</summary>
    public string? Type => _parts.Jws.Header.Type;

    /// <summary>The <c>kid</c> of the issuer-signed JWT, as it stands.</summary>
    public string? KeyId => _parts.Jws.Header.KeyId;

    /// <summary>The processed payload: UTF-8 JSON, disclosures in their places, digests gone. Nothing of it means anything before <see cref="Verify"/> has said null.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>Its registered claims.</summary>
    public EnvelopeClaims Claims { get; }

    /// <summary>RFC 6901 pointers, into <see cref="Payload"/>, to what stands there by a disclosure, in the order of the disclosures.</summary>
    public IReadOnlyList<string> DisclosedPointers => [.. _parts.Disclosures.Select(disclosure => disclosure.Place!.Pointer)];

    /// <summary>The holder's key (<c>cnf</c>).</summary>
    public Confirmation? Confirmation { get; }

    /// <summary>The key binding JWT, if there is one. Whether one is needed is the verifier's policy, never the holder's choice.</summary>
    public KeyBinding? KeyBinding { get; }

    internal JwsHeader Header => _parts.Jws.Header;

    /// <summary>The payload of the issuer-signed JWT, digests and all.</summary>
    internal ReadOnlyMemory<byte> IssuerPayload => _parts.Jws.Payload;

    /// <summary>Reads the compact serialisation.</summary>
    /// <param name="compact">ASCII text. It must not change.</param>
    public static Parsed<SdJwt> Open(ReadOnlyMemory<byte> compact) => SdJwtReader.Read(compact, (_, _, _) => null);

    /// <summary>Issues: the document with digests in place of what the frame names, and all disclosures.</summary>
    /// <param name="document">UTF-8 JSON text of an object.</param>
    /// <param name="signer">The issuer's key.</param>
    /// <param name="options">What it says besides.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<Parsed<byte[]>> IssueAsync(ReadOnlyMemory<byte> document, ISigner signer, SdJwtOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(options);
        if (options is { HolderKey: not null, HolderKeyId: not null })
        {
            throw new ArgumentException("The holder's key goes in by value or by reference, not both.", nameof(options));
        }

        Parsed<JsonDocument> parsed = StrictJson.Parse(document);
        if (!parsed.Ok)
        {
            return parsed.Problem;
        }

        using JsonDocument json = parsed.Value;
        if (json.RootElement.ValueKind != JsonValueKind.Object)
        {
            return new Problem(ProblemCode.MalformedValueError, "Only an object can be issued as an SD-JWT.", "");
        }

        AddedClaims added = new AddedClaims().Time("iat", options.IssuedAt).Time("exp", options.Expires).Text("aud", options.Audience).Text("nonce", options.Nonce).Confirmation(options.HolderKey, options.HolderKeyId);
        Parsed<FrameNode> frame = FrameNode.Of(options.Frame);
        if (!frame.Ok || added.Check(json.RootElement) is not null)
        {
            return frame.Problem ?? added.Check(json.RootElement)!;
        }

        var writing = new DisclosureWriting(options.Frame.Decoys);
        Parsed<byte[]> payload = writing.Write(json.RootElement, frame.Value, added);
        return payload.Ok
            ? await JwsWriter.SignAsync(payload.Value, signer, new(options.Type, options.ContentType, options.KeyId, Certificates: options.CertificateChain), prefix: default, suffix: writing.Suffix, cancellationToken).ConfigureAwait(false)
            : payload.Problem;
    }

    /// <summary>Whether the issuer-signed JWT is that key's: null, or the problem, with the codes of <see cref="DataIntegrity.DataIntegritySuite.Verify"/>.</summary>
    public Problem? Verify(PublicKey issuerKey)
    {
        ArgumentNullException.ThrowIfNull(issuerKey);
        return _parts.Jws.Verify(issuerKey);
    }

    /// <summary>The same SD-JWT with fewer disclosures, without key binding.</summary>
    /// <param name="pointers">RFC 6901 pointers, into <see cref="Payload"/>, to what shall be seen: the disclosures at each and above it are taken, those below it are not. A pointer to nothing is a problem.</param>
    public Parsed<byte[]> Present(IReadOnlyCollection<string> pointers)
    {
        ArgumentNullException.ThrowIfNull(pointers);
        return SdJwtPresenting.Present(_parts, Payload, pointers);
    }

    /// <summary>Binds a presentation (an SD-JWT without key binding) to a verifier and a transaction.</summary>
    /// <param name="presentation">What <see cref="Present"/> or <see cref="IssueAsync"/> returned.</param>
    /// <param name="holder">The holder's key, that of <c>cnf</c>.</param>
    /// <param name="audience">The verifier.</param>
    /// <param name="nonce">The verifier's nonce.</param>
    /// <param name="issuedAt">The time, written in whole seconds.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<Parsed<byte[]>> BindAsync(ReadOnlyMemory<byte> presentation, ISigner holder, string audience, string nonce, DateTimeOffset issuedAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(holder);
        ArgumentNullException.ThrowIfNull(audience);
        ArgumentNullException.ThrowIfNull(nonce);
        Parsed<SdJwt> read = Open(presentation);
        return !read.Ok ? read.Problem
            : read.Value.KeyBinding is not null ? Refused("The SD-JWT is bound already.")
            : read.Value.Confirmation is not { } confirmation ? Refused("The SD-JWT names no key of a holder (cnf), so that nothing could be bound.")
            : confirmation.KeyId is null && confirmation.Key?.Equals(holder.PublicKey) is not true ? Refused("The key is not the one that the SD-JWT names as its holder's.")
            : await KeyBinding.AppendAsync(presentation, read.Value._parts.Algorithm, holder, audience, nonce, issuedAt, cancellationToken).ConfigureAwait(false);
    }

    private static Problem Refused(string detail) => new(ProblemCode.ProofGenerationError, detail);
}
