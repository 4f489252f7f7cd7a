using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Enveloping;
using Credentials.Jose;
using Credentials.Keys;

namespace Credentials.DcSdJwt;

/// <summary>An SD-JWT VC (<c>dc+sd-jwt</c>), with key binding or without: opened, not yet believed. Its <see cref="Payload"/> is the VCDM 2.0 view of its claims, so that it is verified like any other credential; <see cref="ClaimSet"/> has the claims themselves.</summary>
/// <remarks>https://www.ietf.org/archive/id/draft-ietf-oauth-sd-jwt-vc-19.html. Of an https <c>iss</c> the view names the did:web of the same URL as the issuer; http is taken for loopback alone, as did:web itself takes it.</remarks>
public sealed class SdJwtVc : Envelope
{
    /// <summary>The draft that is followed. https://www.ietf.org/archive/id/draft-ietf-oauth-sd-jwt-vc-19.html</summary>
    public const int Draft = 19;

    /// <summary>The <c>typ</c>, and the format's identifier in OpenID4VCI and OpenID4VP.</summary>
    public const string FormatName = "dc+sd-jwt";

    private readonly SdJwt _sdJwt;

    private readonly SdJwtVcIssuer _issuer;

    private SdJwtVc(SdJwt sdJwt, JsonElement claims, SdJwtVcIssuer issuer, ReadOnlyMemory<byte>[] chain)
    {
        (_sdJwt, ClaimSet, _issuer, CertificateChain) = (sdJwt, claims, issuer, chain);
        Payload = DataModelView.Write(claims, sdJwt.Claims, issuer.Id);
    }

    /// <summary>The processed payload: claims with disclosures in their places, digests gone; what a DCQL query is held against. Nothing of it means anything before <see cref="Verify"/> has said null.</summary>
    public JsonElement ClaimSet { get; }

    /// <summary>The same as UTF-8 JSON text.</summary>
    public ReadOnlyMemory<byte> ProcessedPayload => _sdJwt.Payload;

    /// <summary>RFC 6901 pointers, into <see cref="ClaimSet"/>, to what stands there by a disclosure, in the order of the disclosures.</summary>
    public IReadOnlyList<string> DisclosedPointers => _sdJwt.DisclosedPointers;

    /// <summary>The type (<c>vct</c>).</summary>
    public string CredentialType => ClaimSet.GetProperty("vct").GetString()!;

    /// <summary>The type and every other that the issuer says it is of, too (<c>aka_vcts</c>).</summary>
    public IReadOnlyList<string> CredentialTypes => SdJwtVcRules.TypesOf(ClaimSet);

    /// <summary>The integrity metadata of the type's document (<c>vct#integrity</c>); null when not said.</summary>
    public string? TypeIntegrity => ClaimSet.TryGetProperty(SdJwtVcRules.TypeIntegrity, out JsonElement value) ? value.GetString() : null;

    /// <summary>DER of the certificates in the <c>x5c</c> header, the signer's first; empty when there are none. Read as they stand: nothing vouches for them here.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> CertificateChain { get; }

    /// <summary>The <c>iss</c> as it stands; where there is none, the name by which the signer's certificate stands for it.</summary>
    public string Issuer => _issuer.Name;

    /// <summary>The DID by which registries and other forms know the issuer: the did:web of an https <c>iss</c>; the <c>iss</c> itself where that has none.</summary>
    public string IssuerId => _issuer.Id;

    /// <summary>The <c>kid</c> of the issuer-signed JWT, as it stands.</summary>
    public string? KeyId => _sdJwt.KeyId;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Secured => _sdJwt.Secured;

    /// <summary>UTF-8 JSON text of the VCDM 2.0 view: <c>iss</c> as <c>issuer</c>, <c>nbf</c> and <c>exp</c> as validity, <c>status</c> as a <c>credentialStatus</c>, <c>evidence</c> and <c>credentialStatus</c> as they are, every other claim under <c>credentialSubject</c>.</summary>
    public override ReadOnlyMemory<byte> Payload { get; }

    /// <inheritdoc/>
    public override string? VerificationMethod => _issuer.KeyUrl(KeyId);

    /// <inheritdoc/>
    public override EnvelopeClaims Claims => _sdJwt.Claims;

