using Credentials.Keys;

namespace Credentials.IssuerApi.Keys;

/// <summary>Asks for a new signing key.</summary>
/// <param name="Type"><c>P256</c>, <c>P384</c> or <c>Ed25519</c>.</param>
internal sealed record CreateKey(string Type)
{
    public IReadOnlyList<Problem> Validate() => Enum.TryParse(Type, out KeyType type) && Enum.GetName(type) == Type && PublicKey.IsSupported(type)
        ? []
        : [new(ProblemCode.MalformedValueError, $"The type must be {string.Join(" or ", Enum.GetValues<KeyType>().Where(PublicKey.IsSupported))}.", "/type")];

    public KeyType KeyType => Enum.Parse<KeyType>(Type);
}

/// <summary>Asks to give a key up.</summary>
/// <param name="Reason"><c>retired</c>: when all that it signed is final. <c>compromised</c>: at once.</param>
internal sealed record RetireKey(string Reason)
{
    public IReadOnlyList<Problem> Validate() => RetirementReason.IsKnown(Reason) ? [] : [new(ProblemCode.MalformedValueError, "The reason must be retired or compromised.", "/reason")];
}

/// <summary>A signing key, as anybody may know it.</summary>
/// <param name="Id">Its id here, and the fragment of its verification method.</param>
/// <param name="VerificationMethod">The DID URL by which proofs name it.</param>
/// <param name="Type">Its algorithm.</param>
/// <param name="Use">signing, replaced, retiring, retired or compromised.</param>
/// <param name="Registry">How far its entry in the registry has come: queued, submitted, included, safe or finalized.</param>
/// <param name="Revocation">How far its revocation there has come; absent while there is none.</param>
internal sealed record KeyInfo(string Id, string VerificationMethod, string Type, string Use, string? Registry, string? Revocation);

/// <summary>A signing key with what it left behind.</summary>
/// <param name="Key">The key.</param>
/// <param name="Since">When its retirement was asked for; absent while nobody asked.</param>
/// <param name="NotFinal">Credentials that it signed and whose anchors are not final: a retirement waits for them.</param>
/// <param name="TooLate">Credentials that it signed and that the chain did not see before its revocation: they do not verify, and have to be issued anew. Told once it is compromised or retired.</param>
/// <param name="TooLateCredentials">The ids of the first 1,000 of them.</param>
/// <param name="Batches">Batches since the time that was asked for that hold credentials of this key: what an operator may want to look through before distrusting a root.</param>
/// <param name="Problem">What stands in the way of its revocation.</param>
internal sealed record KeyReport(KeyInfo Key, DateTimeOffset? Since, long NotFinal, long? TooLate, IReadOnlyList<string>? TooLateCredentials, IReadOnlyList<KeyBatch>? Batches, string? Problem);

/// <summary>A batch that holds credentials of a key.</summary>
internal sealed record KeyBatch(string Root, DateTimeOffset SealedAt, DateTimeOffset? AnchoredAt, long Credentials);
