using System.Numerics;
using Credentials.Anchoring;

namespace Credentials.Ethereum.Proofs;

/// <summary>A query in terms of slots: which ones answer it, and what they say.</summary>
internal sealed class SlotQuestion
{
    private readonly RegistryQuery _query;

    /// <exception cref="ArgumentException">The path is longer than <see cref="AccreditationLink.MaxPath"/>.</exception>
    public SlotQuestion(RegistryQuery query)
    {
        if (query.Path.Count > AccreditationLink.MaxPath)
        {
            throw new ArgumentException($"A path has at most {AccreditationLink.MaxPath} links.", nameof(query));
        }

        _query = query;
        Slots = [.. SlotsOf(query).Distinct()];
    }

    /// <summary>All slots that can be needed, each once. How long a key is only its slot tells, so all places that its bytes can take are among them.</summary>
    public IReadOnlyList<Bytes32> Slots { get; }

    /// <summary>The slots that are needed, given what is stored: without those that no key fills.</summary>
    public IEnumerable<Bytes32> SlotsWith(IReadOnlyDictionary<Bytes32, BigInteger> stored) =>
        KeyBytes is { } bytes && stored.TryGetValue(bytes, out BigInteger head) && StoredBytes.LengthOf(head) is { } length
            ? Slots.Except(RegistryStorage.DataOf(bytes, RegistryStorage.MaxKeySlots).Skip(StoredBytes.DataSlots(length)))
            : Slots;

    /// <summary>The answer; a problem where a slot that is needed is not there, or holds what the contract never writes.</summary>
    /// <param name="state">The proven slots.</param>
    /// <param name="header">The block.</param>
    /// <param name="settled">How settled a fact of that time is.</param>
    public Parsed<RegistryRecord> Answer(ProvenState state, EncodedHeader header, Func<ulong, Finality> settled)
    {
        if (SlotsWith(state.Slots).Where(slot => !state.Slots.ContainsKey(slot)).Select(static slot => (Bytes32?)slot).FirstOrDefault() is { } missing)
        {
            return new Problem(ProblemCode.LedgerProofError, $"The state proof leaves out the slot {missing}, which the question needs.");
        }

        StorageReader storage = new(state.Slots);
        Parsed<KeyAnswer> key = _query.VerificationMethod is { } method ? storage.Key(_query.Institution, method) : KeyAnswer.None;
        return !key.Ok ? key.Problem : new RegistryRecord(
            storage.Exists(_query.Institution),
            _query.Root is { } root ? storage.Anchor(_query.Institution, root, settled) : null,
            _query.Handle is { } handle ? storage.Revocation(_query.Institution, handle, settled) : null,
            header.Time)
        {
            Distrusted = _query.Root is { } distrusted ? storage.Distrusted(_query.Institution, distrusted) : null,
            Key = key.Value.Fact,
            CurrentIdentity = storage.CurrentIdentity(_query.Institution),
            Identity = _query.Identity is { } identity ? storage.Identity(_query.Institution, identity) : null,
            Succession = storage.Succession(_query.Institution),
            Path = _query.Path.Count == 0 ? [] : [.. _query.Path.Select(link => new LinkFact(storage.Accreditation(link), storage.Identity(link.Institution, link.Identity)))],
        };
    }

    private Bytes32? KeyBytes => _query.VerificationMethod is { } method ? RegistryStorage.After(RegistryStorage.Key(_query.Institution, method), 1) : null;

    private static IEnumerable<Bytes32> SlotsOf(RegistryQuery query)
    {
        InstitutionId institution = query.Institution;
        yield return RegistryStorage.Controller(institution);
        yield return RegistryStorage.CurrentIdentity(institution);
        yield return RegistryStorage.Succession(institution);
        yield return RegistryStorage.After(RegistryStorage.Succession(institution), 1);
        if (query.Root is { } root)
        {
            yield return RegistryStorage.Anchor(institution, root);
        }

        if (query.Handle is { } handle)
        {
            yield return RegistryStorage.Revocation(institution, handle);
        }

        if (query.Identity is { } identity)
        {
            yield return RegistryStorage.Identity(institution, identity);
        }

        foreach (AccreditationLink link in query.Path)
        {
            yield return RegistryStorage.Accreditation(link);
            yield return RegistryStorage.Identity(link.Institution, link.Identity);
        }

        if (query.VerificationMethod is { } method)
        {
            Bytes32 key = RegistryStorage.Key(institution, method);
            yield return key;
            yield return RegistryStorage.After(key, 1);
            foreach (Bytes32 data in RegistryStorage.DataOf(RegistryStorage.After(key, 1), RegistryStorage.MaxKeySlots))
            {
                yield return data;
            }
        }
    }
}
