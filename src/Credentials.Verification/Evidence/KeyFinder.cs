using System.Runtime.InteropServices;
using Credentials.Dids;
using Credentials.Keys;

namespace Credentials.Verification.Evidence;

/// <summary>A key that a proof names, with the method and the document in which it was found.</summary>
/// <param name="Method">The method.</param>
/// <param name="Key">Its key.</param>
/// <param name="Document">The document; for a key that a registry keeps, what stands for it.</param>
/// <param name="Kept">Whether the document was kept from an earlier resolution, so that the key may have been replaced since.</param>
internal sealed record FoundKey(VerificationMethod Method, PublicKey Key, DidDocument Document, bool Kept)
{
    /// <summary>The registry's word for it; null for a key that was found in a DID document.</summary>
    public RegisteredKey? Registered { get; init; }

    /// <summary>When the key was given up: revoked or expired, whichever came first; null while it was not.</summary>
    public DateTimeOffset? Over => Method.Revoked is { } revoked && !(Method.Expires < revoked) ? revoked : Method.Expires;
}

/// <summary>Finds keys: in the pinned DID documents first, then through the resolver, whose answers are kept for five minutes.</summary>
internal sealed class KeyFinder(TrustedMaterial trusted, VerificationPolicy policy, TimeProvider clock)
{
    /// <summary>In bytes. Anybody can publish huge documents; a thousand of these still fit.</summary>
    private const int LargestKept = 64 * 1024;

    private static readonly TimeSpan TimeKept = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, DidDocument> _pinned = trusted.PinnedDidDocuments
        .GroupBy(document => document.Id, StringComparer.Ordinal)
        .ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);

    private readonly BoundedCache<DidDocument> _documents = new(1024);
    private readonly DidResolver _resolver = policy.UseNetwork ? trusted.DidResolver : DidResolver.Offline;

    /// <summary>Whether the relying party keeps this DID's document itself, which says that it trusts that party.</summary>
    public bool IsPinned(string did) => _pinned.ContainsKey(did);

    /// <summary>The key of a verification method, or why it cannot be had.</summary>
    public Task<(FoundKey? Found, Doubt? Doubt)> FindAsync(string verificationMethod, Patience patience) => FindAsync(verificationMethod, fresh: false, patience);

    /// <summary>The same out of a document that is resolved anew: what does not hold under a kept key may have been signed with the one that took its place.</summary>
    public Task<(FoundKey? Found, Doubt? Doubt)> FindAgainAsync(FoundKey kept, Patience patience) => FindAgainAsync(kept.Method.Id, patience);

    /// <summary>The same by the method's name.</summary>
    public Task<(FoundKey? Found, Doubt? Doubt)> FindAgainAsync(string verificationMethod, Patience patience) => FindAsync(verificationMethod, fresh: true, patience);

    private async Task<(FoundKey? Found, Doubt? Doubt)> FindAsync(string verificationMethod, bool fresh, Patience patience)
    {
        if (DidUrl.Parse(verificationMethod) is not { Ok: true, Value: { } url })
        {
            return (null, new(ProblemCode.InvalidVerificationMethod, $"The signature names its key by '{Brief(verificationMethod)}', which is no DID URL, so the key cannot be found.", Remedy.Issuer));
        }

        // A document that was kept may be older than the key; a pinned one is what the relying party wants.
        DidDocument? document = Kept(url.Did);
        Doubt? doubt = null;
        bool kept = !IsPinned(url.Did);
        if (kept && (fresh || document?.Find(url.Text) is null))
        {
            (document, doubt) = await ResolveAsync(url.Did, patience).ConfigureAwait(false);
            kept = false;
        }

        return document is null ? (null, doubt) : KeyIn(document, url.Text, kept);
    }

    /// <summary>The document of a DID, or why it cannot be had.</summary>
    public async Task<(DidDocument? Document, Doubt? Doubt)> DocumentOfAsync(string did, Patience patience) =>
        Kept(did) is { } document ? (document, null) : await ResolveAsync(did, patience).ConfigureAwait(false);

    private (FoundKey? Found, Doubt? Doubt) KeyIn(DidDocument document, string id, bool kept)
    {
        if (document.Find(id) is not { } method)
        {
            return (null, new(ProblemCode.InvalidVerificationMethod, $"The DID document of {document.Id} does not have the key {id} (any more).", IsPinned(document.Id) ? Remedy.Verifier : Remedy.Issuer));
        }

        if (!method.Key.Ok)
        {
            return (null, new(ProblemCode.InvalidVerificationMethod, $"The key {id} cannot be read: {method.Key.Problem.Detail}", Remedy.Issuer));
        }

        return PublicKey.IsSupported(method.Key.Value.Type)
            ? (new(method, method.Key.Value, document, kept), null)
            : (null, new(ProblemCode.Unsupported, $"This computer cannot check {method.Key.Value.Type} signatures; a verifier on another one can.", Remedy.Verifier));
    }

    private DidDocument? Kept(string did) =>
        _pinned.TryGetValue(did, out DidDocument? document) || _documents.TryGet(did, clock.GetUtcNow(), out document) ? document : null;

    private async Task<(DidDocument? Document, Doubt? Doubt)> ResolveAsync(string did, Patience patience)
    {
        Parsed<DidDocument> late = new Problem(ProblemCode.DidResolutionError, $"The DID document of {Brief(did)} did not come in time.");
        Parsed<DidDocument> answer = await patience.AskAsync(token => _resolver.ResolveAsync(did, token), late).ConfigureAwait(false);
        if (!answer.Ok)
        {
            return (null, DoubtOf(did, answer.Problem));
        }

        if (JsonMarshal.GetRawUtf8Value(answer.Value.Json).Length <= LargestKept)
        {
            _documents.Put(did, answer.Value, clock.GetUtcNow() + TimeKept);
        }

        return (answer.Value, null);
    }

    private Doubt DoubtOf(string did, Problem problem) => problem.Code switch
    {
        ProblemCode.MethodNotSupported when !policy.UseNetwork => new(ProblemCode.Offline, $"The DID document of {Brief(did)} is not among the pinned ones, and the policy asks for no network.", Remedy.Verifier),
        ProblemCode.MethodNotSupported => new(problem, Remedy.Verifier),
        ProblemCode.DidResolutionError => new(problem, Remedy.TryLater),
        _ => new(problem, Remedy.Issuer),
    };

    private static string Brief(string text) => text.Length <= 120 ? text : text[..120] + "…";
}
