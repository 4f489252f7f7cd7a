using System.Numerics;
using Credentials.Anchoring;
using Credentials.Ethereum.Cryptography;

namespace Credentials.Ethereum.Transactions;

/// <summary>Transactions of type 2, with an empty access list.</summary>
/// <remarks>https://eips.ethereum.org/EIPS/eip-1559</remarks>
internal static class Eip1559
{
    private const byte Type = 0x02;
    private const int UnsignedFields = 9;

    /// <summary>Signs; touches no network.</summary>
    public static SignedTransaction Sign(TransactionRequest request, ChainAccount account) =>
        Signed(request, account.Address, account.SignHash(SigningHash(request).ToArray()));

    /// <summary>Has the holder of a key sign; touches no node.</summary>
    public static async Task<SignedTransaction> SignAsync(TransactionRequest request, IChainSigner signer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signer);
        Bytes32 hash = SigningHash(request);
        ChainSignature signature = await signer.SignHashAsync(hash, cancellationToken);
        return Signed(request, signer.Address, signature.Complete(hash, signer.Address));
    }

    /// <summary>The hash that is signed: keccak256(0x02 || rlp([chain_id, nonce, …, access_list])).</summary>
    public static Bytes32 SigningHash(TransactionRequest request) => Keccak256.Hash(Envelope(FieldsOf(request)));

    /// <summary>The signed bytes: 0x02 || rlp([chain_id, nonce, …, access_list, signature_y_parity, signature_r, signature_s]).</summary>
    public static byte[] Encode(TransactionRequest request, int recoveryId, ReadOnlySpan<byte> r, ReadOnlySpan<byte> s) =>
        Envelope([.. FieldsOf(request), Rlp.Integer(recoveryId), Rlp.Integer(Unsigned(r)), Rlp.Integer(Unsigned(s))]);

    /// <summary>Reads a raw transaction back and recovers its sender.</summary>
    public static Parsed<SignedTransaction> Decode(ReadOnlyMemory<byte> raw)
    {
        if (raw.IsEmpty || raw.Span[0] != Type || RlpItem.Decode(raw[1..])?.Items is not { Count: UnsignedFields + 3 } fields)
        {
            return Malformed("is no EIP-1559 transaction");
        }

        if (RequestOf(fields) is not { } request)
        {
            return Malformed("has a field of the wrong shape, or an access list");
        }

        Span<byte> signature = stackalloc byte[2 * Secp256k1.Size];
        if (fields[9].AsInteger() is not { } parity || parity > 1
            || !TryPad(fields[10], signature[..Secp256k1.Size]) || !TryPad(fields[11], signature[Secp256k1.Size..])
            || !Secp256k1.IsLow(signature[Secp256k1.Size..])
            || Secp256k1.Recover(SigningHash(request).ToArray(), signature[..Secp256k1.Size], signature[Secp256k1.Size..], (int)parity) is not { } publicKey)
        {
            return Malformed("has a signature that no account made");
        }

        return new SignedTransaction(Keccak256.Hash(raw.Span), raw, EthereumAddress.OfPublicKey(publicKey), request);
    }

    private static SignedTransaction Signed(TransactionRequest request, EthereumAddress from, (byte[] R, byte[] S, int RecoveryId) signature)
    {
        byte[] raw = Encode(request, signature.RecoveryId, signature.R, signature.S);
        return new(Keccak256.Hash(raw), raw, from, request);
    }

    private static TransactionRequest? RequestOf(IReadOnlyList<RlpItem> fields)
    {
        bool shaped = fields[5].Bytes is { Length: 0 or 20 } && fields[7].Bytes is not null && fields[8].Items is { Count: 0 };
        return shaped
            && fields[0].AsInteger() is { } chainId && chainId <= ulong.MaxValue
            && fields[1].AsInteger() is { } nonce && nonce <= ulong.MaxValue
            && fields[2].AsInteger() is { } tip
            && fields[3].AsInteger() is { } maxFee
            && fields[4].AsInteger() is { } gas && gas <= ulong.MaxValue
            && fields[6].AsInteger() is { } value
                ? new((ulong)chainId, (ulong)nonce, To(fields[5].Bytes!.Value.Span), fields[7].Bytes!.Value, value, (ulong)gas, new(maxFee, tip))
                : null;
    }

    private static EthereumAddress? To(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? null : EthereumAddress.From(bytes);

    private static byte[][] FieldsOf(TransactionRequest request) =>
    [
        Rlp.Integer(request.ChainId),
        Rlp.Integer(request.Nonce),
        Rlp.Integer(Word(request.Fees.MaxPriorityFeePerGas)),
        Rlp.Integer(Word(request.Fees.MaxFeePerGas)),
        Rlp.Integer(request.GasLimit),
        Rlp.Bytes(request.To?.ToArray() ?? []),
        Rlp.Integer(Word(request.Value)),
        Rlp.Bytes(request.Data.Span),
        Rlp.List(),
    ];

    private static byte[] Envelope(byte[][] fields) => [Type, .. Rlp.List(fields)];

    private static bool TryPad(RlpItem item, Span<byte> to)
    {
        to.Clear();
        return item.AsInteger() is not null && item.Bytes!.Value.Span.TryCopyTo(to[(to.Length - item.Bytes.Value.Length)..]);
    }

    private static BigInteger Word(BigInteger value) => value.Sign >= 0 && value.GetBitLength() <= 256
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), "Fees and values are unsigned and of at most 256 bits.");

    private static BigInteger Unsigned(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static Problem Malformed(string what) => new(ProblemCode.MalformedValueError, $"The raw transaction {what}.");
}
