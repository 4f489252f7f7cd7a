using System.Text.Json;
using Credentials.Anchoring;

namespace Credentials.Evidence;

/// <summary>An institution's identity document: who it says that it is. Its hash stands in the registry, and accreditations are over that hash.</summary>
/// <param name="Did">The DID under which it issues.</param>
/// <param name="LegalName">Its legal name.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <remarks>JSON: <c>{"type":"InstitutionIdentity","version":1,"did":…,"legalName":…,"country":…}</c> and whatever else the institution writes into it; the hash covers the document as received.</remarks>
public sealed record InstitutionIdentity(string Did, string LegalName, string Country)
{
    /// <summary>The document as received.</summary>
    public required JsonElement Json { get; init; }

    /// <summary>SHA-256 of its JCS form.</summary>
    public required IdentityHash Hash { get; init; }

    /// <summary>Makes the document.</summary>
    public static InstitutionIdentity Create(string did, string legalName, string country) => throw new NotSupportedException("Not written yet.");

    /// <summary>Reads a document.</summary>
    public static Parsed<InstitutionIdentity> Read(JsonElement json) => throw new NotSupportedException("Not written yet.");
}
