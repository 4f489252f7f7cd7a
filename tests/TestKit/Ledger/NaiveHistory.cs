using Credentials.Anchoring;
using Credentials.Ethereum;

namespace Credentials.TestKit.Ledger;

/// <summary>The registry as a row of pictures, one a block. What held at a time is what the last picture until then shows: no period is ever computed.</summary>
internal sealed class NaiveHistory
{
    private readonly List<(ulong Time, InMemoryRegistry State)> _pictures = [];

    /// <summary>The newest picture.</summary>
    public InMemoryRegistry Now { get; private set; } = InMemoryRegistry.Empty;

    /// <summary>The times of all pictures.</summary>
    public IReadOnlyList<ulong> Times => [.. _pictures.Select(picture => picture.Time)];

    /// <summary>Adds the picture of the next block.</summary>
    public void Add(ulong time, InMemoryRegistry state)
    {
        _pictures.Add((time, state));
        Now = state;
    }

    public bool WasKeyGood(InstitutionId institution, Bytes32 key, ulong time) =>
        At(time).Keys.TryGetValue((institution, key), out KeyState? known) && known.RevokedAt == 0 && known.ValidFrom <= time;

    public bool HadIdentity(InstitutionId institution, IdentityHash identity, ulong time) =>
        At(time).Institutions.TryGetValue(institution, out InMemoryInstitution? self) && self.Identity == identity && identity != default;

    public bool WasAccredited(AccreditationLink link, ulong time) =>
        At(time).Accreditations.TryGetValue(link, out AccreditationState given)
        && given.RevokedAt == 0 && given.From <= time && !(given.Until != 0 && given.Until <= time)
        && HadIdentity(link.Institution, link.Identity, time);

    public bool WasAnchored(InstitutionId institution, MerkleRoot root, ulong time) =>
        At(time).Anchors.TryGetValue((institution, root), out InMemoryAnchor anchor) && anchor.DistrustedAt == 0;

    public bool WasRevoked(InstitutionId institution, RegistryHandle handle, ulong time) => At(time).Revocations.ContainsKey((institution, handle));

    private InMemoryRegistry At(ulong time)
    {
        int next = _pictures.FindIndex(picture => picture.Time > time);
        return next switch { 0 => InMemoryRegistry.Empty, < 0 => Now, _ => _pictures[next - 1].State };
    }
}
