using System.Collections.Concurrent;
using System.Security.Cryptography;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Status;
using Credentials.Status;

namespace Credentials.IssuerApi.Instances;

/// <summary>The revocation list of one instance. It lives as long as the instance's key: as long as this process.</summary>
internal sealed class InstanceStatusList(IssuingInstance issuer, Uri publicBase, TimeProvider clock)
{
    private static readonly TimeSpan s_validity = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_clockSkew = TimeSpan.FromMinutes(1);

    // A verifier that has just heard of a revocation shall not wait: nothing is cached here.
    private static readonly TimeSpan s_timeToLive = TimeSpan.Zero;

    private readonly Lock _gate = new();
    private readonly BitstringStatusList _bits = new();
    private readonly HashSet<int> _taken = [];
    private readonly ConcurrentDictionary<string, int> _positions = new(StringComparer.Ordinal);

    public Uri Url { get; } = new(publicBase, $"status-lists/{issuer.Name}/{StatusPurpose.Revocation}");

    /// <summary>A fresh entry at a random place; null when the list is half full and random places would tell the order of issuing.</summary>
    /// <param name="credentialId">The id by which its status is changed later, if it has one.</param>
    public BitstringStatusListEntry? Allocate(string? credentialId)
    {
        lock (_gate)
        {
            if (_taken.Count >= _bits.Length / 2)
            {
                return null;
            }

            int index;
            do
            {
                index = RandomNumberGenerator.GetInt32(_bits.Length);
            }
            while (!_taken.Add(index));
            if (credentialId is not null)
            {
                _positions[credentialId] = index;
            }

            return new BitstringStatusListEntry(StatusPurpose.Revocation, index, Url);
        }
    }

    /// <summary>Sets a credential's bit or takes it back; false when no credential of that id has an entry here.</summary>
    public bool TrySet(string credentialId, bool value)
    {
        if (!_positions.TryGetValue(credentialId, out int index))
        {
            return false;
        }

        lock (_gate)
        {
            _bits[index] = value;
            return true;
        }
    }

    /// <summary>The list as it is now, signed.</summary>
    public async Task<byte[]> SignAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = CredentialSigner.WholeSeconds(clock.GetUtcNow());
        BitstringStatusList bits;
        lock (_gate)
        {
            bits = BitstringStatusList.FromBytes(_bits.Bytes.Span);
        }

        byte[] unsigned = BitstringStatusListCredential.Build(Url, issuer.Did, StatusPurpose.Revocation, bits, now - s_clockSkew, now + s_validity, s_timeToLive);
        return (await issuer.SignAsync(unsigned, [], cancellationToken)).Require();
    }
}
