using Credentials.Anchoring;
using Credentials.Ethereum;

namespace Credentials.IssuerApi.Institutions;

/// <summary>An institution that issues here. Nothing of it changes once it is made.</summary>
/// <param name="Id">Its slug: lower-case letters, digits and hyphens.</param>
/// <param name="Did">Its did:web.</param>
/// <param name="Name">Its legal name.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="ChainInstitution">Its id in the registry contract.</param>
/// <param name="Account">The chain account that anchors for it.</param>
internal sealed record Institution(string Id, string Did, string Name, string Country, InstitutionId ChainInstitution, EthereumAddress Account);
