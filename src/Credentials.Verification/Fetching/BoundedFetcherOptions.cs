namespace Credentials.Verification;

/// <summary>The bounds of a fetch.</summary>
public sealed record BoundedFetcherOptions
{
    /// <summary>Time for the whole fetch: name look-up, every redirect and the last byte of the body.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Largest body, in bytes after decompression.</summary>
    public int MaxBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Most redirects that are followed.</summary>
    public int MaxRedirects { get; init; } = 3;

    /// <summary>Whether loopback, private and link-local addresses may be connected to, and plain http be used there (there only). For pilots on one machine or in one house.</summary>
    public bool AllowPrivateAddresses { get; init; }
}
