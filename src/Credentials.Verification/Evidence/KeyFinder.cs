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

    /// <summary>Whether the token might mean another key: it names none, or by its certificate another one. That the signature does not hold under this one is no evidence then.</summary>
    public bool IsGuess { get; init; }

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

    /// <summary>The same key, by whatever name, in a DID's document; none of both where the document was read and does not have it.</summary>
    public async Task<(FoundKey? Found, Doubt? Doubt)> FindSameAsync(string did, PublicKey key, bool fresh, Patience patience)
    {
        DidDocument? document = Kept(did);
        Doubt? doubt = null;
        bool kept = !IsPinned(did);
        if (kept && (fresh || document is null || MethodOf(document, key, did, name: null) is null))
        {
            (document, doubt) = await ResolveAsync(did, patience).ConfigureAwait(false);
            kept = false;
        }

        return document is null ? (null, doubt) : MethodOf(document, key, did, name: null) is { } method ? (new(method, key, document, kept), null) : (null, null);
    }

    // One key may stand there by several names. That it was revoked by one of them counts whatever name the signer chose.
    private static VerificationMethod? MethodOf(DidDocument document, PublicKey key, string controller, string? name)
    {
        VerificationMethod[] same = [.. document.VerificationMethods.Where(method => method.Controller == controller && method.Key is { Ok: true, Value: { } own } && own.Type == key.Type && own.Bytes.Span.SequenceEqual(key.Bytes.Span))];
        return same.Where(method => method.Revoked is not null).MinBy(method => method.Revoked)
            ?? Array.Find(same, method => method.Id == name)
            ?? Array.Find(same, method => document.AssertionMethods.Contains(method.Id, StringComparer.Ordinal))
            ?? same.FirstOrDefault();
    }

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
            ? (new(MethodOf(document, method.Key.Value, method.Controller, id) ?? method, method.Key.Value, document, kept), null)
            : (null, new(ProblemCode.Unsupported, $"This computer cannot check {method.Key.Value.Type} signatures; a verifier on another one can.", Remedy.Verifier));
    }

    private DidDocument? Kept(string did) =>
        _pinned.TryGetValue(did, out DidDocument? document) || _documents.TryGet(did, clock.GetUtcNow(), out document) ? document : null;

    private async Task<(DidDocument? Document, Doubt? Doubt)> ResolveAsync(string did, Patience patience)
    {
        var late = DidResolutionResult.Fault(ProblemCode.DidResolutionError, $"The DID document of {Brief(did)} did not come in time.");
        DidResolutionResult answer = await patience.AskAsync(token => _resolver.ResolveAsync(did, DidResolutionOptions.None, token), late).ConfigureAwait(false);
        if (!answer.Ok)
        {
            return (null, DoubtOf(did, answer.Error ?? new Problem(ProblemCode.DidResolutionError, $"The DID {Brief(did)} was given up: it has no document any more.")));
        }

        if (JsonMarshal.GetRawUtf8Value(answer.Document.Json).Length <= LargestKept)
        {
            _documents.Put(did, answer.Document, clock.GetUtcNow() + TimeKept);
        }

        return (answer.Document, null);
    }

    private Doubt DoubtOf(string did, Problem problem) => problem.Code switch
    {
        ProblemCode.MethodNotSupported when !policy.UseNetwork => new(ProblemCode.Offline, $"The DID document of {Brief(did)} is not among the pinned ones, and the policy asks for no network.", Remedy.Verifier),
        ProblemCode.MethodNotSupported => new(problem, Remedy.Verifier) { IsAbsence = true },
        ProblemCode.NotFound => new(problem with { Code = ProblemCode.DidResolutionError }, Remedy.TryLater) { IsAbsence = true },
        ProblemCode.DidResolutionError => new(problem, Remedy.TryLater),
        _ => new(problem, Remedy.Issuer),
    };

    private static string Brief(string text) => text.Length <= 120 ? text : text[..120] + "…";
}
