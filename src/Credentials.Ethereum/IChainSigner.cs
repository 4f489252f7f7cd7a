using Credentials.Anchoring;

namespace Credentials.Ethereum;

/// <summary>An account whose key may be elsewhere: in a key management service, an HSM, a cold machine. <see cref="ChainAccount"/> is one whose key is in the process.</summary>
/// <remarks>It is given a hash and gives back r and s, as such services do: <see cref="ILedger.SignAsync"/> makes s low and finds the recovery bit, and refuses a signature of another key.</remarks>
public interface IChainSigner
{
    /// <summary>The account's address. Known without asking.</summary>
    EthereumAddress Address { get; }

    /// <summary>Signs a 32-byte hash with ECDSA over secp256k1. May take its time and cross a network: nothing that others wait for should be held meanwhile.</summary>
    /// <exception cref="SignerUnavailableException">The key's holder could not be asked, or refused.</exception>
    Task<ChainSignature> SignHashAsync(Bytes32 hash, CancellationToken cancellationToken);
}

/// <summary>The key of an account could not be had, or what was given is no signature of the account. Says nothing about the transaction, which was not signed.</summary>
public sealed class SignerUnavailableException : Exception
{
    /// <summary>With a sentence that names the holder of the key and the fault.</summary>
    public SignerUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>Without a cause.</summary>
    public SignerUnavailableException()
    {
    }

    /// <summary>With a sentence.</summary>
    public SignerUnavailableException(string message)
        : base(message)
    {
    }
}
