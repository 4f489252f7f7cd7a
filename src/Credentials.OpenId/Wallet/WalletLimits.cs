namespace Credentials.OpenId.Wallet;

/// <summary>How long a wallet waits and how much it reads.</summary>
public sealed record WalletLimits
{
    /// <summary>For one answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of one answer: 4 MiB.</summary>
    public int MaxBody { get; init; } = 4 * 1024 * 1024;

    /// <summary>How often a deferred credential is asked for before the wallet gives up for now.</summary>
    public int DeferredTries { get; init; } = 20;

    /// <summary>The longest that the wallet waits between two such questions, whatever the issuer asks; a longer interval ends the waiting for now.</summary>
    public TimeSpan LongestInterval { get; init; } = TimeSpan.FromMinutes(1);
}
