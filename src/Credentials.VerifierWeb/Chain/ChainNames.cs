namespace Credentials.VerifierWeb.Chain;

/// <summary>What people call the public chains, and which of them are for trials only.</summary>
/// <remarks>https://chainid.network</remarks>
internal static class ChainNames
{
    private static readonly Dictionary<ulong, (string? Name, bool ForTrials)> s_known = new()
    {
        [1] = ("Ethereum", false),
        [10] = ("Optimism", false),
        [100] = ("Gnosis", false),
        [137] = ("Polygon", false),
        [8453] = ("Base", false),
        [42161] = ("Arbitrum One", false),
        [17000] = ("Holesky", true),
        [560048] = ("Hoodi", true),
        [11155111] = ("Sepolia", true),
        [1337] = (null, true),
        [31337] = (null, true),
    };

    /// <summary>The usual name of a chain; null for one that has none.</summary>
    public static string? NameOf(ulong chainId) => s_known.TryGetValue(chainId, out (string? Name, bool ForTrials) known) ? known.Name : null;

    /// <summary>Whether its records are known to have no lasting value.</summary>
    public static bool IsForTrials(ulong chainId) => s_known.TryGetValue(chainId, out (string? Name, bool ForTrials) known) && known.ForTrials;
}
