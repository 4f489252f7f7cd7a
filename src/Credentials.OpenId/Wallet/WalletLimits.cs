namespace Credentials.OpenId.Wallet;

/// <summary>How long a wallet waits, how much it reads, and by which clock.</summary>
public sealed record WalletLimits
{
    /// <summary>For one answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of one answer: 4 MiB.</summary>
    public int MaxBody { get; init; } = 4 * 1024 * 1024;

    /// <summary>How often a request is sent again whose answer was lost.</summary>
    public int Repetitions { get; init; } = 2;

    /// <summary>The pause before that.</summary>
    public TimeSpan RepetitionDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a deferred credential is asked for before the wallet gives up for now.</summary>
    public int DeferredTries { get; init; } = 20;

    /// <summary>The longest that the wallet waits between two such questions; an issuer that asks for more ends the waiting for now.</summary>
    public TimeSpan LongestInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
