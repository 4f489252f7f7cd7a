using Credentials.Anchoring;
using Credentials.Ethereum;

namespace Credentials.IssuerApi.Institutions;

/// <summary>An institution that issues here. Its name and country may change; nothing else does.</summary>
/// <param name="Id">Its slug: lower-case letters, digits and hyphens.</param>
/// <param name="Did">Its did:web.</param>
/// <param name="Name">Its legal name.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="ChainInstitution">Its id in the registry contract.</param>
/// <param name="Account">The chain account that anchors for it.</param>
internal sealed record Institution(string Id, string Did, string Name, string Country, InstitutionId ChainInstitution, EthereumAddress Account);
