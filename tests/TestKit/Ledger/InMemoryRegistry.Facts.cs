using Credentials.Anchoring;
using Credentials.Ethereum;

namespace Credentials.TestKit.Ledger;

/// <content>The facts with a time: nothing is retroactive, nothing is written twice.</content>
public sealed partial record InMemoryRegistry
{
    private const int MaxKeyLength = 128;

    private InMemoryRegistry? Anchor(EthereumAddress sender, InMemoryCall call, ulong time, ulong block)
    {
        MerkleRoot root = new(call.Word(1));
        return IsOperator(sender, call.Institution) && root != default && !Anchors.ContainsKey((call.Institution, root))
            ? this with { Anchors = Anchors.Add((call.Institution, root), new(time, block, 0)) }
            : null;
    }

    private InMemoryRegistry? DistrustRoot(EthereumAddress sender, InMemoryCall call, ulong time)
    {
        (InstitutionId, MerkleRoot) id = (call.Institution, new(call.Word(1)));
        return IsController(sender, call.Institution) && Anchors.TryGetValue(id, out InMemoryAnchor anchor) && anchor.DistrustedAt == 0
            ? this with { Anchors = Anchors.SetItem(id, anchor with { DistrustedAt = time }) }
            : null;
    }

    private InMemoryRegistry? Revoke(EthereumAddress sender, InMemoryCall call, ulong time)
    {
        RegistryHandle handle = call.Handle(1);
        return IsOperator(sender, call.Institution) && handle != default && !Revocations.ContainsKey((call.Institution, handle))
            ? this with { Revocations = Revocations.Add((call.Institution, handle), time) }
            : null;
    }

    private InMemoryRegistry? AddKey(EthereumAddress sender, InMemoryCall call, ulong time)
    {
        if (call.Bytes(1) is not { } method || call.Bytes(2) is not { Length: > 0 and <= MaxKeyLength } multikey)
        {
            return null;
        }

        (InstitutionId, Bytes32) id = (call.Institution, Credentials.Ethereum.Cryptography.Keccak256.Hash(method));
        return IsController(sender, call.Institution) && !Keys.ContainsKey(id)
            ? this with { Keys = Keys.Add(id, new(multikey, Math.Max(call.UInt64(3), time), 0, KeyRevocationReason.None)) }
            : null;
    }

    private InMemoryRegistry? RevokeKey(EthereumAddress sender, InMemoryCall call, ulong time)
    {
        (InstitutionId, Bytes32) id = (call.Institution, call.Word(1));
        KeyRevocationReason reason = (KeyRevocationReason)call.UInt64(2);
        return IsController(sender, call.Institution)
            && reason is KeyRevocationReason.Retired or KeyRevocationReason.Compromised
            && Keys.TryGetValue(id, out KeyState? key) && key.RevokedAt == 0
                ? this with { Keys = Keys.SetItem(id, key with { RevokedAt = time, Reason = reason }) }
                : null;
    }

    private InMemoryRegistry? SetIdentity(EthereumAddress sender, InMemoryCall call, ulong time)
    {
        IdentityHash identity = new(call.Word(1));
        if (!IsController(sender, call.Institution) || identity == default || Identities.ContainsKey((call.Institution, identity)))
        {
            return null;
        }

        InMemoryInstitution self = Institutions[call.Institution];
        var ended = self.Identity == default ? Identities : Identities.SetItem((call.Institution, self.Identity), Identities[(call.Institution, self.Identity)] with { Until = time });
        return With(call.Institution, self with { Identity = identity }) with { Identities = ended.Add((call.Institution, identity), new(time, 0)) };
    }

    private InMemoryRegistry? ProposeSuccessor(EthereumAddress sender, InMemoryCall call)
    {
        InstitutionId successor = new(call.Word(1));
        bool fit = successor == default || (successor != call.Institution && Institutions.ContainsKey(successor));
        return ByController(sender, call, self => fit && self.Succession == default ? self with { Proposed = successor } : null);
    }

    private InMemoryRegistry? AcceptSuccession(EthereumAddress sender, InMemoryCall call, ulong time)
    {
        InstitutionId successor = new(call.Word(1));
        return IsController(sender, successor)
            && Institutions.TryGetValue(call.Institution, out InMemoryInstitution? self)
            && self.Succession == default && self.Proposed == successor
                ? With(call.Institution, self with { Succession = new(successor, time), Proposed = default })
                : null;
    }

    private InMemoryRegistry? Accredit(EthereumAddress sender, InMemoryCall call, ulong time)
    {
        AccreditationLink link = call.Link();
        ulong from = Math.Max(call.UInt64(4), time);
        ulong until = call.UInt64(5);
        AccreditationScope scope = (AccreditationScope)call.UInt64(6);
        return IsController(sender, link.Accreditor)
            && link.Identity != default && link.Institution != link.Accreditor && Institutions.ContainsKey(link.Institution)
            && scope != AccreditationScope.None && (until == 0 || until > from)
            && !Accreditations.ContainsKey(link)
                ? this with { Accreditations = Accreditations.Add(link, new(from, until, 0, scope)) }
                : null;
    }

    private InMemoryRegistry? RevokeAccreditation(EthereumAddress sender, InMemoryCall call, ulong time)
    {
        AccreditationLink link = call.Link();
        return IsController(sender, link.Accreditor) && Accreditations.TryGetValue(link, out AccreditationState given) && given.RevokedAt == 0
            ? this with { Accreditations = Accreditations.SetItem(link, given with { RevokedAt = time }) }
            : null;
    }
}
