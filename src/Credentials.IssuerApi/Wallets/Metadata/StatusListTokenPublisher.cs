using System.Collections.Concurrent;
using Credentials.IssuerApi.Configuration;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Keys;
using Credentials.IssuerApi.Status;
using Credentials.Keys;
using Credentials.Status;

namespace Credentials.IssuerApi.Wallets.Metadata;

/// <summary>The same lists as token status lists, two bits an entry: signed when they are asked for, and again when a bit or the signing key has changed, or half of their validity has passed.</summary>
internal sealed class StatusListTokenPublisher(StatusListStore lists, InstitutionStore institutions, InstitutionKeys keys, KeyCertificates certificates, WalletUrls urls, IssuerOptions options, TimeProvider clock)
{
    private const int Bits = 2;
    private static readonly TimeSpan s_validity = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<(string ListId, bool Cbor), Published> _published = new();

    /// <summary>Where a list is found, which the token repeats (<c>sub</c>).</summary>
    public static Uri UrlOf(IssuerOptions options, string listId) => options.PublicUrl($"status-lists/{listId}/token");

    /// <summary>The signed token; null when there is no such list.</summary>
    public async Task<byte[]?> GetAsync(string listId, bool cbor, CancellationToken cancellationToken)
    {
        if (await lists.FindVersionAsync(listId, cancellationToken) is not { } version)
        {
            return null;
        }

        DateTimeOffset now = clock.GetUtcNow();
        if (_published.TryGetValue((listId, cbor), out Published? known) && known.Version == version && now < known.SignedAt + (s_validity / 2)
            && known.Signer == (await KeyOfAsync(known.InstitutionId, cancellationToken)).Id)
        {
            return known.Token;
        }

        return (_published[(listId, cbor)] = await SignAsync(listId, cbor, now, cancellationToken)).Token;
    }

    private async Task<Published> SignAsync(string listId, bool cbor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        StatusBits revoked = await lists.ReadAsync(listId, StatusPurpose.Revocation, cancellationToken);
        StatusBits suspended = await lists.ReadAsync(listId, StatusPurpose.Suspension, cancellationToken);
        Institution institution = await institutions.GetAsync(revoked.InstitutionId, cancellationToken);
        InstitutionKey key = await KeyOfAsync(institution.Id, cancellationToken);
        StatusListClaims claims = new(UrlOf(options, listId).OriginalString, CredentialSigner.WholeSeconds(now), Combine(revoked.Bits, suspended.Bits))
        {
            Issuer = urls.IssuerOf(institution.Id),
            Expires = CredentialSigner.WholeSeconds(now) + s_validity,
            TimeToLive = StatusListPublisher.TimeToLive,
        };
        Parsed<byte[]> token = cbor
            ? await StatusListToken.SignCwtAsync(claims, key.Signer, key.VerificationMethod, cancellationToken)
            : await StatusListToken.SignJwtAsync(claims, key.Signer, key.VerificationMethod, await certificates.ChainAsync(institution.Id, key.Id, cancellationToken), cancellationToken);

        // The version of the first reading: a change between the two readings makes a new token soon.
        return new Published(institution.Id, key.Id, Math.Min(revoked.Version, suspended.Version), now, token.Require());
    }

    private static TokenStatusList Combine(byte[] revocation, byte[] suspension)
    {
        var revoked = BitstringStatusList.FromBytes(revocation);
        var suspended = BitstringStatusList.FromBytes(suspension);
        TokenStatusList list = new(revoked.Length, Bits);
        for (int i = 0; i < revoked.Length; i++)
        {
            if (revoked[i] || suspended[i])
            {
                list[i] = revoked[i] ? TokenStatusList.Invalid : TokenStatusList.Suspended;
            }
        }

        return list;
    }

    private async Task<InstitutionKey> KeyOfAsync(string institutionId, CancellationToken cancellationToken) => await keys.FindAsync(institutionId, KeyType.P256, cancellationToken)
        ?? throw new InvalidOperationException($"The institution '{institutionId}' has no P-256 key.");

    private sealed record Published(string InstitutionId, string Signer, long Version, DateTimeOffset SignedAt, byte[] Token);
}
