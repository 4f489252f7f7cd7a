using System.Collections.Immutable;
using System.Numerics;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;

namespace Credentials.TestKit.Ledger;

/// <summary>The registry contract as a value: each call gives the next state, or none where the contract would revert. Written from the contract's documentation, not from its code.</summary>
public sealed partial record InMemoryRegistry(
    ImmutableDictionary<InstitutionId, InMemoryInstitution> Institutions,
    ImmutableDictionary<(InstitutionId Institution, MerkleRoot Root), InMemoryAnchor> Anchors,
    ImmutableDictionary<(InstitutionId Institution, RegistryHandle Handle), ulong> Revocations,
    ImmutableDictionary<(InstitutionId Institution, Bytes32 Key), KeyState> Keys,
    ImmutableDictionary<(InstitutionId Institution, IdentityHash Identity), PeriodState> Identities,
    ImmutableDictionary<AccreditationLink, AccreditationState> Accreditations)
{
    public static InMemoryRegistry Empty { get; } = new(
        ImmutableDictionary<InstitutionId, InMemoryInstitution>.Empty,
        ImmutableDictionary<(InstitutionId, MerkleRoot), InMemoryAnchor>.Empty,
        ImmutableDictionary<(InstitutionId, RegistryHandle), ulong>.Empty,
        ImmutableDictionary<(InstitutionId, Bytes32), KeyState>.Empty,
        ImmutableDictionary<(InstitutionId, IdentityHash), PeriodState>.Empty,
        ImmutableDictionary<AccreditationLink, AccreditationState>.Empty);

    public RegistryState LookUp(LookupQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        InMemoryInstitution institution = Institutions.GetValueOrDefault(query.Institution) ?? InMemoryInstitution.None;
        InMemoryAnchor anchor = Anchors.GetValueOrDefault((query.Institution, query.Root));
        return new(institution.Controller, anchor.Time, anchor.Block, Revocations.GetValueOrDefault((query.Institution, query.Handle)))
        {
            DistrustedAt = anchor.DistrustedAt,
            Key = Keys.GetValueOrDefault((query.Institution, query.Key)),
            CurrentIdentity = institution.Identity,
            Identity = Identities.GetValueOrDefault((query.Institution, query.Identity)),
            Succession = institution.Succession,
            Path = [.. query.Path.Select(link => new LinkState(Accreditations.GetValueOrDefault(link), Identities.GetValueOrDefault((link.Institution, link.Identity))))],
        };
    }

    /// <summary>The next state, or null where the call reverts.</summary>
    public InMemoryRegistry? Call(EthereumAddress sender, ReadOnlySpan<byte> data, ulong time, ulong block)
    {
        InMemoryCall call = new(data.ToArray());
        return call.Is(RegistrySelector.CreateInstitution, 2) ? Create(sender, call)
            : call.Is(RegistrySelector.ProposeController, 2) ? ByController(sender, call, self => self with { Candidate = call.Account(1) })
            : call.Is(RegistrySelector.AcceptController, 1) ? Accept(sender, call)
            : call.Is(RegistrySelector.AddOperator, 2) ? ByController(sender, call, self => Add(self, call.Account(1)))
            : call.Is(RegistrySelector.RemoveOperator, 2) ? ByController(sender, call, self => Remove(self, call.Account(1)))
            : call.Is(RegistrySelector.Anchor, 2) ? Anchor(sender, call, time, block)
            : call.Is(RegistrySelector.DistrustRoot, 2) ? DistrustRoot(sender, call, time)
            : call.Is(RegistrySelector.Revoke, 2) ? Revoke(sender, call, time)
            : call.Is(RegistrySelector.AddKey, null) ? AddKey(sender, call, time)
            : call.Is(RegistrySelector.RevokeKey, 3) ? RevokeKey(sender, call, time)
            : call.Is(RegistrySelector.SetIdentity, 2) ? SetIdentity(sender, call, time)
            : call.Is(RegistrySelector.ProposeSuccessor, 2) ? ProposeSuccessor(sender, call)
            : call.Is(RegistrySelector.AcceptSuccession, 2) ? AcceptSuccession(sender, call, time)
            : call.Is(RegistrySelector.Accredit, 7) ? Accredit(sender, call, time)
            : call.Is(RegistrySelector.RevokeAccreditation, 4) ? RevokeAccreditation(sender, call, time)
            : null;
    }

    /// <summary>Whether an account controls an institution.</summary>
    public bool IsController(EthereumAddress account, InstitutionId institution) => Institutions.TryGetValue(institution, out InMemoryInstitution? self) && self.Controller == account;

    private bool IsOperator(EthereumAddress account, InstitutionId institution) => Institutions.TryGetValue(institution, out InMemoryInstitution? self) && self.Operators.Contains(account);

    private InMemoryRegistry? Create(EthereumAddress sender, InMemoryCall call)
    {
        BigInteger nonce = new(call.Word(0).ToArray(), isUnsigned: true, isBigEndian: true);
        InstitutionId institution = CredentialRegistryContract.InstitutionIdOf(sender, (UInt128)nonce);
        EthereumAddress first = call.Account(1);
        return Institutions.ContainsKey(institution) ? null : this with
        {
            Institutions = Institutions.Add(institution, InMemoryInstitution.None with { Controller = sender, Operators = first == EthereumAddress.Zero ? [] : [first] }),
        };
    }

    private InMemoryRegistry? Accept(EthereumAddress sender, InMemoryCall call) =>
        Institutions.TryGetValue(call.Institution, out InMemoryInstitution? self) && self.Candidate == sender
            ? With(call.Institution, self with { Controller = sender, Candidate = EthereumAddress.Zero })
            : null;

    private static InMemoryInstitution? Add(InMemoryInstitution self, EthereumAddress account) =>
        account != EthereumAddress.Zero && !self.Operators.Contains(account) ? self with { Operators = self.Operators.Add(account) } : null;

    private static InMemoryInstitution? Remove(InMemoryInstitution self, EthereumAddress account) =>
        self.Operators.Contains(account) ? self with { Operators = self.Operators.Remove(account) } : null;

    private InMemoryRegistry? ByController(EthereumAddress sender, InMemoryCall call, Func<InMemoryInstitution, InMemoryInstitution?> change) =>
        IsController(sender, call.Institution) && change(Institutions[call.Institution]) is { } next ? With(call.Institution, next) : null;

    private InMemoryRegistry With(InstitutionId institution, InMemoryInstitution next) => this with { Institutions = Institutions.SetItem(institution, next) };
}

/// <summary>Who speaks for an institution, who it is, and who comes after it.</summary>
public sealed record InMemoryInstitution(EthereumAddress Controller, EthereumAddress Candidate, ImmutableHashSet<EthereumAddress> Operators, IdentityHash Identity, InstitutionId Proposed, SuccessionState Succession)
{
    public static InMemoryInstitution None { get; } = new(EthereumAddress.Zero, EthereumAddress.Zero, [], default, default, default);
}

/// <summary>When a root was anchored, and distrusted.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct InMemoryAnchor(ulong Time, ulong Block, ulong DistrustedAt);
