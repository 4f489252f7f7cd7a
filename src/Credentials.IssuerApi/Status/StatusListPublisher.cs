using System.Collections.Concurrent;
using Credentials.IssuerApi.Configuration;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Keys;
using Credentials.Keys;
using Credentials.Securing;
using Credentials.Status;

namespace Credentials.IssuerApi.Status;

/// <summary>Signs status lists when they are asked for, and again when a bit or the signing key has changed, or half of their validity has passed.</summary>
internal sealed class StatusListPublisher(StatusListStore lists, InstitutionStore institutions, InstitutionKeys keys, IssuerOptions options, TimeProvider clock)
{
    /// <summary>How long verifiers and caches may keep a list: how late a revocation may reach them.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan s_validity = TimeSpan.FromDays(1);

    // A verifier's clock may run a little behind ours; a list is not to look as if it came from the future.
    private static readonly TimeSpan s_clockSkew = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string ListId, string Purpose), Published> _published = new();

    /// <summary>Where a list is found. Part of every credential that points into it: it never changes.</summary>
    public static Uri UrlOf(IssuerOptions options, string listId, string purpose) => options.PublicUrl($"status-lists/{listId}/{purpose}");

    /// <summary>The signed list; null when there is none.</summary>
    public async Task<byte[]?> GetAsync(string listId, string purpose, CancellationToken cancellationToken)
    {
        if (!StatusPurpose.IsKnown(purpose) || await lists.FindVersionAsync(listId, cancellationToken) is not { } version)
        {
            return null;
        }

        DateTimeOffset now = clock.GetUtcNow();
        if (_published.TryGetValue((listId, purpose), out Published? known) && known.Version == version && now < known.SignedAt + (s_validity / 2)
            && known.Signer == (await KeyOfAsync(known.InstitutionId, cancellationToken)).Id)
        {
            return known.Document;
        }

        Published fresh = await SignAsync(listId, purpose, now, cancellationToken);
        _published[(listId, purpose)] = fresh;
        return fresh.Document;
    }

    private async Task<Published> SignAsync(string listId, string purpose, DateTimeOffset now, CancellationToken cancellationToken)
    {
        StatusBits bits = await lists.ReadAsync(listId, purpose, cancellationToken);
        Institution institution = await institutions.GetAsync(bits.InstitutionId, cancellationToken);
        DateTimeOffset signedAt = CredentialSigner.WholeSeconds(now);
        byte[] unsigned = BitstringStatusListCredential.Build(
            UrlOf(options, listId, purpose),
            institution.Did,
            purpose,
            BitstringStatusList.FromBytes(bits.Bits),
            signedAt - s_clockSkew,
            signedAt + s_validity,
            TimeToLive,
            purpose == StatusPurpose.Message ? await lists.ReadReplacementsAsync(listId, cancellationToken) : null);

        InstitutionKey key = await KeyOfAsync(institution.Id, cancellationToken);
        Parsed<byte[]> signed = await SecuringPlan.Default.Forms[0].SignAsync(unsigned, key.Signer, new SecuringOptions(key.VerificationMethod, signedAt), cancellationToken);
        return new Published(institution.Id, key.Id, bits.Version, now, signed.Require());
    }

    private async Task<InstitutionKey> KeyOfAsync(string institutionId, CancellationToken cancellationToken) => await keys.FindAsync(institutionId, KeyType.P256, cancellationToken)
        ?? throw new InvalidOperationException($"The institution '{institutionId}' has no P-256 key.");

    private sealed record Published(string InstitutionId, string Signer, long Version, DateTimeOffset SignedAt, byte[] Document);
}
