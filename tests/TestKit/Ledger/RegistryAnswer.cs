using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;

namespace Credentials.TestKit.Ledger;

/// <summary>A registry's answer to <c>lookup</c> as the contract encodes it: for nodes that are scripted, and for readers to read.</summary>
public static class RegistryAnswer
{
    private const int Head = 12;

    /// <summary>The bytes.</summary>
    public static byte[] Encode(RegistryState state) => Abi.Encode(Words(state));

    /// <summary>The words: an offset, twelve words of the record, the key behind them, the path behind that.</summary>
    private static Bytes32[] Words(RegistryState state)
    {
        KeyState key = state.Key ?? new(default, 0, 0, KeyRevocationReason.None);
        Bytes32[] keyWords = [Number(key.ValidFrom), Number(key.RevokedAt), Number((ulong)key.Reason), Number(4 * Bytes32.Length), .. Abi.Tail(key.Multikey.Span)];
        return
        [
            Number(Bytes32.Length),
            Abi.Word(state.Controller),
            Number(state.AnchoredAt), Number(state.AnchoredBlock), Number(state.DistrustedAt),
            Number(state.RevokedAt),
            Number(Head * Bytes32.Length),
            state.CurrentIdentity.Value,
            Number(state.Identity.From), Number(state.Identity.Until),
            state.Succession.Successor.Value, Number(state.Succession.Since),
            Number((ulong)(Head + keyWords.Length) * Bytes32.Length),
            .. keyWords,
            Number((ulong)state.Path.Count),
            .. state.Path.SelectMany(static link => (Bytes32[])
            [
                Number(link.Accreditation.From), Number(link.Accreditation.Until), Number(link.Accreditation.RevokedAt), Number((ulong)link.Accreditation.Scope),
                Number(link.Identity.From), Number(link.Identity.Until),
            ]),
        ];
    }

    private static Bytes32 Number(ulong value) => Abi.Word((UInt128)value);
}
