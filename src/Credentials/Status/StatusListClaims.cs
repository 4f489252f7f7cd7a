namespace Credentials.Status;

/// <summary>What a status list token says.</summary>
/// <param name="Subject">The URI at which it lies (<c>sub</c>); a reference to it repeats that character by character.</param>
/// <param name="IssuedAt">When it was made (<c>iat</c>), in whole seconds on the wire.</param>
/// <param name="List">The statuses.</param>
/// <remarks>https://www.ietf.org/archive/id/draft-ietf-oauth-status-list-20.html#name-status-list-token</remarks>
public sealed record StatusListClaims(string Subject, DateTimeOffset IssuedAt, TokenStatusList List)
{
    /// <summary>Who made it (<c>iss</c>), where it says so.</summary>
    public string? Issuer { get; init; }

    /// <summary>When it is over (<c>exp</c>).</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Before when it does not count (<c>nbf</c>).</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>How long a copy may be kept before a fresh one should be had (<c>ttl</c>), in whole seconds on the wire.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>Where the issuer's lists are listed (<c>aggregation_uri</c>).</summary>
    public string? AggregationUri { get; init; }
}