    /// <inheritdoc/>
    public override AnchorDigest? AnchorDigest => Anchoring.AnchorDigest.From(SHA256.HashData(_sdJwt.IssuerSigned.Span));

    /// <inheritdoc/>
    public override Confirmation? Confirmation => _sdJwt.Confirmation;

    /// <inheritdoc/>
    public override KeyBinding? KeyBinding => _sdJwt.KeyBinding;

    internal override EnvelopeType Type => EnvelopeType.SdJwtVc;

    /// <summary>Opens the compact serialisation: every rule of the draft but the signature's and the time's.</summary>
    /// <param name="compact">ASCII text, with key binding or without. It must not change.</param>
    public static Parsed<SdJwtVc> Open(ReadOnlyMemory<byte> compact)
    {
        Parsed<Envelope> opened = Envelope.Open(compact);
        return opened switch
        {
            { Value: SdJwtVc own } => own,
            { Ok: true } => new Problem(ProblemCode.MalformedValueError, $"The credential is a {opened.Value.MediaType}, not an SD-JWT VC."),
            _ => opened.Problem!,
        };
    }

    /// <summary>Issues: signs the claims, with digests in place of what the frame names, and appends all disclosures.</summary>
    /// <param name="claims">UTF-8 JSON of the unsecured payload: <c>vct</c> is a must; <c>cnf</c> may stand in it or be given by the options.</param>
    /// <param name="signer">The issuer's key.</param>
    /// <param name="options">What it says besides.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The compact SD-JWT, or the first rule of the draft that is not kept.</returns>
    public static async Task<Parsed<byte[]>> IssueAsync(ReadOnlyMemory<byte> claims, ISigner signer, SdJwtVcOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(options);
        if (SdJwtVcRules.CheckForIssuing(claims, options.Frame) is { } problem)
        {
            return problem;
        }

        var said = new SdJwtOptions(FormatName, options.KeyId)
        {
            Frame = options.Frame,
            HolderKey = options.HolderKey,
            CertificateChain = options.CertificateChain,
        };
        return await SdJwt.IssueAsync(claims, signer, said, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same credential with fewer disclosures, without key binding; bind it with <see cref="SdJwt.BindAsync"/>.</summary>
    /// <param name="pointers">RFC 6901 pointers into <see cref="ClaimSet"/>, as of <see cref="SdJwt.Present"/>.</param>
    public Parsed<byte[]> Present(IReadOnlyCollection<string> pointers) => _sdJwt.Present(pointers);

    /// <inheritdoc/>
    public override Problem? Verify(PublicKey key) => _sdJwt.Verify(key);

    /// <summary>Whether an SD-JWT is one: by its <c>typ</c>, or by the older <c>vc+sd-jwt</c> over claims with a <c>vct</c> that are no document of VCDM.</summary>
    internal static bool Is(JwsHeader header, JsonElement claims) =>
        header.Type is FormatName or "application/" + FormatName
        || (header.Type is "vc+sd-jwt" && claims.TryGetProperty("vct", out _) && !claims.TryGetProperty("@context", out _));

    /// <summary>An SD-JWT that says that it is one, its claims held against the rules.</summary>
    internal static Parsed<Envelope> Of(SdJwt sdJwt)
    {
        JsonElement claims = JsonElement.Parse(sdJwt.Payload.Span, new() { MaxDepth = Encoding.StrictJson.MaxDepth });
        Parsed<ReadOnlyMemory<byte>[]> chain = CertificateHeader.Read(sdJwt.Header.Json);
        var raw = JsonElement.Parse(sdJwt.IssuerPayload.Span, new() { MaxDepth = Encoding.StrictJson.MaxDepth });
        if ((SdJwtVcRules.CheckClaims(claims) ?? SdJwtVcRules.CheckDisclosed(sdJwt, raw) ?? chain.Problem) is { } problem)
        {
            return problem;
        }

        Parsed<SdJwtVcIssuer> issuer = SdJwtVcIssuer.Of(sdJwt.Claims.Issuer, chain.Value!);
        return issuer.Ok ? new SdJwtVc(sdJwt, claims, issuer.Value, chain.Value!) : issuer.Problem;
    }
}
