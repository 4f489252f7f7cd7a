using System.Text.Json;
using Credentials.DcSdJwt;
using Credentials.Jose;
using Credentials.JsonLd;

namespace Credentials.OpenId.Presentation.Dcql;

/// <summary>A credential as a query sees it: one that a wallet holds, or one that was presented.</summary>
/// <param name="Id">Tells two credentials apart; the wallet's own name for it, or a digest.</param>
/// <param name="Format">As in <see cref="CredentialFormat"/>.</param>
/// <param name="Json">Its root, on which claims paths start: the processed payload of an SD-JWT, the W3C credential itself. Of a presented one, what was presented of it.</param>
public sealed record DcqlCredential(string Id, string Format, JsonElement Json)
{
    /// <summary>The <c>vct</c> and those that it extends, or the fully expanded types.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>RFC 6901 pointers to what stands there by a disclosure: what the holder can withhold, or did disclose. Empty for a format that withholds nothing.</summary>
    public IReadOnlyList<string> Disclosures { get; init; } = [];

    /// <summary>Whether the holder can prove, or did prove, possession of the key to which it is bound.</summary>
    public bool IsHolderBound { get; init; }

    /// <summary>The marks by which the authority behind its issuer is known.</summary>
    public IReadOnlyList<AuthorityMark> Authorities { get; init; } = [];

    /// <summary>Of an SD-JWT VC.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="sdJwt">As held or presented.</param>
    /// <param name="isHolderBound">Whether the holder's key binding was verified; null for a held one: whether it names a holder's key.</param>
    /// <param name="extendedTypes">The types that its own extends, if they are known.</param>
    public static DcqlCredential Of(string id, SdJwt sdJwt, bool? isHolderBound = null, IReadOnlyList<string>? extendedTypes = null)
    {
        ArgumentNullException.ThrowIfNull(sdJwt);
        using var payload = JsonDocument.Parse(sdJwt.Payload, new() { MaxDepth = Encoding.StrictJson.MaxDepth });
        JsonElement json = payload.RootElement.Clone();
        string? vct = json.TryGetProperty("vct", out JsonElement type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;
        return new(id, CredentialFormat.SdJwtVc, json)
        {
            Types = [.. SdJwtVc.Open(sdJwt.Secured) is { Ok: true, Value: { } credential } ? credential.CredentialTypes : vct is null ? [] : [vct], .. extendedTypes ?? []],
            Disclosures = sdJwt.DisclosedPointers,
            IsHolderBound = isHolderBound ?? sdJwt.Confirmation is not null,
            Authorities = AuthorityMark.OfCertificates(System.Text.Encoding.ASCII.GetString(sdJwt.IssuerSigned.Span)),
        };
    }

    /// <summary>Of a W3C credential.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="format">Its format.</param>
    /// <param name="credential">The credential itself, out of its envelope.</param>
    /// <param name="isHolderBound">Whether the holder can present it in a presentation of his own, or did.</param>
    /// <param name="contexts">What its terms mean; null: <see cref="ContextLibrary.Shipped"/>.</param>
    public static DcqlCredential Of(string id, string format, JsonElement credential, bool isHolderBound, ContextLibrary? contexts = null) => new(id, format, credential)
    {
        Types = ExpandedTypes.Of(credential, contexts),
        IsHolderBound = isHolderBound,
    };

    /// <summary>Null when everything but the claims is as the query asks; else why not, with a code of <see cref="AnswerProblem"/>.</summary>
    internal Problem? Differs(CredentialQuery query, string pointer)
    {
        // vct_values: one of them. type_values: "Each of the top-level arrays specifies one alternative"; all types of it must be there.
        bool hasType = (query.VctValues.Count == 0 || query.VctValues.Any(Types.Contains))
            && (query.TypeValues.Count == 0 || query.TypeValues.Any(alternative => alternative.All(Types.Contains)))
            && query.DoctypeValue is null;
        return Format != query.Format ? new(AnswerProblem.WrongFormat, $"The format {query.Format} was asked for, and {Format} given.", pointer)
            : !hasType ? new(AnswerProblem.WrongType, "The credential is of another type than was asked for.", pointer)
            : query.RequiresHolderBinding && !IsHolderBound ? new(AnswerProblem.NotHolderBound, "Possession of the holder's key is not proven.", pointer)

            // "A Credential is identified as a match to a Trusted Authorities Query if it matches with one of the provided values in one of the provided types."
            : query.TrustedAuthorities.Count > 0 && !query.TrustedAuthorities.Any(asked => asked.Values.Any(value => Authorities.Contains(new AuthorityMark(asked.Type, value)))) ? new(AnswerProblem.WrongAuthority, "The credential shows none of the authorities that were asked for behind its issuer.", pointer)
            : null;
    }
}
