using Credentials.Keys;

namespace Credentials.Dids.Methods;

/// <summary>did:key: the DID is the key, as Multikey. Nothing to fetch, nothing to revoke.</summary>
/// <remarks>https://w3c-ccg.github.io/did-key-spec/. P-256 (<c>zDn…</c>), P-384 (<c>z82…</c>) and Ed25519 (<c>z6Mk…</c>).</remarks>
public sealed class DidKey : IDidMethod
{
    /// <inheritdoc/>
    public string Name => "key";

    /// <summary>The DID of a key.</summary>
    public static string Of(PublicKey key) => "did:key:" + Multikey.Encode(key);

    /// <summary>The DID URL of the one verification method of a key's DID.</summary>
    public static string MethodOf(PublicKey key) => $"{Of(key)}#{Multikey.Encode(key)}";

    /// <inheritdoc/>
    public Task<Parsed<DidDocument>> ResolveAsync(DidUrl did, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(did);
        return Task.FromResult(Resolve(did));
    }

    private static Parsed<DidDocument> Resolve(DidUrl did)
    {
        Parsed<PublicKey> key = Multikey.Decode(did.MethodSpecificId);
        if (!key.Ok)
        {
            return new Problem(ProblemCode.InvalidDid, $"The key of the DID cannot be read: {key.Problem.Detail}");
        }

        return Of(key.Value) == did.Did
            ? DidDocumentWriter.Build(did.Did, [new(did.MethodSpecificId, key.Value)])
            : new Problem(ProblemCode.InvalidDid, $"The DID of this key is spelled {Of(key.Value)}.");
    }
}
