namespace Credentials.Ethereum.LocalChain;

/// <summary>How Anvil is started. It has no funded accounts of its own: <see cref="AnvilProcess.SetBalanceAsync"/> gives to those that the caller made.</summary>
/// <param name="BinaryPath">The native binary.</param>
/// <param name="ChainId">The chain id.</param>
public sealed record AnvilOptions(string BinaryPath, ulong ChainId)
{
    /// <summary>State file; null for a chain in memory. Saved every two seconds and at a gentle stop.</summary>
    public string? StateFile { get; init; }

    /// <summary>Port; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>Seconds between blocks; null mines nothing until told to (<c>anvil_mine</c>).</summary>
    public double? BlockTime { get; init; } = 1;

    /// <summary>How long the node may take until it listens.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The rules of the chain, by the name of a fork; null for Anvil's newest. For tests.</summary>
    internal string? Hardfork { get; init; }

    internal IEnumerable<string> Arguments(long? genesisTime)
    {
        FormattableString mining = $"--block-time {BlockTime}";
        string[] always = ["--port", Text(Port), "--chain-id", Text(ChainId), "--accounts", "0", "--mnemonic-random", "--slots-in-an-epoch", "1", "--color", "never"];
        string[] blocks = BlockTime is null ? ["--no-mining"] : FormattableString.Invariant(mining).Split(' ');
        string[] state = StateFile is null ? [] : ["--state", StateFile, "--state-interval", "2"];
        string[] fork = Hardfork is null ? [] : ["--hardfork", Hardfork];
        string[] genesis = genesisTime is { } time ? ["--timestamp", Text(time)] : [];
        return [.. always, .. blocks, .. state, .. fork, .. genesis];
    }

    private static string Text(IFormattable value) => value.ToString(null, System.Globalization.CultureInfo.InvariantCulture);
}
