using System.Text.Json;
using Credentials.Encoding;

namespace Credentials.Jose.Disclosures;

/// <summary>One disclosure as received: <c>[salt, name, value]</c> of a member, or <c>[salt, value]</c> of an array's element.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9901#section-4.2</remarks>
internal sealed class Disclosure
{
    private const int MemberLength = 3;
    private const int ElementLength = 2;

    private readonly JsonDocument _document;

    private Disclosure(ReadOnlyMemory<byte> text, string digest, JsonDocument document) => (Text, Digest, _document) = (text, digest, document);

    /// <summary>The base64url text.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    /// <summary>Its digest, base64url.</summary>
    public string Digest { get; }

    /// <summary>Whether it discloses a member of an object.</summary>
    public bool IsMember => Json.GetArrayLength() == MemberLength;

    /// <summary>The member's name; only until <see cref="Close"/>.</summary>
    public JsonElement Name => Json[1];

    /// <summary>What it discloses; only until <see cref="Close"/>.</summary>
    public JsonElement Value => Json[Json.GetArrayLength() - 1];

    private JsonElement Json => _document.RootElement;

    /// <summary>Where its value went; null as long as no digest has called for it.</summary>
    public Place? Place { get; private set; }

    /// <summary>The disclosure in whose value its digest stands; null when that is the issuer-signed JWT itself.</summary>
    public Disclosure? Within { get; private set; }

    /// <summary>Reads one.</summary>
    public static Parsed<Disclosure> Read(ReadOnlyMemory<byte> text, DigestAlgorithm algorithm)
    {
        if (StrictBase64Url.DecodeAscii(text.Span) is not { Length: > 0 } json)
        {
            return Fault("A disclosure is base64url in its one spelling, and not empty.");
        }

        Parsed<JsonDocument> parsed = StrictJson.Parse(json);
        if (!parsed.Ok)
        {
            return Fault("A disclosure is not the JSON that it should be: " + parsed.Problem.Detail);
        }

        JsonElement array = parsed.Value.RootElement;
        return array.ValueKind != JsonValueKind.Array || array.GetArrayLength() is not (MemberLength or ElementLength) || array[0].ValueKind != JsonValueKind.String
            || (array.GetArrayLength() == MemberLength && array[1].ValueKind != JsonValueKind.String)
                ? Fault("A disclosure is an array of a salt, a name and a value, or of a salt and a value; salt and name are text.")
                : new Disclosure(text, algorithm.DigestOf(text.Span), parsed.Value);
    }

    /// <summary>Gives back what it was parsed into; where its value went stays known.</summary>
    public void Close() => _document.Dispose();

    /// <summary>Says where its value went.</summary>
    public void Put(Place place, Disclosure? within) => (Place, Within) = (place, within);

    private static Problem Fault(string detail) => new(ProblemCode.ProofVerificationError, detail);
}
