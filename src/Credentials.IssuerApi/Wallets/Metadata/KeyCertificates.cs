using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Credentials.DcSdJwt;
using Credentials.IssuerApi.Storage;
using Dapper;
using PublicKey = Credentials.Keys.PublicKey;

namespace Credentials.IssuerApi.Wallets.Metadata;

/// <summary>The certificates by which others vouch for institutions' keys. They go into the header of SD-JWT VCs (<c>x5c</c>).</summary>
internal sealed class KeyCertificates(IDatabase database, TimeProvider clock)
{
    private const int Most = 8;

    private const string Upsert = """
        INSERT INTO key_certificates (institution_id, key_id, chain, created_at) VALUES (@InstitutionId, @KeyId, @Chain, @Now)
        ON CONFLICT (institution_id, key_id) DO UPDATE SET chain = excluded.chain, created_at = excluded.created_at
        """;

    private const string Select = "SELECT chain FROM key_certificates WHERE institution_id = @InstitutionId AND key_id = @KeyId";

    // Another process may have taken a newer one.
    private static readonly TimeSpan s_remembered = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<(string InstitutionId, string KeyId), Known> _known = new();

    /// <summary>DER of the chain of a key, its own certificate first; empty when there is none, or it is over.</summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ChainAsync(string institutionId, string keyId, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue((institutionId, keyId), out Known? known) || clock.GetElapsedTime(known.ReadAt) > s_remembered)
        {
            long readAt = clock.GetTimestamp();
            string? pem = await database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<string>(Select, new { InstitutionId = institutionId, KeyId = keyId }), cancellationToken);
            known = pem is null ? new Known(readAt, [], default) : Read(pem, readAt);
            _known[(institutionId, keyId)] = known;
        }

        return clock.GetUtcNow() < known.End ? known.Chain : [];
    }

    /// <summary>Stores a chain that <see cref="Check"/> found sound.</summary>
    public async Task SetAsync(DbTransaction transaction, string institutionId, string keyId, string pem)
    {
        await transaction.Connection!.ExecuteAsync(Upsert, new { InstitutionId = institutionId, KeyId = keyId, Chain = pem, Now = clock.Now() }, transaction);
        _known.TryRemove((institutionId, keyId), out _);
    }

    /// <summary>Reads a chain and holds it against its key and issuer.</summary>
    /// <param name="pem">Certificates, that of the key first. A root at the end is dropped: whoever trusts it has it.</param>
    /// <param name="key">The key.</param>
    /// <param name="issuer">The name that verifiers look for in the certificate.</param>
    public (IReadOnlyList<X509Certificate2>? Chain, Problem? Problem) Check(string pem, PublicKey key, string issuer)
    {
        X509Certificate2Collection read = [];
        try
        {
            read.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            return Refused("The body is no PEM of certificates.");
        }

        List<X509Certificate2> chain = [.. read];
        if (chain.Count > 1 && chain[^1].SubjectName.RawData.AsSpan().SequenceEqual(chain[^1].IssuerName.RawData))
        {
            chain.RemoveAt(chain.Count - 1);
        }

        if (chain.Count is 0 or > Most)
        {
            return Refused($"Send 1 to {Most} certificates, that of the key first.");
        }

        DateTime now = clock.GetUtcNow().UtcDateTime;
        return !IsOf(chain[0], key) ? Refused("The first certificate is not of this key.")
            : chain.Exists(each => each.NotBefore.ToUniversalTime() > now || each.NotAfter.ToUniversalTime() <= now) ? Refused("A certificate is over, or not yet begun.")
            : Enumerable.Range(1, chain.Count - 1).Any(i => !chain[i - 1].IssuerName.RawData.AsSpan().SequenceEqual(chain[i].SubjectName.RawData)) ? Refused("Each certificate must be issued by the one after it.")
            : SignerCertificate.WhyUnfit(chain[0]) is { } why ? Refused($"The first certificate {why}.")
            : !CertificateNames.Of(chain[0]).Name(issuer) ? Refused($"The first certificate must name {issuer} as a URI among its alternative names: verifiers look for it there. The host alone would stand for every institution on it.")
            : (chain, null);
    }

    private static bool IsOf(X509Certificate2 certificate, PublicKey key)
    {
        using ECDsa? ec = certificate.GetECDsaPublicKey();
        if (ec is null)
        {
            return false;
        }

        ECPoint point = ec.ExportParameters(includePrivateParameters: false).Q;
        byte[] compressed = [(byte)(2 + (point.Y![^1] & 1)), .. point.X!];
        return key.Bytes.Span.SequenceEqual(compressed);
    }

    private static Known Read(string pem, long readAt)
    {
        X509Certificate2Collection chain = [];
        chain.ImportFromPem(pem);
        return new Known(readAt, [.. chain.Select(each => (ReadOnlyMemory<byte>)each.RawData)], chain.Min(each => new DateTimeOffset(each.NotAfter.ToUniversalTime())));
    }

    private static (IReadOnlyList<X509Certificate2>?, Problem?) Refused(string detail) => (null, new Problem(ProblemCode.MalformedValueError, detail, ""));

    private sealed record Known(long ReadAt, IReadOnlyList<ReadOnlyMemory<byte>> Chain, DateTimeOffset End);
}
