using System.Text.Json;
using Credentials.Anchoring;

namespace Credentials.Evidence;

/// <summary>Who, as the supplier of this claims, vouches for an institution: links and identity documents, to be held against the registry. Nobody signs it, and it proves nothing by itself.</summary>
/// <param name="Registry">The registry that all links are in.</param>
/// <param name="Institution">The institution at the end.</param>
/// <param name="Links">From the institution up to the root authority: each link's accreditor is the next one's institution. Empty where only the identity is told.</param>
/// <param name="Identities">The identity documents of the institution and of the accreditors on the way, in any order.</param>
/// <remarks>JSON: <c>{"type":"AccreditationPath","version":1,"registry":"eip155:…","institution":"0x…","links":[{"accreditor","institution","identity","serial"}],"identities":[…]}</c>.
/// A DID document names it by a service of type <see cref="ServiceType"/>; bundles and trust files carry it.</remarks>
public sealed record AccreditationPath(RegistryAddress Registry, InstitutionId Institution, IReadOnlyList<AccreditationLink> Links, IReadOnlyList<InstitutionIdentity> Identities)
{
    /// <summary>The type of the service in a DID document whose endpoint is a URL of this.</summary>
    public const string ServiceType = "AccreditationPath";

    /// <summary>Reads it; refuses a path that does not connect, or that is too long.</summary>
    public static Parsed<AccreditationPath> Read(JsonElement json) => throw new NotSupportedException("Not written yet.");

    /// <summary>Writes it.</summary>
    public void WriteTo(Utf8JsonWriter writer) => throw new NotSupportedException("Not written yet.");
}
