using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Credentials.IssuerApi.Keys;

/// <summary>Encrypts private keys for the database under the key ring. A secret opens only for the purpose that it was closed with.</summary>
internal sealed class SecretProtector(IDataProtectionProvider ring)
{
    /// <summary>Purpose of an institution's signing key: bound to the institution and the key, so that rows cannot be swapped.</summary>
    public static string SigningKeyOf(string institution, string keyId) => $"Credentials.SigningKey.v1/{institution}/{keyId}";

    /// <summary>Purpose of a chain account's key.</summary>
    public static string ChainAccountOf(string address) => $"Credentials.ChainAccount.v1/{address}";

    /// <summary>Closes a secret and wipes the caller's copy.</summary>
    public byte[] Protect(string purpose, byte[] secret)
    {
        byte[] closed = ring.CreateProtector(purpose).Protect(secret);
        CryptographicOperations.ZeroMemory(secret);
        return closed;
    }

    /// <summary>Opens a secret. The caller wipes it.</summary>
    /// <exception cref="CryptographicException">Another ring or purpose closed it, or it was altered.</exception>
    public byte[] Unprotect(string purpose, byte[] closed) => ring.CreateProtector(purpose).Unprotect(closed);
}
