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

    /// <summary>The envelopes that are known here.</summary>
    public static IReadOnlyList<EnvelopeType> All { get; } =
    [
        new("vc+jwt", EnvelopeShape.Jws, "vc"), // https://www.w3.org/TR/vc-jose-cose/#secure-with-jose
        new("vp+jwt", EnvelopeShape.Jws, "vp"),
        new("vc+sd-jwt", EnvelopeShape.SdJwt, "vc"), // https://www.w3.org/TR/vc-jose-cose/#secure-with-sd-jwt
        new("vp+sd-jwt", EnvelopeShape.SdJwt, "vp"),
        new("vc+cose", EnvelopeShape.Cose, "vc"), // https://www.w3.org/TR/vc-jose-cose/#secure-with-cose
        new("vp+cose", EnvelopeShape.Cose, "vp"),
    ];

    /// <summary>The media type.</summary>
    public string MediaType { get; } = Prefix + Name;

    /// <summary>The media type of the content.</summary>
    public string ContentMediaType => Prefix + ContentType;

    /// <summary>Whether a presentation is in it.</summary>
    public bool IsPresentation => ContentType == "vp";

    /// <summary>The type of a media type, whatever its parameters and case, with or without <c>application/</c> (RFC 7515 section 4.1.9); null for any other.</summary>
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
