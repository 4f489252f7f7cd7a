namespace Credentials.Ethereum;

/// <summary>The contract's times: seconds since 1970, of 64 bits. What somebody dated later than the year 9999 counts as the last second of it, for no clock of ours gets there.</summary>
internal static class ContractTime
{
    private const ulong LastSecond = 253_402_300_799;

    /// <summary>A time.</summary>
    public static DateTimeOffset Of(ulong seconds) => DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(seconds, LastSecond));

    /// <summary>A time; null for zero.</summary>
    public static DateTimeOffset? OfOptional(ulong seconds) => seconds == 0 ? null : Of(seconds);
}
