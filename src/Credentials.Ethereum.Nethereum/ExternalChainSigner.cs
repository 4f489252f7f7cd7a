using Credentials.Anchoring;
using Nethereum.Signer;

namespace Credentials.Ethereum.Nethereum;

/// <summary>An account whose key one of Nethereum's external signers holds: AWS KMS, Azure Key Vault, and whatever else implements <see cref="IEthExternalSigner"/> over hashes.</summary>
/// <remarks>Signers that want to see the whole transaction (Ledger, Trezor) are refused: this port hands out hashes. https://docs.nethereum.com</remarks>
public sealed class ExternalChainSigner : IChainSigner
{
    private readonly IEthExternalSigner _signer;

    private ExternalChainSigner(IEthExternalSigner signer, EthereumAddress address)
    {
        _signer = signer;
        Address = address;
    }

    /// <inheritdoc/>
    public EthereumAddress Address { get; }

    /// <summary>Asks the signer for its address and keeps it.</summary>
    /// <exception cref="ArgumentException">The signer does not sign hashes.</exception>
    /// <exception cref="SignerUnavailableException">It could not be asked.</exception>
    public static async Task<ExternalChainSigner> CreateAsync(IEthExternalSigner signer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signer);
        if (signer.ExternalSignerTransactionFormat != ExternalSignerTransactionFormat.Hash)
        {
            throw new ArgumentException("The signer wants whole transactions; this port hands out their hashes.", nameof(signer));
        }

        string address = await AskAsync(signer.GetAddressAsync, cancellationToken);
        return EthereumAddress.TryParse(address, out EthereumAddress known)
            ? new(signer, known)
            : throw new SignerUnavailableException($"The external signer answers with an address that is none: {address}.");
    }

    /// <inheritdoc/>
    public async Task<ChainSignature> SignHashAsync(Bytes32 hash, CancellationToken cancellationToken)
    {
        byte[] digest = hash.ToArray();
        EthECDSASignature signature = await AskAsync(() => _signer.SignAsync(digest), cancellationToken);
        return new(Pad(signature.R), Pad(signature.S));
    }

    // Nethereum's signers throw what their services' libraries throw, and take no cancellation token.
    private static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await ask().WaitAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new SignerUnavailableException($"The external signer could not be asked: {fault.Message.TrimEnd('.')}.", fault);
        }
    }

    // Big-endian without leading zeros, or with a sign.
    private static Bytes32 Pad(byte[] number)
    {
        ReadOnlySpan<byte> digits = number.AsSpan().TrimStart((byte)0);
        return digits.Length <= Bytes32.Length
            ? Bytes32.From([.. new byte[Bytes32.Length - digits.Length], .. digits])
            : throw new SignerUnavailableException("The external signer gave a number that is no scalar of secp256k1.");
    }
}
