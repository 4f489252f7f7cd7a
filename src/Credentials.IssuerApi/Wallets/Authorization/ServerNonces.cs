using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Credentials.Encoding;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Wallets.Authorization;

/// <summary>Nonces that are not stored when they are given out: sealed under the key ring, so that every process knows them and nobody else can make one. What was used is remembered by whoever uses it.</summary>
internal sealed class ServerNonces(IDataProtectionProvider ring, IOptions<WalletOptions> options, TimeProvider clock)
{
    /// <summary>For key proofs (<c>c_nonce</c>).</summary>
    public const string ForKeys = "c_nonce";

    /// <summary>For DPoP proofs.</summary>
    public const string ForDpop = "dpop";

    private const int RandomBytes = 16;
    private const int MaxLength = 1024;

    private readonly ConcurrentDictionary<(string Purpose, string Institution), IDataProtector> _protectors = new();

    /// <summary>A fresh one.</summary>
    public string Create(string purpose, string institutionId)
    {
        byte[] content = new byte[sizeof(long) + RandomBytes];
        BinaryPrimitives.WriteInt64BigEndian(content, (clock.GetUtcNow() + options.Value.NonceLifetime).ToUnixTimeMilliseconds());
        RandomNumberGenerator.Fill(content.AsSpan(sizeof(long)));
        return StrictBase64Url.Encode(ProtectorOf(purpose, institutionId).Protect(content));
    }

    /// <summary>When a nonce of ours ends; null for one that is not ours, was made for something else, or is too old.</summary>
    public DateTimeOffset? EndOf(string purpose, string institutionId, string? nonce)
    {
        if (nonce is not { Length: > 0 and <= MaxLength } || StrictBase64Url.Decode(nonce) is not { } sealed_)
        {
            return null;
        }

        try
        {
            byte[] content = ProtectorOf(purpose, institutionId).Unprotect(sealed_);
            var end = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(content));
            return clock.GetUtcNow() < end ? end : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector ProtectorOf(string purpose, string institutionId) =>
        _protectors.GetOrAdd((purpose, institutionId), key => ring.CreateProtector("Credentials.WalletNonce.v1", key.Purpose, key.Institution));
}
