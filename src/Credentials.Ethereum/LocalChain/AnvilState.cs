using System.Globalization;
using System.Text.Json;

namespace Credentials.Ethereum.LocalChain;

/// <summary>What makes a local chain the same chain after a restart: its state file, an older copy of it, and the time of its genesis block.</summary>
/// <remarks>Anvil makes a new genesis block at every start, stamped with the time of that start, and then loads the state beside it: with another stamp the chain would have another genesis hash, and be another chain.</remarks>
internal sealed class AnvilState(string file)
{
    private string GenesisFile => file + ".genesis";

    private string OlderFile => file + ".older";

    /// <summary>Makes the folder (without it Anvil silently saves nothing) and sets a state aside that a kill has cut short.</summary>
    /// <returns>Whether there is a state to go on from.</returns>
    public bool Prepare()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        if (!File.Exists(file))
        {
            return false;
        }

        if (IsWhole(file))
        {
            File.Copy(file, OlderFile, overwrite: true);
        }
        else if (File.Exists(OlderFile))
        {
            File.Copy(OlderFile, file, overwrite: true);
        }
        else
        {
            File.Delete(file);
        }

        return File.Exists(file);
    }

    /// <summary>The time of the genesis block, in Unix seconds: that of the first start.</summary>
    public long GenesisTime(TimeProvider clock)
    {
        if (File.Exists(GenesisFile) && long.TryParse(File.ReadAllText(GenesisFile), NumberStyles.None, CultureInfo.InvariantCulture, out long known))
        {
            return known;
        }

        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        File.WriteAllText(GenesisFile, now.ToString(CultureInfo.InvariantCulture));
        return now;
    }

    private static bool IsWhole(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = 256 });
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
