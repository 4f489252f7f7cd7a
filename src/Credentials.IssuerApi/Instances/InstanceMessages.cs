using Credentials.IssuerApi.Http;

namespace Credentials.IssuerApi.Instances;

/// <summary>One issuing instance.</summary>
/// <param name="Name">Its name in the configuration.</param>
/// <param name="Id">Its DID, the only issuer that it issues as.</param>
/// <param name="Form">How it secures: a cryptosuite, or an envelope's name.</param>
/// <param name="KeyType">P-256, P-384 or Ed25519.</param>
/// <param name="Endpoint">Path of its <c>POST /credentials/issue</c>.</param>
/// <param name="StatusListCredential">URL of its status list; absent when it keeps none.</param>
internal sealed record InstanceInfo(string Name, string Id, string Form, string KeyType, string Endpoint, string? StatusListCredential);

/// <summary>A secured credential (VC-API): with a proof of its own, or an <c>EnvelopedVerifiableCredential</c>.</summary>
internal sealed record InstanceCredential(RawJson VerifiableCredential);
