namespace Credentials.Cli.Wallet;

/// <summary>The passphrase of the wallet's keys, from where secrets may come from: a file, or the environment; never the command line, which others can read.</summary>
internal static class WalletPassphrase
{
    private const string Variable = "CREDENTIALS_WALLET_PASSPHRASE";
    private const int MaxLength = 4096;

    /// <summary>Null when there is none.</summary>
    /// <exception cref="MisuseException">The file cannot be read, or holds none.</exception>
    public static string? Find(Arguments arguments, Surroundings around)
    {
        if (arguments["--passphrase-file"] is not { } path)
        {
            return around.Variable(Variable) is { Length: > 0 } given ? given : null;
        }

        try
        {
            string text = new FileInfo(path) is { Exists: true, Length: <= MaxLength } ? File.ReadAllText(path).TrimEnd('\r', '\n') : "";
            return text.Length > 0 ? text : throw new MisuseException($"{path} holds no passphrase.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MisuseException($"{path} cannot be read: {e.Message}");
        }
    }
}
