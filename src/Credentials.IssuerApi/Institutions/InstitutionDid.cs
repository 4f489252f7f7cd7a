using System.Globalization;

namespace Credentials.IssuerApi.Institutions;

/// <summary>An institution's did:web and where its document lies.</summary>
/// <remarks>https://w3c-ccg.github.io/did-method-web/</remarks>
internal static class InstitutionDid
{
    /// <summary>The DID whose document lies at <c>{base}/institutions/{slug}/did.json</c>.</summary>
    public static string Of(Uri publicBase, string slug)
    {
        // "If a port is present ... it MUST be percent encoded"; path segments follow the host, separated by colons.
        string host = publicBase.IsDefaultPort ? publicBase.IdnHost : string.Create(CultureInfo.InvariantCulture, $"{publicBase.IdnHost}%3A{publicBase.Port}");
        string path = publicBase.AbsolutePath.Trim('/').Replace('/', ':');
        return path.Length == 0 ? $"did:web:{host}:institutions:{slug}" : $"did:web:{host}:{path}:institutions:{slug}";
    }
}
