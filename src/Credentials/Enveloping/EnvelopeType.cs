namespace Credentials.Enveloping;

/// <summary>How an envelope is built.</summary>
internal enum EnvelopeShape
{
    /// <summary>Compact JWS.</summary>
    Jws,

    /// <summary>Compact SD-JWT.</summary>
    SdJwt,

    /// <summary>COSE_Sign1.</summary>
    Cose,
}

/// <summary>One media type of VC-JOSE-COSE. To add one: a row in <see cref="All"/>.</summary>
/// <param name="Name">The subtype, which is also the <c>typ</c>.</param>
/// <param name="Shape">How it is built.</param>
/// <param name="ContentType">The subtype of its content, which is also the <c>cty</c>.</param>
internal sealed record EnvelopeType(string Name, EnvelopeShape Shape, string ContentType)
{
    private const string Prefix = "application/";

    /// <summary>The envelopes of VC-JOSE-COSE.</summary>
    public static IReadOnlyList<EnvelopeType> All { get; } =
    [
        new("vc+jwt", EnvelopeShape.Jws, "vc"), // https://www.w3.org/TR/vc-jose-cose/#secure-with-jose
        new("vp+jwt", EnvelopeShape.Jws, "vp"),
        new("vc+sd-jwt", EnvelopeShape.SdJwt, "vc"), // https://www.w3.org/TR/vc-jose-cose/#secure-with-sd-jwt
        new("vp+sd-jwt", EnvelopeShape.SdJwt, "vp"),
        new("vc+cose", EnvelopeShape.Cose, "vc"), // https://www.w3.org/TR/vc-jose-cose/#secure-with-cose
        new("vp+cose", EnvelopeShape.Cose, "vp"),
    ];

    /// <summary><c>dc+sd-jwt</c>, in whose payload are claims. https://www.ietf.org/archive/id/draft-ietf-oauth-sd-jwt-vc-19.html#name-media-type</summary>
    public static EnvelopeType SdJwtVc { get; } = new("dc+sd-jwt", EnvelopeShape.SdJwt, "vc");

    /// <summary>A credential of VCDM 1.1 in the claim <c>vc</c> of a JWT. https://www.w3.org/TR/vc-data-model/#json-web-token</summary>
    public static EnvelopeType JwtVc { get; } = new("jwt", EnvelopeShape.Jws, "vc") { Form = "jwt_vc_json" };

    /// <summary>A presentation of VCDM 1.1 in the claim <c>vp</c> of a JWT.</summary>
    public static EnvelopeType JwtVp { get; } = new("jwt", EnvelopeShape.Jws, "vp") { Form = "jwt_vp_json" };

    private static readonly EnvelopeType[] Others = [SdJwtVc, JwtVc, JwtVp];

    /// <summary>How the form is called among verifiers and wallets: the subtype, unless that says too little.</summary>
    public string Form { get; private init; } = Name;

    /// <summary>The media type.</summary>
    public string MediaType { get; } = Prefix + Name;

    /// <summary>The media type of the content.</summary>
    public string ContentMediaType => Prefix + ContentType;

    /// <summary>Whether a presentation is in it.</summary>
    public bool IsPresentation => ContentType == "vp";

    /// <summary>Whether a media type is of an envelope that can be opened here.</summary>
    public static bool IsKnown(string? mediaType) => Find(mediaType) is not null || Others.Any(row => Is(row, mediaType));

    /// <summary>Whether a media type, or a <c>typ</c>, is that of a type.</summary>
    public static bool Is(EnvelopeType row, string? mediaType) => SubtypeOf(mediaType).Equals(row.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The type of VC-JOSE-COSE of a media type, whatever its parameters and case, with or without <c>application/</c> (RFC 7515 section 4.1.9); null for any other.</summary>
    public static EnvelopeType? Find(string? mediaType)
    {
        ReadOnlySpan<char> name = SubtypeOf(mediaType);
        foreach (EnvelopeType row in All)
        {
            if (name.Equals(row.Name, StringComparison.OrdinalIgnoreCase))
            {
                return row;
            }
        }

        return null;
    }

    /// <summary>The type of an envelope by what it says of itself and what its carrier called it. All that is said must agree, and something must be said.</summary>
    /// <param name="shape">How the envelope is built.</param>
    /// <param name="type">Its <c>typ</c>; a SHOULD of the specification.</param>
    /// <param name="contentType">Its <c>cty</c>; may also be something more specific than is known here.</param>
    /// <param name="carrier">Media type by the carrier.</param>
    public static Parsed<EnvelopeType> Decide(EnvelopeShape shape, string? type, string? contentType, string? carrier)
    {
        EnvelopeType? found = null;
        foreach ((string? name, string who) in (ReadOnlySpan<(string?, string)>)[(type, "the typ of the envelope"), (carrier, "the media type")])
        {
            if (name is null)
            {
                continue;
            }

            if (Find(name) is not { } row || row.Shape != shape)
            {
                return Fault($"{who} is none of {string.Join(", ", All.Where(row => row.Shape == shape).Select(row => row.Name))}.");
            }

            if (found is not null && found != row)
            {
                return Fault($"the typ of the envelope is {found.Name}, and its carrier calls it {row.Name}.");
            }

            found = row;
        }

        string? content = All.FirstOrDefault(row => SubtypeOf(contentType).Equals(row.ContentType, StringComparison.OrdinalIgnoreCase))?.ContentType;
        found ??= All.FirstOrDefault(row => row.Shape == shape && row.ContentType == content);
        return found is null ? Fault("neither the envelope nor its carrier says what it is.")
            : content is not null && content != found.ContentType ? Fault($"its content type is {content}, which is not in {found.Name}.")
            : found;
    }

    private static ReadOnlySpan<char> SubtypeOf(ReadOnlySpan<char> mediaType)
    {
        int parameters = mediaType.IndexOf(';');
        ReadOnlySpan<char> type = (parameters < 0 ? mediaType : mediaType[..parameters]).Trim(' ');
        return type.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? type[Prefix.Length..] : type;
    }

    private static Problem Fault(string detail) => new(ProblemCode.ProofVerificationError, "The envelope is not what it should be: " + detail);
}
