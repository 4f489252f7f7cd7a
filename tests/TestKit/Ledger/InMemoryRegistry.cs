using System.Collections.Immutable;
using System.Numerics;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;

namespace Credentials.TestKit.Ledger;

/// <summary>The registry contract as a value: each call gives the next state, or none where the contract would revert. Written from the contract's documentation, not from its code.</summary>
public sealed record InMemoryRegistry(
    ImmutableDictionary<InstitutionId, EthereumAddress> Controllers,
    ImmutableHashSet<(InstitutionId Institution, EthereumAddress Account)> Operators,
    ImmutableDictionary<(InstitutionId Institution, MerkleRoot Root), (ulong Time, ulong Block)> Anchors,
    ImmutableDictionary<(InstitutionId Institution, RegistryHandle Handle), ulong> Revocations)
{
    public static InMemoryRegistry Empty { get; } = new(
        ImmutableDictionary<InstitutionId, EthereumAddress>.Empty,
        [],
        ImmutableDictionary<(InstitutionId, MerkleRoot), (ulong, ulong)>.Empty,
        ImmutableDictionary<(InstitutionId, RegistryHandle), ulong>.Empty);

    public RegistryState LookUp(InstitutionId institution, MerkleRoot root, RegistryHandle handle)
    {
        (ulong time, ulong block) = Anchors.GetValueOrDefault((institution, root));
        return new(Controllers.GetValueOrDefault(institution), time, block, Revocations.GetValueOrDefault((institution, handle)));
    }

    /// <summary>The next state, or null where the call reverts.</summary>
    public InMemoryRegistry? Call(EthereumAddress sender, ReadOnlySpan<byte> data, ulong time, ulong block)
    {
        if (data.Length != Abi.SelectorLength + (2 * Bytes32.Length))
        {
            return null;
        }

        ReadOnlySpan<byte> selector = data[..Abi.SelectorLength];
        byte[] first = data.Slice(Abi.SelectorLength, Bytes32.Length).ToArray();
        byte[] second = data[(Abi.SelectorLength + Bytes32.Length)..].ToArray();
        InstitutionId institution = InstitutionId.From(first);
        return selector.SequenceEqual(RegistrySelector.CreateInstitution) ? Create(sender, first, Account(second))
            : selector.SequenceEqual(RegistrySelector.AddOperator) ? AddOperator(sender, institution, Account(second))
            : selector.SequenceEqual(RegistrySelector.RemoveOperator) ? RemoveOperator(sender, institution, Account(second))
            : !Operators.Contains((institution, sender)) ? null
            : selector.SequenceEqual(RegistrySelector.Anchor) ? Anchor(institution, MerkleRoot.From(second), time, block)
            : selector.SequenceEqual(RegistrySelector.Revoke) ? Revoke(institution, RegistryHandle.From(second.AsSpan(0, RegistryHandle.Length)), time)
            : null;
    }

    private InMemoryRegistry? Create(EthereumAddress sender, byte[] nonce, EthereumAddress operatorAccount)
    {
        BigInteger number = new(nonce, isUnsigned: true, isBigEndian: true);
        InstitutionId institution = CredentialRegistryContract.InstitutionIdOf(sender, (UInt128)number);
        return Controllers.ContainsKey(institution) ? null : this with
        {
            Controllers = Controllers.Add(institution, sender),
            Operators = operatorAccount == EthereumAddress.Zero ? Operators : Operators.Add((institution, operatorAccount)),
        };
    }

    private InMemoryRegistry? AddOperator(EthereumAddress sender, InstitutionId institution, EthereumAddress account) =>
        IsController(sender, institution) && account != EthereumAddress.Zero && !Operators.Contains((institution, account))
            ? this with { Operators = Operators.Add((institution, account)) }
            : null;

    private InMemoryRegistry? RemoveOperator(EthereumAddress sender, InstitutionId institution, EthereumAddress account) =>
        IsController(sender, institution) && Operators.Contains((institution, account))
            ? this with { Operators = Operators.Remove((institution, account)) }
            : null;

    private InMemoryRegistry? Anchor(InstitutionId institution, MerkleRoot root, ulong time, ulong block) =>
        root != default && !Anchors.ContainsKey((institution, root))
            ? this with { Anchors = Anchors.Add((institution, root), (time, block)) }
            : null;

    private InMemoryRegistry? Revoke(InstitutionId institution, RegistryHandle handle, ulong time) =>
        handle != default && !Revocations.ContainsKey((institution, handle))
            ? this with { Revocations = Revocations.Add((institution, handle), time) }
            : null;

    private bool IsController(EthereumAddress sender, InstitutionId institution) =>
        Controllers.TryGetValue(institution, out EthereumAddress controller) && controller == sender;

    private static EthereumAddress Account(byte[] word) => EthereumAddress.From(word.AsSpan(12));
}
