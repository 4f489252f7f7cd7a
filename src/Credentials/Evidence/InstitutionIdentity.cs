using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Canonicalization;
using Credentials.Dids;
using Credentials.Encoding;

namespace Credentials.Evidence;

/// <summary>An institution's identity document: who it says that it is. Its hash stands in the registry, and accreditations are over that hash.</summary>
/// <param name="Did">The DID under which it issues.</param>
/// <param name="LegalName">Its legal name.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <remarks>JSON: <c>{"type":"InstitutionIdentity","version":1,"did":…,"legalName":…,"country":…}</c> and whatever else the institution writes into it; the hash covers the document as received.</remarks>
public sealed record InstitutionIdentity(string Did, string LegalName, string Country)
{
    /// <summary>The value of <c>type</c>.</summary>
    public const string Type = "InstitutionIdentity";

    /// <summary>The largest document, in bytes.</summary>
    public const int MaxLength = 16 * 1024;

    /// <summary>The longest legal name, in UTF-16 code units.</summary>
    public const int MaxNameLength = 500;

    /// <summary>The document as received.</summary>
    public required JsonElement Json { get; init; }

    /// <summary>SHA-256 of its JCS form.</summary>
    public required IdentityHash Hash { get; init; }

    /// <summary>Makes the document.</summary>
    /// <exception cref="FormatException">It is none that could be read back: no DID, no name, no country of two capital letters.</exception>
    public static InstitutionIdentity Create(string did, string legalName, string country) => Parse(EvidenceText.Utf8(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", Type);
        writer.WriteNumber("version", 1);
        writer.WriteString("did", did);
        writer.WriteString("legalName", legalName);
        writer.WriteString("country", country);
        writer.WriteEndObject();
    })).Require();

    /// <summary>Reads a document's text.</summary>
    public static Parsed<InstitutionIdentity> Parse(ReadOnlyMemory<byte> utf8) => StrictJson.Read(utf8, MaxLength, Read);

    /// <summary>Reads a document, and keeps a copy. Pointers are relative to it.</summary>
    /// <param name="json">Of a text that was read strictly (<see cref="StrictJson"/>).</param>
    public static Parsed<InstitutionIdentity> Read(JsonElement json)
    {
        var reader = new AnchorJsonReader(json, code: ProblemCode.MalformedValueError);
        reader.Type(Type);
        reader.Version();
        string did = reader.Text("did") ?? "";
        string name = reader.Text("legalName") ?? "";
        string country = reader.Text("country") ?? "";
        if (DidUrl.Parse(did) is not { Ok: true, Value: { } url } || url.Did != did)
        {
            reader.Fault("Expected a DID.", "did");
        }

        if (string.IsNullOrWhiteSpace(name) || name.Length > MaxNameLength)
        {
            reader.Fault($"Expected a name of at most {MaxNameLength} characters.", "legalName");
        }

        if (country.Length != 2 || !country.All(char.IsAsciiLetterUpper))
        {
            reader.Fault("Expected two capital letters (ISO 3166-1).", "country");
        }

        if (json.ValueKind == JsonValueKind.Object && JsonMarshal.GetRawUtf8Value(json).Length > MaxLength)
        {
            reader.Fault($"An identity document has at most {MaxLength} bytes.", null);
        }

        return reader.Problem is { } problem ? problem : Hashed(json, did, name, country);
    }

    private static Parsed<InstitutionIdentity> Hashed(JsonElement json, string did, string name, string country)
    {
        try
        {
            return new InstitutionIdentity(did, name, country) { Json = json.Clone(), Hash = IdentityHash.From(SHA256.HashData(Jcs.Canonicalize(json))) };
        }
        catch (FormatException e)
        {
            return new Problem(ProblemCode.MalformedValueError, $"The identity document has no canonical form: {e.Message}", "");
        }
    }
}
